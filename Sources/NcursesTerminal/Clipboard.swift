import Basics
import Canvas

/// What became of a text for the clipboard.
package enum ClipboardResult: Equatable, Sendable {
    /// It was sent; terminals do not say whether they took it.
    ///
    /// tmux passes it on only if it is set so (`set-clipboard on` or `allow-passthrough on`).
    ///
    /// `escaped` characters that could steer or hide were made visible, such as `⟨U+001B⟩`.
    case sent(bytes: Int, escaped: Int, throughTmux: Bool)
    /// Nothing was sent.
    case tooLarge(bytes: Int, limit: Int)
}

extension NcursesTerminal {
    /// The longest text in bytes: many terminals cut sequences at 100,000 bytes, and Base64 adds a third.
    package static let clipboardLimit = 74_994

    /// Hands a text to the terminal's clipboard by the escape sequence OSC 52.
    ///
    /// Whoever pastes it may paste it into a shell: controls but line breaks and tabs are made visible, and so is what
    /// is unseen.
    package func copy(_ text: String) -> ClipboardResult {
        let (text, escaped) = VisibleText.block(text)
        let bytes = text.utf8.count
        guard bytes <= Self.clipboardLimit else { return .tooLarge(bytes: bytes, limit: Self.clipboardLimit) }
        send(Self.clipboardSequence(text, multiplexer: options.multiplexer))
        return .sent(bytes: bytes, escaped: escaped, throughTmux: options.multiplexer == .tmux)
    }

    /// The sequence; inside tmux both for tmux itself and wrapped for the terminal around it.
    static func clipboardSequence(_ text: String, multiplexer: TerminalOptions.Multiplexer?) -> String {
        let plain = "\u{1B}]52;c;" + Base64.text(Array(text.utf8)) + "\u{07}"
        switch multiplexer {
        case nil: return plain
        case .tmux: return plain + "\u{1B}Ptmux;\u{1B}" + plain + "\u{1B}\\"
        case .screen:
            // Screen takes device control strings of less than 768 bytes, and passes their content on.
            var result = ""
            var rest = Substring(plain)
            while !rest.isEmpty {
                result += "\u{1B}P" + rest.prefix(700) + "\u{1B}\\"
                rest = rest.dropFirst(700)
            }
            return result
        }
    }
}

import Foundation

/// What became of a text for the clipboard.
package enum ClipboardResult: Equatable, Sendable {
    /// It was sent; terminals do not say whether they took it.
    case sent(bytes: Int, throughTmux: Bool)
    case tooLarge(bytes: Int, limit: Int)
}

extension NcursesTerminal {
    /// The longest text that goes out: many terminals cut sequences at 100,000 bytes, and Base64 adds a third.
    package static let clipboardLimit = 74_994

    /// Hands a text to the terminal's clipboard by OSC 52, wrapped for tmux or GNU screen where they stand between.
    package func copy(_ text: String) -> ClipboardResult {
        let bytes = text.utf8.count
        guard bytes <= NcursesTerminal.clipboardLimit else {
            return .tooLarge(bytes: bytes, limit: NcursesTerminal.clipboardLimit)
        }
        let environment = ProcessInfo.processInfo.environment
        let isTmux = !(environment["TMUX"] ?? "").isEmpty
        let isScreen = !(environment["STY"] ?? "").isEmpty
        write(NcursesTerminal.clipboardSequence(Data(text.utf8), isTmux: isTmux, isScreen: isScreen))
        return .sent(bytes: bytes, throughTmux: isTmux)
    }

    /// The sequence that carries a text to the clipboard.
    static func clipboardSequence(_ data: Data, isTmux: Bool, isScreen: Bool) -> String {
        let osc = "\u{1b}]52;c;" + data.base64EncodedString() + "\u{07}"
        if isTmux { return "\u{1b}Ptmux;" + osc.replacing("\u{1b}", with: "\u{1b}\u{1b}") + "\u{1b}\\" }
        if isScreen { return "\u{1b}P" + osc + "\u{1b}\\" }
        return osc
    }
}

import Glibc

/// What a terminal is opened with.
package struct TerminalOptions: Sendable {
    /// A program between this one and the terminal; it keeps escape sequences to itself unless they are wrapped.
    package enum Multiplexer: Sendable {
        case tmux
        case screen
    }

    /// The file descriptors of keys and screen.
    package var input: Int32 = STDIN_FILENO
    package var output: Int32 = STDOUT_FILENO
    /// The terminal type.
    package var type: String
    /// False draws without any colour, as `NO_COLOR` asks.
    package var usesColor: Bool
    package var multiplexer: Multiplexer?

    package init(type: String, usesColor: Bool = true, multiplexer: Multiplexer? = nil) {
        self.type = type
        self.usesColor = usesColor
        self.multiplexer = multiplexer
    }

    /// Standard input and output, and what the environment says of them (`TERM`, `TMUX`, `STY`).
    package static func environment(usesColor: Bool) -> TerminalOptions {
        func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
        let multiplexer: Multiplexer? = !value("TMUX").isEmpty ? .tmux : !value("STY").isEmpty ? .screen : nil
        return TerminalOptions(type: value("TERM"), usesColor: usesColor, multiplexer: multiplexer)
    }
}

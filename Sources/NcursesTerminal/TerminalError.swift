/// Why a terminal cannot be used.
package enum TerminalError: Error, Equatable, Sendable, CustomStringConvertible {
    case notATerminal
    /// The terminal description database does not know the name.
    case unknownTerminal(name: String)
    case noLocale

    package var description: String {
        switch self {
        case .notATerminal: "standard input and output must be a terminal"
        case .unknownTerminal(let name):
            name.isEmpty ? "TERM is not set" : "no terminal description of TERM=\(name); try TERM=xterm-256color"
        case .noLocale: "no UTF-8 locale is installed; --ascii works without"
        }
    }
}

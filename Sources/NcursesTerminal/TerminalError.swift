import Glibc

/// Why a terminal cannot be drawn on.
package enum TerminalError: Error, Equatable, Sendable {
    /// The file descriptor is no terminal.
    case notATerminal(fileDescriptor: Int32)
    /// The terminal database has no entry of this name (`$TERM`).
    case unknownTerminal(name: String)
    /// The terminal cannot move its cursor, as `dumb` cannot.
    case incapable(name: String)
    /// The operating system refused something.
    case system(operation: String, errno: Int32)
}

extension TerminalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notATerminal(let descriptor): "file descriptor \(descriptor) is not a terminal"
        case .unknownTerminal(""): "TERM is not set"
        case .unknownTerminal(let name): "unknown terminal type \"\(name)\" (TERM); try TERM=xterm-256color"
        case .incapable(let name): "a terminal of type \"\(name)\" (TERM) cannot move its cursor"
        case .system(let operation, let code): "\(operation): \(String(cString: strerror(code)))"
        }
    }
}

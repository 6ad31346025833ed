import Foundation

/// Why bytes could not be written.
package enum OutputError: Error, Equatable, Sendable {
    /// The reader closed its end of the pipe: no fault, there is just nobody left to write for.
    case closed
    /// The system refused the bytes; `code` is its `errno`.
    case failed(code: Int32)
}

extension OutputError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .closed: "the output was closed"
        case .failed(let code): "cannot write: \(String(cString: strerror(code)))"
        }
    }
}

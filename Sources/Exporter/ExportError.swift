import Foundation
package import TraceQuery
package import TraceStore

/// Why an export wrote nothing.
package enum ExportError: Error, Equatable, Sendable {
    case query(QueryError)
    case store(StoreError)
    /// The selection holds no span.
    case nothingSelected
    /// A file with this name is there, and was not to be replaced.
    case fileExists(path: String)
    /// The reader of a pipe went away.
    case closed
    /// Writing failed with this `errno`; nothing is left of the file.
    case failed(path: String, code: Int32)
    /// The format needs a file of its own.
    case needsFile(format: String)
    case cancelled
    /// The back end answered another question than the one asked.
    case unexpectedResult
}

extension ExportError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .query(let error): error.description
        case .store(let error): "\(error)"
        case .nothingSelected: "the selection holds no span, so nothing was written"
        case .fileExists(let path): "\(path) is there already; --force replaces it"
        case .closed: "the reader went away"
        case .failed(let path, let code): "cannot write \(path): \(String(cString: strerror(code)))"
        case .needsFile(let format): "\(format) cannot be written to standard output; --out PATH names a file"
        case .cancelled: "cancelled; nothing was written"
        case .unexpectedResult: "the database answered another request than the one sent"
        }
    }
}

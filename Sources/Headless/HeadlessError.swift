package import TraceQuery

/// Why a command could not write its rows.
package enum HeadlessError: Error, Equatable, Sendable {
    case query(QueryError)
    case output(OutputError)
    /// The back end answered another question than the one asked.
    case unexpectedResult
}

extension HeadlessError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .query(let error): error.description
        case .output(let error): error.description
        case .unexpectedResult: "the database answered another request than the one sent"
        }
    }
}

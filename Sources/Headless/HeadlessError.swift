package import TraceQuery

/// Why a command could not write its rows.
package enum HeadlessError: Error, Equatable, Sendable {
    case query(QueryError)
    case output(OutputError)
    /// A made-up clock was asked for where one ran.
    case hasClock
    /// A stream cannot be played without a clock.
    case hasNoClock
}

extension HeadlessError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .query(let error): error.description
        case .output(let error): error.description
        case .hasClock: "the stream has times of its own; --pace is for streams without"
        case .hasNoClock: "nobody measured the times of this stream; --pace N/s plays it on a made-up clock"
        }
    }
}

/// Why a request has no answer.
public enum QueryError: Error, Equatable, Sendable {
    /// No database at the path.
    case missing(path: String)
    /// Another program holds the database locked.
    case locked(path: String)
    /// The file is no SQLite database or is damaged; `detail` is SQLite's own word.
    case corrupt(path: String, detail: String)
    /// A SQLite database, but not one of ours.
    case foreign(path: String)
    /// It holds a part that could run by itself and that Spandrel never makes, such as `the trigger 'x'`.
    case altered(path: String, part: String)
    /// Written by a newer version than this one can read.
    case newerVersion(path: String, found: Int, supported: Int)
    /// Written by an older version that must be migrated by a writer first.
    case olderVersion(path: String, found: Int, needed: Int)
    /// The file cannot be opened; `detail` is the system's own word.
    case unreadable(path: String, detail: String)
    /// No trace or span has this id or prefix.
    case notFound(what: String)
    /// Several ids begin with the prefix.
    case ambiguous(what: String, candidates: [String])
    /// The filter cannot be understood; `position` counts characters from 0.
    case filter(message: String, text: String, position: Int)
    /// The statement is not read-only or has a fault.
    case sql(message: String)
    /// The statement takes more time or memory than it may.
    case exhausted(message: String)
    /// The back end has no answer of the kind that was asked for.
    case unsupported(reason: String)
    case cancelled
    /// Anything else that the back end reports.
    case backend(message: String)
}

extension QueryError: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .missing(let path): "\(path): no such database (import something first: spandrel import PATH)"
        case .locked(let path): "\(path): locked by another program"
        case .corrupt(let path, let detail): "\(path): not a readable SQLite database: \(detail)"
        case .foreign(let path): "\(path): a SQLite database, but not one of Spandrel's"
        case .altered(let path, let part):
            "\(path): holds \(part), which Spandrel did not make and which could run; it is left alone"
        case .newerVersion(let path, let found, let supported):
            "\(path): schema version \(found) is newer than this program understands (\(supported))"
        case .olderVersion(let path, let found, let needed):
            "\(path): schema version \(found) is older than \(needed); any import migrates it"
        case .unreadable(let path, let detail): "\(path): \(detail)"
        case .notFound(let what): "no such \(what)"
        case .ambiguous(let what, let candidates):
            "\(what) is ambiguous: \(candidates.prefix(4).joined(separator: ", "))"
                + (candidates.count > 4 ? ", …" : "")
        case .filter(let message, _, let position): "filter: \(message) at character \(position + 1)"
        case .sql(let message), .exhausted(let message): "sql: \(message)"
        case .unsupported(let reason): reason
        case .cancelled: "cancelled"
        case .backend(let message): message
        }
    }
}

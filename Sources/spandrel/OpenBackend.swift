import SQLiteQuery
import TraceQuery

/// The one place where a database is opened for reading.
enum OpenBackend {
    static func at(_ path: String) throws(Failure) -> any TraceBackend {
        do throws(QueryError) {
            return try SQLiteBackend(path: path)
        } catch {
            throw .query(error)
        }
    }
}

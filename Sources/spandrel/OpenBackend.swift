import TraceQuery

/// The one place where a database is opened for reading.
enum OpenBackend {
    static func at(_ path: String) throws(Failure) -> any TraceBackend {
        throw .query(.missing(path: path))
    }
}

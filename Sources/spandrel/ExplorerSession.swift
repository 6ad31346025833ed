import TraceQuery

/// The explorer on a terminal.
enum ExplorerSession {
    /// Runs until the user quits; the terminal is restored on every way out.
    static func run(backend: any TraceBackend, options: ExplorerOptions) async throws(Failure) {
        throw .other(.usage, "this build has no explorer yet; use: spandrel traces")
    }
}

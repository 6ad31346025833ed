public import Foundation
import Synchronization
public import TraceQuery
import TraceStore

/// A request that a SQLite database answers; the conformance stands beside the reader that answers it.
protocol SQLiteAnswering<Answer>: TraceRequest {
    func answer(_ session: ReadSession) throws -> Answer
}

/// Answers requests from a SQLite trace database.
///
/// It is read-only by construction: the file is opened for reading only, SQLite refuses every change, and no other file
/// can be attached. Other programs may write to the database while it is read. Requests may run side by side.
public final class SQLiteBackend: TraceBackend {
    /// The path as it was given.
    public let path: String
    private let clock: FilterClock
    private let pool: ReaderPool
    /// The connection that watches for changes: SQLite counts them for each connection apart.
    private let watcher = Mutex<ReadConnection?>(nil)

    /// Opens the database.
    ///
    /// `now`, in nanoseconds since the Unix epoch, and `timeZone` are what filters mean by times such as `2h` and
    /// `Tue 02:00`. Fails with the error that tells
    /// what is wrong with the file: `missing`, `locked`, `corrupt`, `foreign`, `newerVersion`, `olderVersion` or
    /// `unreadable`.
    public convenience init(
        path: String,
        now: @escaping @Sendable () -> Int64 = SQLiteBackend.systemTime,
        timeZone: @autoclosure @escaping @Sendable () -> TimeZone = .current
    ) throws(QueryError) {
        try self.init(path: path, FilterClock(now: now, timeZone: timeZone))
    }

    init(path: String, _ clock: FilterClock) throws(QueryError) {
        self.path = path
        self.clock = clock
        pool = ReaderPool(path: path, first: try ReadOnlyFile.open(path))
    }

    /// The system's time, in nanoseconds since the Unix epoch.
    @Sendable
    public static func systemTime() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    public var displayName: String {
        path.split(separator: "/").last.map { String($0) } ?? path
    }

    public var capabilities: BackendCapabilities {
        BackendCapabilities(writableFile: path) { kind in
            kind is any SQLiteAnswering.Type ? nil : "a SQLite database has no answer to a \(kind)"
        }
    }

    public func run<Request: TraceRequest>(_ request: Request) async throws(QueryError) -> Request.Answer {
        guard let request = request as? any SQLiteAnswering<Request.Answer> else {
            throw .unsupported(reason: capabilities.reason(against: Request.self) ?? "")
        }
        let clock = clock
        return try await read { try request.answer($0.reading(clock)) }
    }

    public func dataVersion() async throws(QueryError) -> Int64 {
        if watcher.withLock({ $0 == nil }) {
            let connection = try ReadOnlyFile.open(path)
            watcher.withLock { $0 = $0 ?? connection }
        }
        guard let connection = watcher.withLock({ $0 }) else { return 0 }
        if let version = connection.fileVersion { return version }
        let version = await connection.run(inTransaction: false) { session -> Int64 in
            let pragma = try session.statement("PRAGMA data_version")
            defer { pragma.reset() }
            return try pragma.step() ? pragma.int(0) : 0
        }
        return try version.get()
    }

    /// Runs `body` on a free connection.
    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (ReadSession) throws -> Value
    ) async throws(QueryError) -> Value {
        if Task.isCancelled { throw .cancelled }
        let connection = try pool.acquire()
        defer { pool.release(connection) }
        return try await connection.run(body).get()
    }
}

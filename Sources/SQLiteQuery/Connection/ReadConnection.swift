import Basics
import CSQLite
import Dispatch
import Synchronization
import TraceQuery
import TraceStore

/// One read-only connection to a trace database.
///
/// Requests run one at a time on its queue. Everything but `run` and `close` is touched on that queue only, which is what
/// makes the class safe to send.
final class ReadConnection: @unchecked Sendable {
    let path: String
    private let queue = DispatchQueue(label: "spandrel.reader")
    private let database: SQLiteConnection
    private let interruption: CancelFlag
    /// The request that runs now.
    private let running = Mutex<RequestToken?>(nil)
    private var statements: [String: PreparedStatement] = [:]
    /// The schema of the file as it was met last; an older file gets a newer one when it is written to.
    private var schemaVersion: Int64 = 0
    /// The comparisons in Swift of the request that runs.
    let matching = MatchFunction()

    init(path: String, database: SQLiteConnection) {
        self.path = path
        self.database = database
        interruption = CancelFlag()
        // Between statements' steps SQLite asks often enough for an answer within milliseconds.
        sqlite3_progress_handler(
            database.handle, 4000,
            { context in
                guard let context else { return 0 }
                let interruption = Unmanaged<CancelFlag>.fromOpaque(context).takeUnretainedValue()
                return interruption.isCancelled || interruption.isOverdue ? 1 : 0
            },
            Unmanaged.passUnretained(interruption).toOpaque())
        matching.register(on: database.handle)
    }

    deinit {
        sqlite3_progress_handler(database.handle, 0, nil, nil)
    }

    /// Runs `body` in one read transaction, so that all its statements see the same data.
    ///
    /// Cancelling the task ends it with `QueryError.cancelled`.
    func run<Value: Sendable>(
        inTransaction: Bool = true, _ body: @escaping @Sendable (ReadSession) throws -> Value
    ) async -> Result<Value, QueryError> {
        let token = RequestToken()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async {
                    continuation.resume(returning: self.perform(token, inTransaction, body))
                }
            }
        } onCancel: {
            token.cancel()
            interrupt(token)
        }
    }

    private func perform<Value: Sendable>(
        _ token: RequestToken, _ inTransaction: Bool, _ body: (ReadSession) throws -> Value
    ) -> Result<Value, QueryError> {
        running.withLock { current in
            current = token
            interruption.isCancelled = token.isCancelled
        }
        defer {
            running.withLock { current in
                current = nil
                interruption.isCancelled = false
                interruption.deadline = .max
            }
        }
        do {
            matching.removeAll()
            let session = ReadSession(self, token)
            try session.checkCancelled()
            if inTransaction { try execute("BEGIN") }
            // A failed COMMIT of a read transaction leaves nothing behind that matters.
            defer { if inTransaction { try? execute("COMMIT") } }
            return .success(try body(session))
        } catch {
            return .failure(token.isCancelled ? .cancelled : QueryError(error, path: path))
        }
    }

    private func interrupt(_ token: RequestToken) {
        running.withLock { current in
            // A later request on the connection must not suffer for an earlier one.
            guard current === token else { return }
            interruption.isCancelled = true
            sqlite3_interrupt(database.handle)
        }
    }

    /// A compiled statement, kept for the next request.
    func statement(_ sql: String) throws(SQLiteFailure) -> PreparedStatement {
        if let statement = statements[sql] { return statement }
        if statements.count >= 128 { statements.removeAll() }
        let statement = try PreparedStatement(sql, on: database.handle)
        statements[sql] = statement
        return statement
    }

    /// Whether the schema of the database is of a version or newer.
    func holds(_ version: Int) throws(SQLiteFailure) -> Bool {
        if schemaVersion >= Int64(version) { return true }
        let pragma = try statement("PRAGMA user_version")
        defer { pragma.reset() }
        if try pragma.step() { schemaVersion = pragma.int(0) }
        return schemaVersion >= Int64(version)
    }

    /// Ends what runs on the connection after so many nanoseconds.
    func end(afterNanos nanos: Int64) { interruption.deadline = CancelFlag.now().addingClamped(nanos) }

    /// Whether what runs was ended for its time.
    var isOverdue: Bool { interruption.isOverdue }

    /// False where it reads what the files were, and they have changed since.
    var isCurrent: Bool { database.isCurrent }

    /// A number that changes with the files; nil where SQLite itself tells of changes.
    var fileVersion: Int64? { database.fileVersion }

    /// The handle for statements that are not kept.
    var handle: OpaquePointer { database.handle }

    private func execute(_ sql: String) throws(SQLiteFailure) {
        try statement(sql).run()
    }
}

/// Whether the running request should stop; read by SQLite from within statements.
private final class CancelFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isCancelled: Bool {
        get { flag.load(ordering: .relaxed) }
        set { flag.store(newValue, ordering: .relaxed) }
    }

    private let end = Atomic<Int64>(.max)

    /// When the running request ends, in nanoseconds of the monotonic clock.
    var deadline: Int64 {
        get { end.load(ordering: .relaxed) }
        set { end.store(newValue, ordering: .relaxed) }
    }

    /// Only a request with a deadline asks what time it is.
    var isOverdue: Bool { deadline != .max && Self.now() >= deadline }

    static func now() -> Int64 { Int64(clamping: DispatchTime.now().uptimeNanoseconds) }
}

/// One request, so that its cancellation reaches no other one.
final class RequestToken: Sendable {
    private let flag = Atomic<Bool>(false)

    var isCancelled: Bool { flag.load(ordering: .relaxed) }

    func cancel() { flag.store(true, ordering: .relaxed) }
}

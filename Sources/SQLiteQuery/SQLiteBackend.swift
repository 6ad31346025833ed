public import Foundation
import Synchronization
public import TraceQuery
import TraceStore

/// Answers requests from a SQLite trace database.
///
/// It is read-only by construction: the file is opened for reading only, SQLite refuses every change, and no other file
/// can be attached. Other programs may write to the database while it is read. Requests may run side by side.
public final class SQLiteBackend: TraceBackend {
    /// The path as it was given.
    public let path: String
    /// Gives the current time in nanoseconds since the Unix epoch, for filters such as `since:2h`.
    let now: @Sendable () -> Int64
    let timeZone: @Sendable () -> TimeZone
    private let pool: ReaderPool
    /// The connection that watches for changes: SQLite counts them for each connection apart.
    private let watcher = Mutex<ReadConnection?>(nil)

    /// Opens the database.
    ///
    /// `now` and `timeZone` are what filters mean by times such as `2h` and `Tue 02:00`. Fails with the error that tells
    /// what is wrong with the file: `missing`, `locked`, `corrupt`, `foreign`, `newerVersion`, `olderVersion` or
    /// `unreadable`.
    public init(
        path: String,
        now: @escaping @Sendable () -> Int64 = SQLiteBackend.systemTime,
        timeZone: @autoclosure @escaping @Sendable () -> TimeZone = .current
    ) throws(QueryError) {
        self.path = path
        self.now = now
        self.timeZone = timeZone
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

    public func run(_ request: QueryRequest) async throws(QueryError) -> QueryResult {
        let (now, timeZone) = (now, timeZone)
        /// Asking for the time zone costs more than most requests; few filters need it.
        let time: @Sendable (FilterExpression?) -> FilterTime = { filter in
            FilterTime(now: now(), timeZone: filter?.mentionsTime == true ? timeZone() : .gmt)
        }
        switch request {
        case .traces(let request):
            return .traces(try await read { try TraceListReader(session: $0).page(request, time(request.filter)) })
        case .structure(let reference, let limit):
            return .structure(try await read { try StructureReader(session: $0).structure(reference, limit: limit) })
        case .matches(let reference, let filter):
            return .matches(try await read { try MatchReader(session: $0).keys(reference, filter, time(filter)) })
        case .span(let reference):
            return .span(try await read { try SpanDetailReader(session: $0).detail(reference) })
        case .stream(let reference):
            return .stream(try await read { try StreamReader(session: $0).detail(reference) })
        case .search(let request):
            return .search(try await read { try SearchReader(session: $0).page(request, time(request.filter)) })
        case .facets(let request):
            return .facets(try await read { try FacetReader(session: $0).page(request, time(request.filter)) })
        case .statistics(let filter):
            return .statistics(try await read { try StatisticsReader(session: $0).statistics(filter, time(filter)) })
        case .rejects(let limit):
            return .rejects(try await read { try RejectReader(session: $0).records(limit: limit) })
        case .sql(let text, let limit):
            return .sql(try await read { try SQLReader(session: $0).table(text, limit: limit) })
        case .agents(let reference):
            return .agents(try await read { try AnalysisReader(session: $0).agents(reference) })
        case .steps(let reference):
            return .steps(try await read { try AnalysisReader(session: $0).steps(reference) })
        case .joints(let reference):
            return .joints(try await read { try AnalysisReader(session: $0).joints(reference) })
        case .ledger(let reference):
            return .ledger(try await read { try AnalysisReader(session: $0).ledger(reference) })
        case .findings(let request):
            return .findings(try await read { try FindingReader(session: $0).page(request, time(request.filter)) })
        case .findingRules(let request):
            return .findingRules(
                try await read { try FindingRuleReader(session: $0).counts(request, time(request.filter)) })
        case .phases(let filter):
            return .phases(try await read { try PhaseReader(session: $0).statistics(filter, time(filter)) })
        case .models(let filter):
            return .models(try await read { try ModelReader(session: $0).aliases(filter, time(filter)) })
        case .attributes(let limit):
            return .attributes(try await read { try AttributeReader(session: $0).cardinalities(limit: limit) })
        case .wholeSpans(let request):
            return .wholeSpans(try await read { try WholeSpanReader(session: $0).spans(request) })
        case .redaction(let filter):
            return .redaction(try await read { try RedactionReader(session: $0).redaction(filter, time(filter)) })
        case .auditLog(let limit):
            return .auditLog(try await read { try AuditReader(session: $0).records(limit: limit) })
        }
    }

    public func dataVersion() async throws(QueryError) -> Int64 {
        if watcher.withLock({ $0 == nil }) {
            let connection = try ReadOnlyFile.open(path)
            watcher.withLock { $0 = $0 ?? connection }
        }
        guard let connection = watcher.withLock({ $0 }) else { return 0 }
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

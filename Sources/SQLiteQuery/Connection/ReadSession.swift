import Foundation
import TraceQuery
import TraceStore

/// What a running request reads with.
struct ReadSession {
    let connection: ReadConnection
    private let token: RequestToken
    private var clock = FilterClock(now: SQLiteBackend.systemTime, timeZone: { .current })

    init(_ connection: ReadConnection, _ token: RequestToken) {
        self.connection = connection
        self.token = token
    }

    /// A compiled statement, kept for the next request.
    func statement(_ sql: String) throws(SQLiteFailure) -> PreparedStatement {
        try connection.statement(sql)
    }

    /// Whether the database is of a version with streams and findings; older ones are read as if they had none.
    func holdsStreams() throws(SQLiteFailure) -> Bool {
        try connection.holds(StoreSchema.firstWithStreams)
    }

    /// Whether the database is of a version that tells what each model used; of older ones nothing is known.
    func holdsUsage() throws(SQLiteFailure) -> Bool {
        try connection.holds(StoreSchema.firstWithSources)
    }

    /// Whether the database is of a version that tells what was redacted; of older ones nothing is known.
    func holdsRedaction() throws(SQLiteFailure) -> Bool {
        try connection.holds(StoreSchema.firstWithRedaction)
    }

    /// Whether the database is of a version with the analysis of traces; of older ones nothing is known.
    func holdsAnalysis() throws(SQLiteFailure) -> Bool {
        try connection.holds(StoreSchema.firstWithAnalysis)
    }

    /// The same session with another clock.
    func reading(_ clock: FilterClock) -> ReadSession {
        var session = self
        session.clock = clock
        return session
    }

    /// What the times in a filter mean now.
    func time(_ filter: FilterExpression?) -> FilterTime {
        // Asking for the time zone costs more than most requests; few filters need it.
        FilterTime(now: clock.now(), timeZone: filter?.mentionsTime == true ? clock.timeZone() : .gmt)
    }

    /// Whether a field is left to evaluation though it has its SQL.
    func isWithheld(_ field: FilterField) -> Bool { clock.withheld.contains(field.name) }

    /// Ends the request if it was cancelled; for loops that run long between statements' steps.
    func checkCancelled() throws(QueryError) {
        if token.isCancelled { throw .cancelled }
    }
}

/// What filters mean by times such as `2h` and `Tue 02:00`, and how they are answered.
struct FilterClock: Sendable {
    /// Nanoseconds since the Unix epoch.
    let now: @Sendable () -> Int64
    let timeZone: @Sendable () -> TimeZone
    /// Fields that are evaluated rather than asked for in SQL, so that tests can compare both.
    var withheld: Set<String> = []
}

import CSQLite
package import TraceModel

/// The one writer of a trace database.
///
/// Each `write` is one transaction: what it returned for is stored, whatever happens later. It is used by one task at a
/// time. Other programs may read, and take turns with it in writing.
package final class TraceWriter {
    /// Nanoseconds since the Unix epoch.
    package typealias Clock = @Sendable () -> Int64

    package let path: String
    let clock: Clock
    let database: SQLiteConnection
    var connection: OpaquePointer { database.handle }
    let statements: WriterStatements
    let reader: StoredSpanReader

    var names = NameCache()
    var resources = ObjectCache<Resource>()
    var scopes = ObjectCache<InstrumentationScope>()
    var shapes = ShapeCache()
    var traces: [TraceID: WrittenTrace] = [:]
    var lastTraceKey: Int64 = 0
    /// Whether what is written comes from another database: equal spans that it told apart stay apart, and of spans
    /// without a word on their redaction nothing is known.
    var isRestoring = false
    /// Changes when another connection wrote, after which nothing kept in mind is sure.
    var dataVersion: Int64 = -1
    var encoder = PayloadEncoder()
    var payload = SpanPayload()
    /// Spans that may be read again to refresh summaries early; earned by writing spans.
    var summaryCredit = 0
    /// Spans read again for summaries so far.
    var summarizedSpanCount = 0
    /// Stored spans read and written again for further records so far.
    var rewrittenSpanCount = 0
    /// What is known of ids under which very many spans stand.
    var crowds: [WriteBatch.SpanAddress: SpanCrowd] = [:]
    /// What streams wait for; nil when it has to be asked.
    var waiting: StreamAddress.Kinds?
    /// Whether there is any stream or finding; nil when it has to be asked.
    var hasStreams: Bool?
    /// Names of models asked for in traces that were summed up since flips were looked for.
    var changedAliases: Set<Int64> = []
    /// The clocks of resources, by their references.
    var clockNames: [Int32: String] = [:]

    /// Opens the database, creates it where there is none, and migrates an older one.
    ///
    /// A new file and its companions are readable by their owner only. `clock` gives the current time in nanoseconds
    /// since the Unix epoch; it stamps rejects.
    package init(path: String, clock: @escaping Clock) throws(StoreError) {
        self.path = path
        self.clock = clock
        do {
            database = try StoreFile.openForWriting(path)
            statements = try WriterStatements(database.handle)
            reader = try StoredSpanReader(database.handle)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Stores spans, log records, streams and rejects in one transaction; see `write(_:)`.
    package func write(
        spans: [PreparedSpan], logs: [PreparedLog] = [], streams: [PreparedStream] = [],
        rejects: [StoredRejection] = [], redactions: [TraceID: TraceRedaction] = [:]
    ) throws(StoreError) -> WriteCounts {
        var records = PreparedBatch(bytes: 0)
        records.spans = spans
        records.logs = logs
        records.streams = streams
        records.rejections = rejects
        records.redactions = redactions
        return try write([records]).first ?? WriteCounts()
    }

    /// Stores batches in one transaction; each gives its counts.
    ///
    /// Spans, log records and streams that the database holds already, with the same content, are counted as known.
    /// Texts go into the index and summaries are brought up to date once for all of them.
    package func write(_ batches: [PreparedBatch]) throws(StoreError) -> [WriteCounts] {
        try transaction {
            var batch = WriteBatch()
            let counts = try PreparedBatch.gathered(batches).map { try store($0, &batch) }
            try writeTexts(batch)
            try writeCounters(batch)
            try writeRedactions(batch)
            try summarizeGrown(batch)
            return counts
        }
    }

    private func store(_ records: PreparedBatch, _ batch: inout WriteBatch) throws -> WriteCounts {
        try write(rejects: records.rejections, &batch)
        try write(logs: records.logs, &batch)
        let recorded = records.streams.filter { $0.owner == .itself }.map(\.span)
        try write(spans: recorded.isEmpty ? records.spans : records.spans + recorded, &batch)
        try attachLateLogs(&batch)
        try restoreStreams(&batch)
        try write(streams: records.streams, &batch)
        try joinArrivals(&batch)
        batch.knownRedactions.merge(records.redactions) { $1 }
        return batch.takeCounts()
    }

    /// Brings all summaries up to date and folds the write-ahead log into the database file.
    package func finish() throws(StoreError) {
        try summarizePending()
        try transaction { try findAliasFlips(all: false) }
        // A reader may hold the log back; it is folded in by whoever closes the database last.
        try? database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Brings the summaries up to date of traces that grew since they were last summed up.
    ///
    /// A killed writer may have left some; `finish` does this too.
    package func summarizePending() throws(StoreError) {
        var isDone = false
        while !isDone {
            // Small transactions, so that readers and other writers get their turns.
            isDone = try transaction { try summarizeDirty(spansAtMost: 64 << 10) }
        }
    }

    /// Runs `body` in one transaction.
    func transaction<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
        do {
            return try database.transaction {
                try forgetIfOthersWrote()
                return try body()
            }
        } catch {
            // What was interned in the lost transaction is not in the database.
            forget()
            throw StoreError(error, path: path)
        }
    }

    private func forgetIfOthersWrote() throws {
        guard try statements.dataVersion.step() else { return }
        let version = statements.dataVersion.int(0)
        statements.dataVersion.reset()
        if version != dataVersion {
            forget()
            dataVersion = version
        }
        if lastTraceKey < 0 {
            let last = statements.selectLastTrace
            if try last.step() { lastTraceKey = last.int(0) }
            last.reset()
        }
    }

    private func forget() {
        names.removeAll()
        resources.removeAll()
        scopes.removeAll()
        shapes.removeAll()
        crowds.removeAll()
        traces.removeAll()
        lastTraceKey = -1
        waiting = nil
        hasStreams = nil
        clockNames.removeAll()
    }
}

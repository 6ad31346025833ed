import FastJSON
import TraceModel

/// Reads a stored database, of any version, for its rewrite: all from one state of it.
final class RewriteSource {
    let connection: SQLiteConnection
    let version: Int
    let spans: StoredSpanReader
    private let streams: StoredStreamReader
    private let hasRecordings: Bool

    init(_ path: String, patience: Int32 = 10_000) throws {
        connection = try SQLiteConnection.reading(path, patience: patience)
        version = try StoreFile.checkedVersion(connection, path: path)
        try connection.execute("BEGIN")
        spans = try StoredSpanReader(connection.handle)
        streams = StoredStreamReader(connection.handle)
        hasRecordings =
            version >= StoreSchema.firstWithStreams
            ? try connection.integer("SELECT 1 FROM stream WHERE from_span = 0 LIMIT 1") != nil : false
    }

    var tellsRedaction: Bool { version >= StoreSchema.firstWithRedaction }

    static let selectTraces = "SELECT key, id FROM trace ORDER BY key"
    static let selectSpanKeys = "SELECT key FROM span WHERE key BETWEEN ?1 AND ?2 ORDER BY key"
    static let selectRecordings = """
        SELECT span, digest, waits_for FROM stream WHERE span BETWEEN ?1 AND ?2 AND from_span = 0
        """
    static let selectRedaction = """
        SELECT spans_redacted, spans_raw, policies, counts FROM trace_redaction WHERE trace = ?1
        """
    static let selectRejects = "SELECT file, byte_offset, line, reason, time_ns FROM reject ORDER BY id"
    static let selectAudit = """
        SELECT time_ns, user, action, traces, format, policy, selection FROM audit_log ORDER BY id
        """
    static let selectProvenance = "SELECT name, value FROM provenance ORDER BY name"

    /// The log records of a trace, span by span in order of time, or those whose trace is not stored.
    private func selectLogs(ofTrace: Bool) -> String {
        """
        SELECT
            log_record.event, resource.attributes, resource.dropped_attributes, resource.schema_url, scope.name,
            scope.version, scope.attributes, scope.dropped_attributes, scope.schema_url, log_record.span_id,
            log_record.trace_id, \(tellsRedaction ? "log_record.redaction" : "NULL")
        FROM log_record CROSS JOIN resource ON resource.id = log_record.resource
            CROSS JOIN scope ON scope.id = log_record.scope
        WHERE \(ofTrace
            ? "trace_id = ?1" : "NOT EXISTS (SELECT 1 FROM trace WHERE trace.id = log_record.trace_id)")
        ORDER BY log_record.trace_id, log_record.span_id, log_record.time_ns, log_record.id
        """
    }

    func statement(_ sql: String) throws(SQLiteFailure) -> PreparedStatement {
        try PreparedStatement(sql, on: connection.handle)
    }

    /// Hands on the log records of each span of a trace, or with nil of those whose trace is not there.
    func forEachSpanWithLogs(ofTrace id: TraceID?, _ body: ([PreparedLog]) throws -> Void) throws {
        let select = try statement(selectLogs(ofTrace: id != nil))
        if let id { select.bind(blob: 1, id.bytes) }
        var logs: [PreparedLog] = []
        while try select.step() {
            guard let trace = select.withBytes(10, { TraceID(bytes: $0) }) else { continue }
            let span = SpanID(UInt64(bitPattern: select.int(9)))
            let record = try spans.logRecord(select, trace: trace, span: span)
            var log = PreparedLog(record: record)
            if let text = select.text(11) { log.redaction = try StoredRedactionJSON.redaction(text) }
            if let last = logs.last?.record, last.traceID != trace || last.spanID != span {
                try body(logs)
                logs.removeAll(keepingCapacity: true)
            }
            logs.append(log)
        }
        if !logs.isEmpty { try body(logs) }
    }

    /// What is stored of the recorded streams of a trace beside their chunks, by the keys of spans.
    func recordings(_ keys: ClosedRange<Int64>) throws -> [Int64: (digest: Int64, waitsFor: String?)] {
        guard hasRecordings else { return [:] }
        let select = try statement(Self.selectRecordings)
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        var found: [Int64: (digest: Int64, waitsFor: String?)] = [:]
        while try select.step() { found[select.int(0)] = (select.int(1), select.text(2)) }
        return found
    }

    /// The stream of a span.
    func stream(ofSpan key: Int64) throws -> (info: StreamInfo, chunks: StreamChunks)? {
        guard let head = try streams.head(ofSpan: key) else { return nil }
        return (head.info, try streams.chunks(of: head))
    }

    /// What is known of the redaction of a trace; nil for nothing.
    func redaction(ofTrace key: Int64) throws -> TraceRedaction? {
        guard tellsRedaction else { return nil }
        let select = try statement(Self.selectRedaction)
        select.bind(1, key)
        guard try select.step() else { return nil }
        return TraceRedaction(
            policies: try StoredRedactionJSON.policies(select.text(2)), spansRedacted: select.count(0),
            spansRaw: select.count(1), counts: try StoredRedactionJSON.counts(select.text(3)))
    }
}

import FastJSON
import TraceModel
import TraceQuery
import TraceStore

extension FindingListRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> FindingPage {
        try FindingReader(session: session).page(self, session.time(filter))
    }
}

/// Reads findings trace by trace, those of the newest trace first.
struct FindingReader {
    let session: ReadSession

    /// Traces with findings in order of start, from a position on.
    ///
    /// The walk stops as soon as a page is full, so that it reads no more of the list than the page needs.
    static let selectTraces = """
        SELECT trace.key, trace.id FROM trace INDEXED BY trace_start
        WHERE trace.start_ns IS NOT NULL AND (trace.start_ns, trace.key) <= (?1, ?2) AND \(hasFindings)
        ORDER BY trace.start_ns DESC, trace.key DESC
        """
    /// Traces with findings and without a start, which come last.
    static let selectTimelessTraces = """
        SELECT trace.key, trace.id FROM trace INDEXED BY trace_start
        WHERE trace.start_ns IS NULL AND trace.key <= ?1 AND \(hasFindings) ORDER BY trace.key DESC
        """
    private static let hasFindings = """
        EXISTS (SELECT 1 FROM finding INDEXED BY finding_trace WHERE finding.trace = trace.key)
        """
    static let selectStart = "SELECT start_ns, id FROM trace WHERE key = ?1"

    /// The findings of one trace in order of the spans that they are about; those about the trace first.
    static func select(
        ofTrace trace: Int64, _ request: FindingListRequest, _ conditions: Conditions?, offset: Int, limit: Int
    ) -> SQLFragment {
        let kept: SQLFragment =
            conditions.map { conditions in
                " AND CASE WHEN finding.span IS NULL THEN " + conditions.trace + " ELSE " + conditions.span + " END"
            } ?? SQLFragment("")
        return SQLFragment(
            """
            SELECT
                name.text, finding.severity, finding.certainty, finding.message, finding.evidence, span.id,
                span.ordinal
            FROM finding INDEXED BY finding_trace CROSS JOIN name ON name.id = finding.rule
                CROSS JOIN trace ON trace.key = finding.trace LEFT JOIN span ON span.key = finding.span
            WHERE finding.trace = ? AND finding.severity >= ?
            """, [.integer(trace), .integer(Int64(request.minimumSeverity.rawValue))]) + kept
            + SQLFragment(
                " ORDER BY span.start_ns, finding.span, finding.id LIMIT ? OFFSET ?",
                [.integer(Int64(limit)), .integer(Int64(offset))])
    }

    /// What a filter demands of a trace and of a span.
    struct Conditions {
        var trace: SQLFragment
        var span: SQLFragment

        init(_ filter: FilterExpression, _ session: ReadSession, _ time: FilterTime) throws {
            let compiler = FilterCompiler(session: session, time: time)
            trace = try compiler.traces(filter).sql
            span = try compiler.spans(filter)
        }
    }

    func page(_ request: FindingListRequest, _ time: FilterTime) throws -> FindingPage {
        guard try session.holdsStreams() else { return FindingPage(rows: []) }
        let conditions = try request.filter.map { try Conditions($0, session, time) }
        var position = try request.after.map { try FindingPosition($0) }
        let limit = TraceListReader.rows(request.limit)
        var page = FindingPage(rows: [])
        if let reference = request.trace {
            let key = try ReferenceResolver(session: session).trace(reference)
            guard position == nil || position?.trace == key, let trace = try trace(key) else { return page }
            try add(key, trace.id, request, conditions, &position, limit, &page)
            return page
        }
        let start = try position.flatMap { try trace($0.trace) }
        if position == nil || start?.start != nil {
            let select = try session.statement(Self.selectTraces)
            select.bind(1, start?.start ?? .max)
            select.bind(2, position?.trace ?? .max)
            try add(select, request, conditions, &position, limit, &page)
        }
        if page.next == nil {
            let select = try session.statement(Self.selectTimelessTraces)
            select.bind(1, start?.start == nil ? position?.trace ?? .max : .max)
            try add(select, request, conditions, &position, limit, &page)
        }
        return page
    }

    private func trace(_ key: Int64) throws -> (start: Int64?, id: TraceID)? {
        let select = try session.statement(Self.selectStart)
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step(), let id = select.withBytes(1, { TraceID(bytes: $0) }) else { return nil }
        return (select.optionalInt(0), id)
    }

    private func add(
        _ traces: PreparedStatement, _ request: FindingListRequest, _ conditions: Conditions?,
        _ position: inout FindingPosition?, _ limit: Int, _ page: inout FindingPage
    ) throws {
        defer { traces.reset() }
        while page.next == nil, try traces.step() {
            guard let id = traces.withBytes(1, { TraceID(bytes: $0) }) else { continue }
            try session.checkCancelled()
            try add(traces.int(0), id, request, conditions, &position, limit, &page)
        }
    }

    /// Adds the findings of a trace as far as the page has room for them.
    private func add(
        _ trace: Int64, _ id: TraceID, _ request: FindingListRequest, _ conditions: Conditions?,
        _ position: inout FindingPosition?, _ limit: Int, _ page: inout FindingPage
    ) throws {
        var offset = position?.trace == trace ? position?.offset ?? 0 : 0
        position = nil
        // One row more than there is room for tells whether there is a next page.
        let room = limit - page.rows.count
        let fragment = Self.select(ofTrace: trace, request, conditions, offset: offset, limit: room + 1)
        let select = try session.statement(fragment)
        defer { select.reset() }
        while try select.step() {
            if page.rows.count == limit {
                page.next = FindingPosition(trace: trace, offset: offset).cursor
                return
            }
            offset += 1
            let finding = try Self.finding(select)
            let span = finding.spanID.map { SpanAddress(trace: id, span: $0, ordinal: Int(select.int(6))) }
            page.rows.append(FindingPage.Row(traceID: id, span: span, finding: finding))
        }
    }

    private static func finding(_ row: PreparedStatement) throws -> Finding {
        let span = row.optionalInt(5).map { SpanID(UInt64(bitPattern: $0)) }
        return Finding(
            rule: row.text(0) ?? "", severity: FindingSeverity(rawValue: Int(row.int(1))) ?? .hint,
            certainty: FindingCertainty(rawValue: Int(row.int(2))) ?? .cannotTell, message: row.text(3) ?? "",
            spanID: span, evidence: StoredStreamJSON.evidence(try JSONValue(parsing: row.text(4) ?? "[]"), own: span))
    }
}

/// A place in the list of findings: a trace, and how many of its findings come before.
struct FindingPosition: Equatable {
    var trace: Int64
    var offset: Int

    init(trace: Int64, offset: Int) {
        self.trace = trace
        self.offset = offset
    }

    /// Reads the word that `cursor` gave.
    init(_ cursor: PageCursor) throws(QueryError) {
        let fields = cursor.text.split(separator: ".", omittingEmptySubsequences: false)
        guard fields.count == 3, fields[0] == "f", let trace = Int64(fields[1]), let offset = Int(fields[2]),
            offset >= 0
        else { throw .backend(message: "'\(cursor.text.prefix(80))' is no position in this list") }
        self.init(trace: trace, offset: offset)
    }

    var cursor: PageCursor { PageCursor(text: "f.\(trace).\(offset)") }
}

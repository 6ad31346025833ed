import TraceModel
import TraceQuery
import TraceStore

extension StructureRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> TraceStructure {
        try StructureReader(session: session)
            .structure(ReferenceResolver(session: session).trace(trace), limit: limit)
    }
}

/// Reads all spans of a trace without payload.
struct StructureReader {
    let session: ReadSession

    /// All rows of a trace, in the order in which they lie on disk.
    static let selectAll = "SELECT \(SpanRowReader.columns) FROM span WHERE key BETWEEN ?1 AND ?2 ORDER BY key"
    /// The earliest rows of a trace.
    static let selectFirst = """
        SELECT \(SpanRowReader.columns) FROM span INDEXED BY span_start
        WHERE trace = ?1 AND start_ns IS NOT NULL ORDER BY start_ns, key LIMIT ?2
        """
    /// Rows without a start, which come last.
    static let selectTimeless = """
        SELECT \(SpanRowReader.columns) FROM span INDEXED BY span_start
        WHERE trace = ?1 AND start_ns IS NULL ORDER BY key LIMIT ?2
        """

    func structure(_ key: Int64, limit: Int?) throws -> TraceStructure {
        var summary = try TraceListReader(session: session).summary(key)
        var reader = SpanRowReader()
        var spans: [SpanRow]
        if let limit, limit < summary.spanCount {
            spans = try first(max(0, limit), trace: key, &reader)
        } else {
            spans = try all(trace: key, expecting: summary.spanCount, &reader)
        }
        let names = try reader.names(session, for: &spans)
        let analysis = AnalysisReader(session: session)
        let agents = try analysis.topology(key, &summary.analysis)
        let clocks = try analysis.clocks(key, &summary.analysis)
        var structure = TraceStructure(
            summary: summary, names: names, spans: spans, isPartial: spans.count < summary.spanCount)
        if try session.holdsStreams() {
            structure.findings = try StoredStreamReader(session.connection.handle).findings(ofTrace: key)
        }
        structure.agents = agents
        structure.clocks = clocks
        structure.coverage = summary.coverage
        structure.redaction = try RedactionReader(session: session).redaction(ofTrace: key)
        return structure
    }

    /// All rows of a trace, by start; names are not told.
    func rows(ofTrace key: Int64) throws -> [SpanRow] {
        var reader = SpanRowReader()
        return try all(trace: key, expecting: 0, &reader)
    }

    private func all(trace: Int64, expecting count: Int, _ reader: inout SpanRowReader) throws -> [SpanRow] {
        let keys = StoreKey.spans(ofTrace: trace)
        let select = try session.statement(Self.selectAll)
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        defer { select.reset() }
        var spans: [SpanRow] = []
        spans.reserveCapacity(OutOfRange.room(count))
        var isSorted = true
        var last = Int64.min
        while try select.step() {
            guard let span = reader.row(select) else { continue }
            let start = span.startUnixNano ?? .max
            if start < last { isSorted = false }
            last = start
            spans.append(span)
            if spans.count & 0xFFF == 0 { try session.checkCancelled() }
        }
        return isSorted ? spans : Self.sorted(spans)
    }

    private func first(_ limit: Int, trace: Int64, _ reader: inout SpanRowReader) throws -> [SpanRow] {
        var spans: [SpanRow] = []
        for sql in [Self.selectFirst, Self.selectTimeless] where spans.count < limit {
            let select = try session.statement(sql)
            select.bind(1, trace)
            select.bind(2, limit - spans.count)
            defer { select.reset() }
            while try select.step() { if let span = reader.row(select) { spans.append(span) } }
        }
        return spans
    }

    /// In order of start, those without one last; ties stay in the order of keys.
    private static func sorted(_ spans: [SpanRow]) -> [SpanRow] {
        // Small pairs move faster than whole rows.
        var order = spans.indices.map { (start: spans[$0].startUnixNano ?? .max, place: Int32($0)) }
        order.sort { $0.start != $1.start ? $0.start < $1.start : $0.place < $1.place }
        return order.map { spans[Int($0.place)] }
    }
}

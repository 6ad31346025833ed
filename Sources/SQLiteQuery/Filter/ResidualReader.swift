import Basics
import TraceDialect
import TraceModel
import TraceQuery
import TraceStore

/// Answers by evaluation what a filter demands beyond SQL: the residual of `FilterExpression.split`.
///
/// Every field has its SQL now, so that it runs where a field is new, or withheld by a test that compares both ways. It
/// reads all traces that meet the rest of the filter, whole.
struct ResidualReader {
    let session: ReadSession

    /// The traces at hand, a condition on `trace`, that the residual keeps, as a further condition.
    func traces(_ residual: FilterExpression, of condition: SQLFragment, _ time: FilterTime) throws -> SQLFragment {
        let evaluator = try FilterEvaluator(residual, time)
        let keys = try keys("SELECT trace.key FROM trace WHERE " + condition)
            .filter { evaluator.keeps(try trace($0).filterable) }
        return Self.isOne("trace.key", of: keys)
    }

    /// The spans at hand, a condition on `span` and `trace`, that the residual keeps, as a further condition.
    func spans(_ residual: FilterExpression, of condition: SQLFragment, _ time: FilterTime) throws -> SQLFragment {
        let evaluator = try FilterEvaluator(residual, time)
        let traces = try keys(
            "SELECT DISTINCT trace.key FROM trace CROSS JOIN span ON span.trace = trace.key WHERE " + condition)
        var kept: [Int64] = []
        for key in traces {
            let trace = try trace(key)
            kept += evaluator.spans(of: trace.filterable).map { trace.keys[$0] }
        }
        return Self.isOne("span.key", of: kept)
    }

    private static func isOne(_ column: String, of keys: [Int64]) -> SQLFragment {
        SQLFragment("\(column) IN (SELECT value FROM json_each(?))", [.text("\(keys)")])
    }

    private func keys(_ select: SQLFragment) throws -> [Int64] {
        let select = try session.statement(select)
        defer { select.reset() }
        var keys: [Int64] = []
        while try select.step() { keys.append(select.int(0)) }
        return keys
    }

    // MARK: Reading

    /// What the row of a span says beside its structure.
    static let selectRest = """
        SELECT session.text, span.tokens_cache_read, span.tokens_cache_write, span.tokens_reasoning
        FROM span LEFT JOIN name AS session ON session.id = span.session WHERE span.key = ?1
        """
    /// The findings of a trace with the keys of their spans.
    static let selectFindings = """
        SELECT finding.span, name.text, finding.severity, finding.certainty
        FROM finding INDEXED BY finding_trace CROSS JOIN name ON name.id = finding.rule WHERE finding.trace = ?1
        """

    /// A stored trace as filters ask about it, with the keys of its spans.
    func trace(_ key: Int64) throws -> (filterable: FilterableTrace, keys: [Int64]) {
        let stored = try StoredSpanReader(session.connection.handle)
        let streams = StoredStreamReader(session.connection.handle)
        let holdsStreams = try session.holdsStreams()
        var structure = try StructureReader(session: session).structure(key, limit: nil)
        structure.findings = []
        var spans: [FilterableSpan] = []
        var keys: [Int64] = []
        for row in structure.spans {
            try session.checkCancelled()
            let spanKey = StoreKey.span(trace: key, number: Int64(row.arrival))
            guard let span = try stored.span(spanKey) else { continue }
            keys.append(spanKey)
            let logs = try stored.logEvents(trace: span.traceID, span: span.spanID)
            spans.append(
                FilterableSpan(
                    row, span, try facts(spanKey),
                    texts: [Dialect.searchText(of: span).text] + logs.map { Dialect.searchText(of: $0, in: span) },
                    timing: holdsStreams ? try streams.head(ofSpan: spanKey)?.info.timing : nil))
        }
        var trace = FilterableTrace(structure, spans)
        if holdsStreams { try addFindings(to: &trace, key, places: keys) }
        return (trace, keys)
    }

    /// What filters ask of the facts of a span and its structure lacks.
    private func facts(_ key: Int64) throws -> SpanFacts {
        let select = try session.statement(Self.selectRest)
        select.bind(1, key)
        defer { select.reset() }
        var facts = SpanFacts()
        guard try select.step() else { return facts }
        facts.session = select.text(0)
        facts.tokens.cacheRead = select.optionalInt(1)
        facts.tokens.cacheWrite = select.optionalInt(2)
        facts.tokens.reasoning = select.optionalInt(3)
        return facts
    }

    private func addFindings(to trace: inout FilterableTrace, _ key: Int64, places keys: [Int64]) throws {
        let places = Dictionary(zip(keys, keys.indices), uniquingKeysWith: { first, _ in first })
        let select = try session.statement(Self.selectFindings)
        select.bind(1, key)
        defer { select.reset() }
        while try select.step() {
            let finding = Finding(
                rule: select.text(1) ?? "", severity: FindingSeverity(rawValue: Int(select.int(2))) ?? .hint,
                certainty: FindingCertainty(rawValue: Int(select.int(3))) ?? .cannotTell, message: "", spanID: nil)
            if let place = select.optionalInt(0).flatMap({ places[$0] }) {
                trace.spans[place].findings.append(finding)
            } else {
                trace.findings.append(finding)
            }
        }
    }
}

import TraceModel
import TraceQuery

/// Answers requests from values in memory.
struct FakeBackend: TraceBackend {
    var displayName: String { "memory" }
    var traces: [TraceSummary] = []
    var structure: TraceStructure?
    var detail: SpanDetail?
    var stream: StreamDetail?
    var hits: [SearchPage.Hit] = []
    var names = NameTable()
    var facets: [FacetPage.Value] = []
    var statistics = SelectionStatistics(traces: 0, spans: 0, errors: 0, rejected: 0)
    var rejects: [RejectedRecord] = []
    var table = SQLTable(columns: [], rows: [], isPartial: false)
    var agents: TraceAgents?
    var steps: TraceSteps?
    var joints: TraceJoints?
    var ledger: TraceLedgerPage?
    var findings: [FindingPage.Row] = []
    var findingRules: [FindingRuleCount] = []
    var phases: PhaseStatistics?
    var models: [ModelAlias] = []
    var attributes: [AttributeCardinality] = []
    /// The keys that any filter keeps.
    var matching: [Int64] = []
    var redaction = TraceRedaction()
    var audits: [AuditRecord] = []
    var failure: QueryError?

    func dataVersion() async throws(QueryError) -> Int64 { 1 }

    func run(_ request: QueryRequest) async throws(QueryError) -> QueryResult {
        if let failure { throw failure }
        switch request {
        case .traces(let list):
            let (rows, next) = page(traces, list.limit, list.after)
            return .traces(TracePage(rows: rows, next: next))
        case .search(let search):
            let (rows, next) = page(hits, search.limit, search.after)
            return .search(SearchPage(hits: rows, names: names, next: next))
        case .structure:
            guard let structure else { throw .notFound(what: "trace") }
            return .structure(structure)
        case .matches: return .matches(matching)
        case .span:
            guard let detail else { throw .notFound(what: "span") }
            return .span(detail)
        case .stream:
            guard let stream else { throw .notFound(what: "stream") }
            return .stream(stream)
        case .facets(let facet): return .facets(FacetPage(field: facet.field, values: facets))
        case .statistics: return .statistics(statistics)
        case .rejects(let limit): return .rejects(Array(rejects.prefix(limit)))
        case .sql: return .sql(table)
        case .agents: return .agents(try found(agents))
        case .steps: return .steps(try found(steps))
        case .joints: return .joints(try found(joints))
        case .ledger: return .ledger(try found(ledger))
        case .findingRules: return .findingRules(findingRules)
        case .findings(let list):
            let kept = findings.filter { $0.finding.severity >= list.minimumSeverity }
            let (rows, next) = page(kept, list.limit, list.after)
            return .findings(FindingPage(rows: rows, next: next))
        case .phases: return .phases(try found(phases))
        case .models: return .models(models)
        case .attributes(let limit): return .attributes(Array(attributes.prefix(limit)))
        case .wholeSpans: throw .notFound(what: "whole spans")
        case .redaction: return .redaction(redaction)
        case .auditLog(let limit): return .auditLog(Array(audits.prefix(limit)))
        }
    }

    private func found<Value>(_ value: Value?) throws(QueryError) -> Value {
        guard let value else { throw .notFound(what: "trace") }
        return value
    }

    /// Cursors are the position of the next row.
    private func page<Row>(_ rows: [Row], _ limit: Int, _ after: PageCursor?) -> ([Row], PageCursor?) {
        let start = after.flatMap { Int($0.text) } ?? 0
        let end = min(rows.count, start + limit)
        return (Array(rows[start..<end]), end < rows.count ? PageCursor(text: "\(end)") : nil)
    }
}

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
    /// The spans that any filter keeps.
    var matching: [LocalSpanID] = []
    var redaction = TraceRedaction()
    var audits: [AuditRecord] = []
    var failure: QueryError?

    func dataVersion() async throws(QueryError) -> Int64 { 1 }

    var capabilities: BackendCapabilities {
        BackendCapabilities { $0 == WholeSpanRequest.self ? "no whole spans" : nil }
    }

    func run<Request: TraceRequest>(_ request: Request) async throws(QueryError) -> Request.Answer {
        if let failure { throw failure }
        guard let answer = try answer(request) as? Request.Answer else {
            throw .unsupported(reason: "no answer to a \(Request.self)")
        }
        return answer
    }

    private func answer(_ request: any TraceRequest) throws(QueryError) -> (any Sendable)? {
        switch request {
        case let list as TraceListRequest:
            let (rows, next) = page(traces, list.limit, list.after)
            return TracePage(rows: rows, next: next)
        case let search as SearchRequest:
            let (rows, next) = page(hits, search.limit, search.after)
            return SearchPage(hits: rows, names: names, next: next)
        case is StructureRequest: return try found(structure)
        case is MatchesRequest: return matching
        case is SpanRequest: return try found(detail, "span")
        case is StreamRequest: return try found(stream, "stream")
        case let facet as FacetRequest: return FacetPage(field: facet.field, values: facets)
        case is StatisticsRequest: return statistics
        case let request as RejectsRequest: return Array(rejects.prefix(request.limit))
        case is SQLRequest: return table
        case is AgentsRequest: return try found(agents)
        case is StepsRequest: return try found(steps)
        case is JointsRequest: return try found(joints)
        case is LedgerRequest: return try found(ledger)
        case let list as FindingListRequest:
            let kept = findings.filter { $0.finding.severity >= list.minimumSeverity }
            let (rows, next) = page(kept, list.limit, list.after)
            return FindingPage(rows: rows, next: next)
        case is FindingRulesRequest: return findingRules
        case is PhasesRequest: return try found(phases)
        case is ModelsRequest: return models
        case let request as AttributesRequest: return Array(attributes.prefix(request.limit))
        case is RedactionRequest: return redaction
        case let request as AuditLogRequest: return Array(audits.prefix(request.limit))
        default: return nil
        }
    }

    private func found<Value>(_ value: Value?, _ what: String = "trace") throws(QueryError) -> Value {
        guard let value else { throw .notFound(what: what) }
        return value
    }

    /// Cursors are the position of the next row.
    private func page<Row>(_ rows: [Row], _ limit: Int, _ after: PageCursor?) -> ([Row], PageCursor?) {
        let start = after.flatMap { Int($0.text) } ?? 0
        let end = min(rows.count, start + limit)
        return (Array(rows[start..<end]), end < rows.count ? PageCursor(text: "\(end)") : nil)
    }
}

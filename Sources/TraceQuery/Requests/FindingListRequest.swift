public import TraceModel

/// A list of findings: of one trace, or of the traces that a filter keeps.
public struct FindingListRequest: TraceRequest {
    public typealias Answer = FindingPage

    public var trace: TraceReference?
    /// Keeps findings about spans that it keeps; a finding about a trace alone needs the trace to be kept.
    public var filter: FilterExpression?
    public var minimumSeverity: FindingSeverity
    public var limit: Int
    public var after: PageCursor?

    public init(
        trace: TraceReference? = nil, filter: FilterExpression? = nil, minimumSeverity: FindingSeverity = .hint,
        limit: Int = 200, after: PageCursor? = nil
    ) {
        self.trace = trace
        self.filter = filter
        self.minimumSeverity = minimumSeverity
        self.limit = limit
        self.after = after
    }
}

/// Findings, those of the newest trace first, within a trace in order of the spans that they are about.
public struct FindingPage: Equatable, Sendable {
    public struct Row: Equatable, Sendable {
        public var traceID: TraceID
        /// The span that the finding is about; nil where it is about the trace.
        public var span: SpanAddress?
        public var finding: Finding

        public init(traceID: TraceID, span: SpanAddress?, finding: Finding) {
            self.traceID = traceID
            self.span = span
            self.finding = finding
        }
    }

    public var rows: [Row]
    public var next: PageCursor?

    public init(rows: [Row], next: PageCursor? = nil) {
        self.rows = rows
        self.next = next
    }
}

/// What was found, by rule, over the findings that a request would list; its page is of no account.
public struct FindingRulesRequest: TraceRequest {
    /// The gravest first, then those of most traces.
    public typealias Answer = [FindingRuleCount]

    public var findings: FindingListRequest

    public init(_ findings: FindingListRequest) {
        self.findings = findings
    }
}

/// How often something was found by one rule.
public struct FindingRuleCount: Equatable, Sendable {
    public var rule: String
    /// Of the gravest finding.
    public var severity: FindingSeverity
    /// Traces with such a finding.
    public var traceCount: Int
    public var findingCount: Int
    /// The trace with such a finding that started last, and when; one without a start comes before all others.
    public var newestTraceID: TraceID
    public var newestStartUnixNano: Int64?

    public init(
        rule: String, severity: FindingSeverity, traceCount: Int, findingCount: Int, newestTraceID: TraceID,
        newestStartUnixNano: Int64?
    ) {
        self.rule = rule
        self.severity = severity
        self.traceCount = traceCount
        self.findingCount = findingCount
        self.newestTraceID = newestTraceID
        self.newestStartUnixNano = newestStartUnixNano
    }
}

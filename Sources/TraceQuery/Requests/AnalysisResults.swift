public import TraceModel

/// The agent runs of a trace.
public struct TraceAgents: Equatable, Sendable {
    public var summary: TraceSummary
    public var topology: AgentTopology

    public init(summary: TraceSummary, topology: AgentTopology) {
        self.summary = summary
        self.topology = topology
    }
}

/// The steps of a trace, with the agent runs that they belong to.
public struct TraceSteps: Equatable, Sendable {
    public var summary: TraceSummary
    public var topology: AgentTopology
    public var steps: [StepFigures]

    public init(summary: TraceSummary, topology: AgentTopology, steps: [StepFigures]) {
        self.summary = summary
        self.topology = topology
        self.steps = steps
    }
}

/// The tool calls of a trace, with the agent runs that they belong to.
public struct TraceJoints: Equatable, Sendable {
    public var summary: TraceSummary
    public var topology: AgentTopology
    public var joints: ToolJoints
    /// The findings of the trace, of which some are about joints.
    public var findings: [Finding]

    public init(summary: TraceSummary, topology: AgentTopology, joints: ToolJoints, findings: [Finding] = []) {
        self.summary = summary
        self.topology = topology
        self.joints = joints
        self.findings = findings
    }
}

/// The ledger of a trace.
public struct TraceLedgerPage: Equatable, Sendable {
    public var summary: TraceSummary
    public var ledger: TraceLedger

    public init(summary: TraceSummary, ledger: TraceLedger) {
        self.summary = summary
        self.ledger = ledger
    }
}

/// A list of findings: of one trace, or of the traces that a filter keeps.
public struct FindingListRequest: Hashable, Sendable {
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
        public var traceKey: Int64
        public var traceID: TraceID
        /// Of the span that the finding is about; 0 where it is about the trace.
        public var spanKey: Int64
        public var finding: Finding

        public init(traceKey: Int64, traceID: TraceID, spanKey: Int64, finding: Finding) {
            self.traceKey = traceKey
            self.traceID = traceID
            self.spanKey = spanKey
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

/// How the phases of steps are distributed; percentiles of parts do not add up to those of the whole.
public struct PhaseStatistics: Equatable, Sendable {
    public var traceCount: Int
    public var stepCount: Int
    public var phases: [PhaseDistribution]
    /// Of whole steps; nil without any.
    public var total: StepDistribution?

    public init(traceCount: Int, stepCount: Int, phases: [PhaseDistribution], total: StepDistribution?) {
        self.traceCount = traceCount
        self.stepCount = stepCount
        self.phases = phases
        self.total = total
    }
}

/// The distribution of the wall time of steps, in nanoseconds.
public struct StepDistribution: Equatable, Sendable {
    public var p50: Int64
    public var p95: Int64
    public var p99: Int64

    public init(p50: Int64, p95: Int64, p99: Int64) {
        self.p50 = p50
        self.p95 = p95
        self.p99 = p99
    }
}

/// A model that answered to a name.
public struct ModelAlias: Equatable, Sendable {
    /// The model asked for.
    public var requested: String
    /// The model that answered; nil where no answer says, so that nothing is proven.
    public var resolved: String?
    public var calls: Int
    /// Nanoseconds since the Unix epoch; nil where no call has a time.
    public var firstUnixNano: Int64?
    public var lastUnixNano: Int64?
    /// The first trace in which it answered.
    public var firstTraceID: TraceID
    /// True where another model had answered to the same name before.
    public var isFlip: Bool

    public init(requested: String, resolved: String?, calls: Int, firstTraceID: TraceID) {
        self.requested = requested
        self.resolved = resolved
        self.calls = calls
        self.firstTraceID = firstTraceID
        isFlip = false
    }
}

/// How many distinct values an attribute has.
public struct AttributeCardinality: Equatable, Sendable {
    public var key: String
    /// Spans that have the attribute.
    public var spans: Int
    /// Distinct values among the spans that were read.
    public var distinctValues: Int
    /// True where not all spans were read, so that the number of values is a lower bound.
    public var isLowerBound: Bool
    public var exampleValue: String?

    public init(key: String, spans: Int, distinctValues: Int, isLowerBound: Bool, exampleValue: String?) {
        self.key = key
        self.spans = spans
        self.distinctValues = distinctValues
        self.isLowerBound = isLowerBound
        self.exampleValue = exampleValue
    }
}

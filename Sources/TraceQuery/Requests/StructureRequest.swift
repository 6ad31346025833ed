public import TraceModel

/// All spans of a trace, without payload.
public struct StructureRequest: TraceRequest {
    public typealias Answer = TraceStructure

    public var trace: TraceReference
    /// The most spans, the earliest first; nil for all.
    public var limit: Int?

    public init(_ trace: TraceReference, limit: Int? = nil) {
        self.trace = trace
        self.limit = limit
    }
}

/// The spans of a trace, without payload, in order of start time, then of arrival.
public struct TraceStructure: Equatable, Sendable {
    public var summary: TraceSummary
    public var names: NameTable
    public var spans: [SpanRow]
    /// What was found in the trace, in order of the spans that it is about.
    public var findings: [Finding] = []
    /// The agent runs that `SpanRow.agentRun` numbers.
    public var agents = AgentTopology()
    /// The clocks that `SpanRow.clock` numbers; at most one where all times come from one clock.
    public var clocks: [ClockEstimate] = []
    /// Calls that must exist by the evidence, a lower bound, and calls that are recorded; nil where nothing was analysed.
    public var coverage: TraceCoverage?
    /// What is known of the redaction of its spans; nil where the file is of a version that tells nothing.
    public var redaction: TraceRedaction?
    /// True when `spans` stops at the limit of the request.
    public var isPartial: Bool

    public init(summary: TraceSummary, names: NameTable, spans: [SpanRow], isPartial: Bool = false) {
        self.summary = summary
        self.names = names
        self.spans = spans
        self.isPartial = isPartial
    }
}

/// Which spans of a trace a filter keeps.
public struct MatchesRequest: TraceRequest {
    /// In the order in which they were stored.
    public typealias Answer = [LocalSpanID]

    public var trace: TraceReference
    public var filter: FilterExpression

    public init(_ trace: TraceReference, _ filter: FilterExpression) {
        self.trace = trace
        self.filter = filter
    }
}

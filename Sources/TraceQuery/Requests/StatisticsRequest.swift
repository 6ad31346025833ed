public import TraceModel

/// The totals over the traces that a filter keeps.
public struct StatisticsRequest: TraceRequest {
    public typealias Answer = SelectionStatistics

    public var filter: FilterExpression?

    public init(_ filter: FilterExpression? = nil) {
        self.filter = filter
    }
}

/// Totals over the traces that a filter keeps.
public struct SelectionStatistics: Equatable, Sendable {
    public var traces: Int
    public var spans: Int
    public var errors: Int
    public var rejected: Int
    /// Sums over the model calls that state usage; nil where none does.
    public var tokensInput: Int64?
    public var tokensOutput: Int64?
    public var modelCalls: Int
    public var modelCallsWithTokens: Int
    public var firstStartUnixNano: Int64?
    public var lastStartUnixNano: Int64?
    /// Bytes of the database files; nil where the back end has none.
    public var databaseBytes: Int64?
    public var spansByKind: [FacetPage.Value]
    /// Spans by the name of each mark that is set.
    public var spansByMark: [FacetPage.Value]
    /// Streams whose chunks are stored.
    public var streams: Int
    /// The same by the quality of their times.
    public var streamsByTiming: [FacetPage.Value]
    /// Spans by the rules of their findings; a finding about a trace alone counts no span.
    public var spansByFinding: [FacetPage.Value]
    /// What is known of the redaction of the spans; nil where the file is of a version that tells nothing.
    public var redaction: TraceRedaction?
    /// What each model used, whoever used most first; nil where the file is of a version that tells nothing.
    public var usage: [ModelUsage]?

    public init(traces: Int, spans: Int, errors: Int, rejected: Int) {
        self.traces = traces
        self.spans = spans
        self.errors = errors
        self.rejected = rejected
        modelCalls = 0
        modelCallsWithTokens = 0
        spansByKind = []
        spansByMark = []
        streams = 0
        streamsByTiming = []
        spansByFinding = []
    }
}

/// What is known of the redaction of the traces that a filter keeps.
public struct RedactionRequest: TraceRequest {
    public typealias Answer = TraceRedaction

    public var filter: FilterExpression?

    public init(_ filter: FilterExpression? = nil) {
        self.filter = filter
    }
}

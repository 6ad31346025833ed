/// What is known of the redaction of stored spans, of one trace or of a selection of traces.
///
/// A span is stored redacted, or raw because somebody asked for that, or by a version that told neither.
public struct TraceRedaction: Equatable, Sendable {
    /// The policies under which spans were redacted, each once; see `Redactor.policyName`.
    public var policies: [String]
    public var spansRedacted: Int
    /// Spans that were stored as they came, on request.
    public var spansRaw: Int
    /// Spans of which nothing is known: an older version or another program stored them.
    public var spansUnknown: Int
    /// What was replaced in the redacted ones.
    public var counts: RedactionCounts

    public init(
        policies: [String] = [], spansRedacted: Int = 0, spansRaw: Int = 0, spansUnknown: Int = 0,
        counts: RedactionCounts = RedactionCounts()
    ) {
        self.policies = policies
        self.spansRedacted = spansRedacted
        self.spansRaw = spansRaw
        self.spansUnknown = spansUnknown
        self.counts = counts
    }
}

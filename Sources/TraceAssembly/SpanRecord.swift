package import TraceModel

/// One span on its way into an assembled trace: its structure, and what only counts and analysis need of it.
package struct SpanRecord: Sendable {
    /// The structure as recorded: the agent that the span itself names, marks of the record alone, names as indices of
    /// the table of the records, and the clock as an index that `TraceRecords.clock(named:)` gave.
    package var row: SpanRow
    package var session: NameIndex
    package var provider: NameIndex
    // Numbers by which equal resources, scopes and sets of attribute keys are known; 0 for none.
    package var resource: Int32
    package var scope: Int32
    package var shape: Int32
    /// What the row does not hold of the usage counts too.
    package var usage: TokenUsage
    /// A call that a span of another trace counts for.
    package var isToldElsewhere = false
    /// What analysis needs of the payload; nil where it says nothing of the sort.
    package var evidence: SpanEvidence?

    package init(_ row: SpanRow, usage: TokenUsage = TokenUsage(), evidence: SpanEvidence? = nil) {
        self.row = row
        self.usage = usage
        self.evidence = evidence
        session = 0
        provider = 0
        resource = 0
        scope = 0
        shape = 0
    }
}

/// A recorded stream of a span, as far as its trace is concerned.
package struct StreamRecord: Sendable {
    /// The span, counted in the order in which the records were added.
    package var span: Int
    package var timing: TimingQuality
    /// When the first chunk came, for spans that do not state it; nil where the times tell nothing.
    package var firstChunkNanos: Int64?

    package init(span: Int, timing: TimingQuality, firstChunkNanos: Int64? = nil) {
        self.span = span
        self.timing = timing
        self.firstChunkNanos = firstChunkNanos
    }
}

/// A finding that was made before, such as one about a stream, as far as a trace is counted and found by it.
package struct KnownFinding: Sendable {
    package var rule: String
    package var severity: FindingSeverity
    package var certainty: FindingCertainty
    /// The span that it is about, counted as the records were added; nil where it is about the trace.
    package var span: Int?

    package init(rule: String, severity: FindingSeverity, certainty: FindingCertainty, span: Int?) {
        self.rule = rule
        self.severity = severity
        self.certainty = certainty
        self.span = span
    }
}

import TraceDialect
package import TraceModel

/// A span together with the log records that belong to it, as the dialect reads them.
package struct JoinedSpan: Sendable {
    /// The span with its log records among its events.
    package var span: Span
    package var facts: SpanFacts
    /// What analysis needs of the payload; nil where it says nothing of the sort.
    package var evidence: SpanEvidence?

    package init(_ span: Span, logs: [SpanEvent]) {
        var joined = span
        joined.events += logs
        self.span = joined
        facts = Dialect.facts(of: joined)
        evidence = Dialect.evidence(of: joined, facts: facts)
    }
}

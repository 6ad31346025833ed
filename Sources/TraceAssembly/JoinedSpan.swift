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

    /// The text of one log record of a span for the index, without that of the span, which has its own.
    package static func text(of log: SpanEvent, in span: Span) -> String {
        var bearer = span
        bearer.name = ""
        bearer.attributes = []
        bearer.events = [log]
        bearer.links = []
        bearer.status = SpanStatus()
        return Dialect.searchText(of: bearer).text
    }
}

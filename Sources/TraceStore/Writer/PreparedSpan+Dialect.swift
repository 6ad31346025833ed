package import Redaction
import TraceDialect
package import TraceModel

extension PreparedSpan {
    /// Redacts a span and reads it with the dialect, so that nothing derived from it holds what was replaced.
    ///
    /// What the text index cannot hold is marked. Without a redactor the span is stored as it came.
    package init(_ span: Span, redactor: Redactor?) {
        var span = span
        span.admitNumbers()
        var redaction: SpanRedaction?
        if let redactor {
            var counts = RedactionCounts()
            redactor.redact(&span, &counts)
            redaction = SpanRedaction(policy: redactor.policyName, counts: counts)
        }
        let text = Dialect.searchText(of: span)
        if !text.isComplete { span.marks.insert(.oversized) }
        let facts = Dialect.facts(of: span)
        if facts.hasNumberOutOfRange { span.marks.insert(.outOfRange) }
        self.init(
            span: span, facts: facts, searchText: text.text, evidence: Dialect.evidence(of: span, facts: facts))
        self.redaction = redaction
    }
}

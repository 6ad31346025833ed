import TraceDialect
package import TraceModel

extension PreparedSpan {
    /// Reads a span with the dialect; what the text index cannot hold is marked.
    ///
    /// Nothing is replaced here: secrets are to be gone before, see `Preparation` in the room of the pipeline.
    package init(_ span: Span) {
        var span = Dialect.unfolded(span)
        span.admitNumbers()
        let text = Dialect.searchText(of: span)
        if !text.isComplete { span.marks.insert(.oversized) }
        let facts = Dialect.facts(of: span)
        span.marks.formUnion(facts.marks)
        self.init(
            span: span, facts: facts, searchText: text.text, evidence: Dialect.evidence(of: span, facts: facts))
    }
}

import TraceDialect
package import TraceModel

extension PreparedSpan {
    /// Reads a span with the dialect; what the text index cannot hold is marked.
    package init(_ span: Span) {
        var span = span
        let text = Dialect.searchText(of: span)
        if !text.isComplete { span.marks.insert(.oversized) }
        self.init(span: span, facts: Dialect.facts(of: span), searchText: text.text)
    }
}

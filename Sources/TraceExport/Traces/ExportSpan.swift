package import TraceModel

/// A span on its way out, redacted where the export redacts.
package struct ExportSpan: Sendable {
    /// Its place in the structure; names are resolved below.
    package var row: SpanRow
    /// The span with its own events only.
    package var span: Span
    package var logs: [SpanLogRecord]
    package var stream: WholeStream?
    /// Its sources, where several records tell of it.
    package var origins: [SpanOrigin] = []
    /// What the dialect reads out of the span and its log records; agent and identity as the tree decided.
    package var facts: SpanFacts
    /// What the span said and heard; empty where the writer asks for none.
    package var content: SpanContent

    package init(
        row: SpanRow, span: Span, logs: [SpanLogRecord], stream: WholeStream?, facts: SpanFacts, content: SpanContent
    ) {
        self.row = row
        self.span = span
        self.logs = logs
        self.stream = stream
        self.facts = facts
        self.content = content
    }
}

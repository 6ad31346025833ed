package import TraceModel

/// The vendor-neutral reading of spans, driven by one table of attribute names.
package enum Dialect {
    /// What the span is: kind, agent, models, tokens and the like.
    package static func facts(of span: Span) -> SpanFacts {
        SpanFacts()
    }

    /// What the span said and heard.
    ///
    /// It parses the payload, so it is called for the span in focus only.
    package static func content(of span: Span) -> SpanContent {
        SpanContent()
    }

    /// The text of a span that the text index holds, at most `limit` bytes of UTF-8.
    package static func searchText(of span: Span, limit: Int = 256 * 1024) -> (text: String, isComplete: Bool) {
        (span.name, true)
    }
}

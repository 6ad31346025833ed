package import TraceModel

extension Dialect {
    /// What the span said and heard.
    ///
    /// It parses the payload, so it is called for the span in focus only. Texts are as long as the source has them.
    package static func content(of span: Span) -> SpanContent {
        ContentReader(span, kind: facts(of: span).kind).content()
    }
}

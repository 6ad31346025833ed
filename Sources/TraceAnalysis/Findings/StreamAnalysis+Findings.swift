package import TraceModel

extension StreamAnalysis {
    /// What is wrong with a stream, given the span that owns it and the vendor-neutral reading of that span.
    ///
    /// Findings about time need a measured clock. At most one finding of each rule, in the order of `FindingRules.all`.
    package static func findings(
        figures: StreamFigures, chunks: StreamChunks, info: StreamInfo, span: Span, facts: SpanFacts,
        settings: StreamSettings = StreamSettings()
    ) -> [Finding] {
        StreamJudge(
            figures: figures, chunks: chunks, info: info, span: span, facts: facts, settings: settings
        ).findings
    }
}

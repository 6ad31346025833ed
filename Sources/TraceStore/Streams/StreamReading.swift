import TraceAnalysis
import TraceModel

/// What the analysis makes of a stream, in the one place that knows its version.
enum StreamReading {
    /// Changes when figures of the same chunks change.
    static let version = 2

    static func figures(_ chunks: StreamChunks, _ info: StreamInfo) -> StreamFigures {
        StreamAnalysis.figures(of: chunks, info: info)
    }

    static func findings(
        _ figures: StreamFigures, _ chunks: StreamChunks, _ info: StreamInfo, span: Span, facts: SpanFacts
    ) -> [Finding] {
        StreamAnalysis.findings(figures: figures, chunks: chunks, info: info, span: span, facts: facts)
    }
}

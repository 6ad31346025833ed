import TraceAnalysis
import TraceModel

/// The narrow row of a span on its way into the database.
struct SpanRecord {
    var key: Int64
    var ordinal: Int64
    /// What the summary knows too.
    var structure: TraceSummarizer.Span
    var firstChunk: Int64?
    var tokens: TokenUsage
    var otelKind: OTelSpanKind
    var digest: Int64

    /// End minus start, in nanoseconds; nil where one of them is absent.
    var duration: Int64? {
        guard let start = structure.startUnixNano, let end = structure.endUnixNano else { return nil }
        let (duration, overflow) = end.subtractingReportingOverflow(start)
        return overflow ? nil : duration
    }
}

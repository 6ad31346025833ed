/// How much of a trace a report shows; what is beyond is counted, never dropped without a word.
struct ReportLimits {
    /// Spans drawn in the waterfall of a trace.
    var waterfallRows = 400
    /// Spans of a trace whose content is shown.
    var entries = 1000
    /// Streams of a trace that are shown.
    var streams = 200
    /// Findings, agent runs and steps of a trace, each.
    var listed = 500
    /// Bytes of one text.
    var textBytes = 100_000
    /// Bytes and lines of a text that stands open; longer ones are folded where the format can fold.
    var openBytes = 2000
    var openLines = 24
    /// Bytes of written content of a trace, of entries and of streams each.
    var contentBytes = 16_000_000
    /// Messages and pieces of one span.
    var blocks = 400
}

package import TraceModel

/// Spans, log records and streams of many traces, as an import would decode them.
package struct DemoData: Equatable, Sendable {
    package var spans: [Span] = []
    package var logs: [SpanLogRecord] = []
    package var streams: [RecordedStream] = []

    init(_ recorders: [Recorder]) {
        for recorder in recorders {
            spans += recorder.spans.map(DemoData.marked)
            logs += recorder.logs
            streams += recorder.streams
        }
    }

    /// The span with the marks that a decoder would give it.
    private static func marked(_ span: Span) -> Span {
        var span = span
        guard let end = span.endUnixNano else {
            span.marks.insert(.unfinished)
            return span
        }
        if let start = span.startUnixNano, end < start { span.marks.insert(.endBeforeStart) }
        return span
    }
}

package import TraceModel

/// Spans and log records of many traces, as an import would decode them.
package struct DemoData: Equatable, Sendable {
    package var spans: [Span] = []
    package var logs: [SpanLogRecord] = []

    init(_ recorders: [Recorder]) {
        for recorder in recorders {
            spans += recorder.spans.map(DemoData.marked)
            logs += recorder.logs
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

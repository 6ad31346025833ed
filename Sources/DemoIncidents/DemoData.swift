package import TraceModel

/// Spans and log records of many traces, as an import would decode them.
package struct DemoData: Equatable, Sendable {
    package var spans: [Span] = []
    package var logs: [SpanLogRecord] = []

    init(_ recorders: [Recorder]) {
        for recorder in recorders {
            spans += recorder.spans
            logs += recorder.logs
        }
    }
}

/// A log record that belongs to a span: much GenAI content arrives only so.
public struct SpanLogRecord: Equatable, Sendable {
    public var traceID: TraceID
    public var spanID: SpanID
    /// The record as an event of origin `log`.
    public var event: SpanEvent
    public var resource: Resource
    public var scope: InstrumentationScope

    public init(
        traceID: TraceID, spanID: SpanID, event: SpanEvent, resource: Resource, scope: InstrumentationScope
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.event = event
        self.resource = resource
        self.scope = scope
        self.event.admitNumbers()
    }
}

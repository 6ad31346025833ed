import TraceModel

extension Span {
    /// A span of one second with these attributes.
    static func fixture(
        _ name: String = "span", _ attributes: [Attribute] = [], events: [SpanEvent] = [], scope: String = "",
        status: SpanStatus = SpanStatus(), end: Int64? = 2_000_000_000
    ) -> Span {
        Span(
            traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), name: name, startUnixNano: 1_000_000_000,
            endUnixNano: end, status: status, attributes: attributes, events: events,
            scope: InstrumentationScope(name: scope))
    }
}

extension Attribute {
    static func text(_ key: String, _ text: String) -> Attribute { Attribute(key, .string(text)) }
    static func int(_ key: String, _ value: Int64) -> Attribute { Attribute(key, .int(value)) }
    static func double(_ key: String, _ value: Double) -> Attribute { Attribute(key, .double(value)) }
}

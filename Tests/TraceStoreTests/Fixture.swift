import TraceModel

@testable import TraceStore

/// Spans made in code.
enum Fixture {
    /// A span of trace 7, a root unless a parent is given.
    static func span(
        _ id: UInt64, parent: UInt64? = nil, trace: UInt64 = 7, name: String = "step", start: Int64? = nil,
        duration: Int64 = 1_000, attributes: [Attribute] = []
    ) -> Span {
        let start = start ?? Int64(id) * 10
        return Span(
            traceID: TraceID(high: 0xABCD, low: trace), spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) },
            name: name, startUnixNano: start, endUnixNano: start + duration, attributes: attributes,
            resource: Resource(attributes: [Attribute("service.name", .string("shop"))]),
            scope: InstrumentationScope(name: "fixture", version: "1"))
    }

    /// The span with a reading that needs no dialect: attributes `kind`, `agent`, `in` and `out` say what it is.
    static func prepare(_ span: Span) -> PreparedSpan {
        var facts = SpanFacts()
        if let kind = span.attributes.value(of: "kind")?.stringValue.flatMap(SpanKind.init(name:)) { facts.kind = kind }
        if let agent = span.attributes.value(of: "agent")?.stringValue {
            facts.agentName = agent
            facts.agentSource = .declared
        }
        facts.tokens.input = span.attributes.value(of: "in")?.intValue
        facts.tokens.output = span.attributes.value(of: "out")?.intValue
        facts.modelRequested = span.attributes.value(of: "model")?.stringValue
        facts.toolName = span.attributes.value(of: "tool")?.stringValue
        facts.session = span.attributes.value(of: "session")?.stringValue
        facts.isError = span.status.code == .error
        let text = [span.name] + span.attributes.compactMap { $0.value.stringValue }
        return PreparedSpan(span: span, facts: facts, searchText: text.joined(separator: "\n"))
    }
}

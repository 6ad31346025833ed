import TraceDialect
import TraceModel

@testable import TraceAssembly

/// Gathers spans made in code, as a store or a live view does, without a file.
struct RecordsBuilder {
    static let trace = TraceID(high: 0xAB, low: 0xCD)
    var records = TraceRecords(RecordsBuilder.trace)

    /// A span of the trace, a root unless a parent is given, that lasts a second.
    static func span(
        _ id: UInt64, parent: UInt64? = nil, name: String = "step", start: Int64? = nil,
        _ attributes: KeyValuePairs<String, String> = [:]
    ) -> Span {
        let start = start ?? Int64(id) * 1_000
        return Span(
            traceID: trace, spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) }, name: name,
            startUnixNano: start, endUnixNano: start + 1_000_000_000,
            attributes: attributes.map { Attribute($0.key, .string($0.value)) },
            resource: Resource(attributes: [Attribute("service.name", .string("shop"))]))
    }

    /// A model call, with what it states of its usage.
    static func call(
        _ id: UInt64, parent: UInt64? = nil, model: String = "m-1", input: Int64? = nil, output: Int64? = nil,
        cacheRead: Int64? = nil
    ) -> Span {
        var span = span(
            id, parent: parent, name: "chat",
            ["gen_ai.operation.name": "chat", "gen_ai.provider.name": "acme", "gen_ai.request.model": model])
        for (key, value) in [
            ("gen_ai.usage.input_tokens", input), ("gen_ai.usage.output_tokens", output),
            ("gen_ai.usage.cache_read.input_tokens", cacheRead),
        ] {
            if let value { span.attributes.append(Attribute(key, .int(value))) }
        }
        return span
    }

    mutating func add(_ span: Span, logs: [SpanEvent] = []) {
        let reading = JoinedSpan(span, logs: logs)
        let facts = reading.facts
        var row = SpanRow(
            arrival: Int32(records.count), spanID: span.spanID, parentSpanID: span.parentSpanID,
            name: records.names.intern(span.name))
        row.service = records.names.intern(span.resource.serviceName)
        row.agent = records.names.intern(facts.agentName)
        row.agentInstance = records.names.intern(facts.agentInstance)
        row.agentSource = facts.agentSource
        row.modelRequested = records.names.intern(facts.modelRequested)
        row.modelResolved = records.names.intern(facts.modelResolved)
        row.tool = records.names.intern(facts.toolName)
        row.kind = facts.kind
        row.status = span.status.code
        row.isError = facts.isError
        row.marks = span.marks
        row.startUnixNano = span.startUnixNano
        row.endUnixNano = span.endUnixNano
        row.timeToFirstChunkNanos = facts.timeToFirstChunkNanos
        row.tokensInput = facts.tokens.input
        row.tokensOutput = facts.tokens.output
        row.clock = records.clock(named: Dialect.clockName(of: span.resource))
        var record = SpanRecord(row, usage: facts.tokens, evidence: reading.evidence)
        record.session = records.names.intern(facts.session)
        record.provider = records.names.intern(facts.provider)
        record.scope = span.scope.name.isEmpty ? 0 : records.names.intern(span.scope.name)
        records.add(record)
    }

    static func assemble(_ spans: [Span]) -> AssembledTrace {
        var builder = RecordsBuilder()
        for span in spans { builder.add(span) }
        return TraceAssembler.assemble(builder.records)
    }
}

package import FastJSON
import Tables
package import TraceModel
import TraceQuery

extension JSONWriter {
    /// Writes rows as a list of objects with all columns in their order.
    mutating func rows<Row>(_ rows: [Row], _ columns: [Column<Row>]) {
        list(rows) { json, row in
            json.object { json in
                for column in columns {
                    json.key(column.name)
                    column.cell(row).write(to: &json)
                }
            }
        }
    }

    mutating func event(_ event: SpanEvent) {
        beginObject()
        member("time_unix_nano", event.timeUnixNano)
        member("name", event.name)
        member("origin", event.origin.rawValue)
        member("attributes", event.attributes)
        key("body")
        attributeValue(event.body)
        member("severity_number", event.severityNumber)
        member("dropped_attributes_count", event.droppedAttributesCount)
        endObject()
    }

    mutating func link(_ link: SpanLink) {
        beginObject()
        member("trace_id", link.traceID.hex)
        member("span_id", link.spanID.hex)
        member("trace_state", stated: link.traceState)
        member("flags", link.flags)
        member("attributes", link.attributes)
        member("dropped_attributes_count", link.droppedAttributesCount)
        endObject()
    }

    mutating func resource(_ resource: Resource) {
        beginObject()
        member("attributes", resource.attributes)
        member("schema_url", stated: resource.schemaURL)
        member("dropped_attributes_count", resource.droppedAttributesCount)
        endObject()
    }

    mutating func scope(_ scope: InstrumentationScope) {
        beginObject()
        member("name", stated: scope.name)
        member("version", stated: scope.version)
        member("attributes", scope.attributes)
        member("schema_url", stated: scope.schemaURL)
        member("dropped_attributes_count", scope.droppedAttributesCount)
        endObject()
    }

    mutating func tool(_ facts: SpanFacts, _ content: SpanContent) {
        beginObject()
        member("name", facts.toolName)
        member("call_id", facts.toolCallID)
        member("arguments", content.toolArguments)
        member("result", content.toolResult)
        endObject()
    }

    mutating func contentSource(_ source: ContentSource) {
        beginObject()
        member("part", source.part.rawValue)
        member("origin", source.origin.rawValue)
        member("span_id", source.span?.span.hex)
        endObject()
    }

    mutating func context(_ context: MessageContext) {
        beginObject()
        member("messages", context.messages)
        member("new_from", context.newFrom)
        member("dropped", context.dropped)
        member("previous_span_id", context.previous?.span.hex)
        member("system_hash", context.systemHash.map { SpanID($0).hex })
        member("tools_hash", context.toolsHash.map { SpanID($0).hex })
        member("system_bytes", context.systemBytes)
        member("tools_bytes", context.toolsBytes)
        member("history_bytes", context.historyBytes)
        endObject()
    }

    mutating func finding(_ finding: Finding) {
        beginObject()
        member("rule", finding.rule)
        member("severity", finding.severity.name)
        member("certainty", finding.certainty.name)
        member("message", finding.message)
        key("evidence")
        evidence(finding.evidence)
        endObject()
    }

    mutating func evidence(_ evidence: [FindingEvidence]) {
        list(evidence) { json, evidence in
            json.value([
                "span_id": JSONValue(evidence.spanID?.hex), "label": .string(evidence.label),
                "value": .string(evidence.value),
            ])
        }
    }

    mutating func stream(_ stream: StreamBrief) {
        beginObject()
        member("chunks", stream.figures.chunkCount)
        member("timing_quality", stream.info.timing.name)
        member("clock", stream.info.clock)
        member("source", stream.info.source)
        member("wire_protocol", stream.info.wireProtocol)
        member("duration_ns", stream.figures.durationNanos ?? stream.info.durationNanos)
        member("time_to_first_chunk_ns", stream.figures.timeToFirstChunkNanos)
        member("end_cause", stream.info.endCause.name)
        member("finish_reason", stream.info.finishReason)
        member("tokens_billed", stream.info.tokensBilled)
        member("tokens_delivered", stream.info.tokensDelivered)
        member("stalls", stream.figures.stalls.count)
        member("loops", stream.figures.loops.count)
        endObject()
    }

    /// Writes a member; an empty text, OTLP's word for absence, becomes null.
    private mutating func member(_ name: String, stated text: String) {
        member(name, text.isEmpty ? nil : text)
    }

    private mutating func member(_ name: String, _ attributes: [Attribute]) {
        key(name)
        attributeValue(.map(attributes))
    }
}

// MARK: Messages

/// The kinds of message parts in the JSON forms, for the documentation.
package enum MessagePartForms {
    package static let all: [(type: String, fields: String)] = [
        ("text", "content"),
        ("reasoning", "content"),
        ("tool_call", "id, name, arguments (JSON text, or what the model wrote instead)"),
        ("tool_call_response", "id, response (text)"),
        ("media", "modality, mime_type, reference"),
        ("other", "part_type, json (the part as JSON text)"),
        ("redacted", "nothing: the producer withheld the content"),
    ]
}

extension JSONWriter {
    /// Writes a message with its parts.
    package mutating func message(_ message: Message) {
        beginObject()
        member("role", message.role)
        member("name", message.name)
        member("finish_reason", message.finishReason)
        list("parts", message.parts) { $0.part($1) }
        endObject()
    }

    private mutating func part(_ part: MessagePart) {
        func members(_ type: String, _ members: KeyValuePairs<String, String?>) {
            beginObject()
            member("type", type)
            for (name, value) in members { member(name, value) }
            endObject()
        }
        switch part {
        case .text(let text): members("text", ["content": text])
        case .reasoning(let text): members("reasoning", ["content": text])
        case .toolCall(let id, let name, let arguments):
            members("tool_call", ["id": id, "name": name, "arguments": arguments])
        case .toolResult(let id, let result): members("tool_call_response", ["id": id, "response": result])
        case .media(let modality, let mimeType, let reference):
            members("media", ["modality": modality, "mime_type": mimeType, "reference": reference])
        case .other(let type, let json): members("other", ["part_type": type, "json": json])
        case .redacted: members("redacted", [:])
        }
    }
}

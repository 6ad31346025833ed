import FastJSON
import TraceModel

extension JSONWriter {
    /// Writes a list of values.
    mutating func list<Value>(_ values: [Value], _ write: (inout JSONWriter, Value) -> Void) {
        beginArray()
        for value in values { write(&self, value) }
        endArray()
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

    mutating func message(_ message: Message) {
        beginObject()
        member("role", message.role)
        member("name", message.name)
        member("finish_reason", message.finishReason)
        key("parts")
        list(message.parts) { $0.part($1) }
        endObject()
    }

    private mutating func part(_ part: MessagePart) {
        beginObject()
        switch part {
        case .text(let text):
            member("type", "text")
            member("content", text)
        case .reasoning(let text):
            member("type", "reasoning")
            member("content", text)
        case .toolCall(let id, let name, let arguments):
            member("type", "tool_call")
            member("id", id)
            member("name", name)
            member("arguments", arguments)
        case .toolResult(let id, let result):
            member("type", "tool_call_response")
            member("id", id)
            member("response", result)
        case .media(let modality, let mimeType, let reference):
            member("type", "media")
            member("modality", modality)
            member("mime_type", mimeType)
            member("reference", reference)
        case .other(let type, let json):
            member("type", "other")
            member("part_type", type)
            member("json", json)
        case .redacted: member("type", "redacted")
        }
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

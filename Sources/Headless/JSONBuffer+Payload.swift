import TraceModel

extension JSONBuffer {
    /// Writes a list of values.
    mutating func list<Value>(_ values: [Value], _ write: (inout JSONBuffer, Value) -> Void) {
        beginArray()
        for value in values { write(&self, value) }
        endArray()
    }

    /// Writes a member of an object; an empty text, OTLP's word for absence, becomes null.
    private mutating func member(_ name: String, stated text: String?) {
        key(name)
        value(text.flatMap { $0.isEmpty ? nil : $0 })
    }

    private mutating func member(_ name: String, _ number: Int?) {
        key(name)
        value(number.map(Int64.init))
    }

    private mutating func member(_ name: String, _ text: String?) {
        key(name)
        value(text)
    }

    private mutating func member(_ name: String, _ attributes: [Attribute]) {
        key(name)
        value(attributes)
    }

    mutating func event(_ event: SpanEvent) {
        beginObject()
        key("time_unix_nano")
        value(event.timeUnixNano)
        member("name", event.name)
        member("origin", event.origin.rawValue)
        member("attributes", event.attributes)
        key("body")
        value(event.body)
        member("severity_number", event.severityNumber)
        member("dropped_attributes_count", event.droppedAttributesCount)
        endObject()
    }

    mutating func link(_ link: SpanLink) {
        beginObject()
        member("trace_id", link.traceID.hex)
        member("span_id", link.spanID.hex)
        member("trace_state", stated: link.traceState)
        member("flags", link.flags.map(Int.init))
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
        key("type")
        switch part {
        case .text(let text):
            value("text")
            member("content", text)
        case .reasoning(let text):
            value("reasoning")
            member("content", text)
        case .toolCall(let id, let name, let arguments):
            value("tool_call")
            member("id", id)
            member("name", name)
            member("arguments", arguments)
        case .toolResult(let id, let result):
            value("tool_call_response")
            member("id", id)
            member("response", result)
        case .media(let modality, let mimeType, let reference):
            value("media")
            member("modality", modality)
            member("mime_type", mimeType)
            member("reference", reference)
        case .other(let type, let json):
            value("other")
            member("part_type", type)
            member("json", json)
        case .redacted: value("redacted")
        }
        endObject()
    }
}

import FastJSON
import TraceExport
import TraceModel

extension JSONWriter {
    /// Writes a list of values.
    mutating func list<Values: Sequence>(_ values: Values, _ write: (inout JSONWriter, Values.Element) -> Void) {
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

    /// Writes a member; an empty text, OTLP's word for absence, becomes null.
    private mutating func member(_ name: String, stated text: String) {
        member(name, text.isEmpty ? nil : text)
    }

    private mutating func member(_ name: String, _ attributes: [Attribute]) {
        key(name)
        attributeValue(.map(attributes))
    }
}

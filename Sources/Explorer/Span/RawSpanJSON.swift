import FastJSON
import TraceModel

/// A whole span as OTLP/JSON, with its resource and scope, and its log records beside it.
struct RawSpanJSON {
    private var writer = JSONWriter(escapesInvisible: false)

    /// The JSON text.
    static func text(of span: Span) -> String {
        var json = RawSpanJSON()
        json.write(span)
        return json.writer.text
    }

    private mutating func write(_ span: Span) {
        object { json in
            json.object("resource") {
                $0.attributes(span.resource.attributes)
                $0.count("droppedAttributesCount", span.resource.droppedAttributesCount)
            }
            json.text("schemaUrl", span.resource.schemaURL)
            json.object("scope") {
                $0.text("name", span.scope.name)
                $0.text("version", span.scope.version)
                if !span.scope.attributes.isEmpty { $0.attributes(span.scope.attributes) }
                $0.count("droppedAttributesCount", span.scope.droppedAttributesCount)
                $0.text("schemaUrl", span.scope.schemaURL)
            }
            json.object("span") { $0.fields(of: span) }
            json.list("logRecords", span.events.filter { $0.origin == .log }) { $0.record($1) }
        }
    }

    private mutating func fields(of span: Span) {
        text("traceId", span.traceID.hex)
        text("spanId", span.spanID.hex)
        text("parentSpanId", span.parentSpanID?.hex ?? "")
        text("traceState", span.traceState)
        if let flags = span.flags { writer.member("flags", flags) }
        text("name", span.name)
        writer.member("kind", span.otelKind.rawValue)
        time("startTimeUnixNano", span.startUnixNano)
        time("endTimeUnixNano", span.endUnixNano)
        attributes(span.attributes)
        count("droppedAttributesCount", span.droppedAttributesCount)
        list("events", span.events.filter { $0.origin == .span }) { $0.event($1) }
        count("droppedEventsCount", span.droppedEventsCount)
        list("links", span.links) { $0.link($1) }
        count("droppedLinksCount", span.droppedLinksCount)
        object("status") {
            $0.text("message", span.status.message)
            $0.count("code", span.status.code.rawValue)
        }
    }

    private mutating func event(_ event: SpanEvent) {
        time("timeUnixNano", event.timeUnixNano)
        text("name", event.name)
        attributes(event.attributes)
        count("droppedAttributesCount", event.droppedAttributesCount)
    }

    private mutating func record(_ event: SpanEvent) {
        time("timeUnixNano", event.timeUnixNano)
        if let severity = event.severityNumber { writer.member("severityNumber", severity) }
        text("eventName", event.name)
        if let body = event.body {
            writer.key("body")
            AttributeJSON.write(body, .otlp, to: &writer)
        }
        attributes(event.attributes)
        count("droppedAttributesCount", event.droppedAttributesCount)
    }

    private mutating func link(_ link: SpanLink) {
        text("traceId", link.traceID.hex)
        text("spanId", link.spanID.hex)
        text("traceState", link.traceState)
        if let flags = link.flags { writer.member("flags", flags) }
        attributes(link.attributes)
        count("droppedAttributesCount", link.droppedAttributesCount)
    }

    // MARK: Members

    private mutating func object(_ name: String? = nil, _ fields: (inout RawSpanJSON) -> Void) {
        if let name { writer.key(name) }
        writer.beginObject()
        fields(&self)
        writer.endObject()
    }

    /// A text member; OTLP leaves empty texts out.
    private mutating func text(_ name: String, _ value: String) {
        if !value.isEmpty { writer.member(name, value) }
    }

    /// A number member, left out at 0.
    private mutating func count(_ name: String, _ value: Int) {
        if value != 0 { writer.member(name, value) }
    }

    /// A time member, 64-bit numbers being texts in OTLP/JSON.
    private mutating func time(_ name: String, _ value: Int64?) {
        if let value { writer.member(name, String(value)) }
    }

    private mutating func attributes(_ attributes: [Attribute]) {
        writer.key("attributes")
        AttributeJSON.writeOTLP(attributes, to: &writer)
    }

    /// An array of objects, left out when empty.
    private mutating func list<Element>(
        _ name: String, _ elements: [Element], _ fields: (inout RawSpanJSON, Element) -> Void
    ) {
        if elements.isEmpty { return }
        writer.key(name)
        writer.beginArray()
        for element in elements { object { fields(&$0, element) } }
        writer.endArray()
    }
}

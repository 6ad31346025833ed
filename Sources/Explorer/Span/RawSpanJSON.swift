import TraceModel

/// A whole span as OTLP/JSON, with its resource and scope, and its log records beside it.
struct RawSpanJSON {
    private var bytes: [UInt8] = []
    /// A member stands before the next one.
    private var needsComma = false

    /// The JSON text.
    static func text(of span: Span) -> String {
        var json = RawSpanJSON()
        json.append(span)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private mutating func append(_ span: Span) {
        object {
            $0.key("resource")
            $0.object {
                $0.attributes(span.resource.attributes)
                $0.count("droppedAttributesCount", span.resource.droppedAttributesCount)
            }
            $0.text("schemaUrl", span.resource.schemaURL)
            $0.key("scope")
            $0.object {
                $0.text("name", span.scope.name)
                $0.text("version", span.scope.version)
                if !span.scope.attributes.isEmpty { $0.attributes(span.scope.attributes) }
                $0.count("droppedAttributesCount", span.scope.droppedAttributesCount)
                $0.text("schemaUrl", span.scope.schemaURL)
            }
            $0.key("span")
            $0.object { $0.fields(of: span) }
            let records = span.events.filter { $0.origin == .log }
            if !records.isEmpty { $0.list("logRecords", records) { $0.record($1) } }
        }
    }

    private mutating func fields(of span: Span) {
        text("traceId", span.traceID.hex)
        text("spanId", span.spanID.hex)
        text("parentSpanId", span.parentSpanID?.hex ?? "")
        text("traceState", span.traceState)
        if let flags = span.flags { number("flags", Int64(flags)) }
        text("name", span.name)
        number("kind", Int64(span.otelKind.rawValue))
        time("startTimeUnixNano", span.startUnixNano)
        time("endTimeUnixNano", span.endUnixNano)
        attributes(span.attributes)
        count("droppedAttributesCount", span.droppedAttributesCount)
        let events = span.events.filter { $0.origin == .span }
        if !events.isEmpty { list("events", events) { $0.event($1) } }
        count("droppedEventsCount", span.droppedEventsCount)
        if !span.links.isEmpty { list("links", span.links) { $0.link($1) } }
        count("droppedLinksCount", span.droppedLinksCount)
        key("status")
        object {
            $0.text("message", span.status.message)
            if span.status.code != .unset { $0.number("code", Int64(span.status.code.rawValue)) }
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
        if let severity = event.severityNumber { number("severityNumber", Int64(severity)) }
        text("eventName", event.name)
        if let body = event.body {
            key("body")
            AttributeJSON.append(body, .otlp, to: &bytes)
        }
        attributes(event.attributes)
        count("droppedAttributesCount", event.droppedAttributesCount)
    }

    private mutating func link(_ link: SpanLink) {
        text("traceId", link.traceID.hex)
        text("spanId", link.spanID.hex)
        text("traceState", link.traceState)
        if let flags = link.flags { number("flags", Int64(flags)) }
        attributes(link.attributes)
        count("droppedAttributesCount", link.droppedAttributesCount)
    }

    // MARK: Members

    private mutating func object(_ fields: (inout RawSpanJSON) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        fields(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    private mutating func key(_ key: String) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        JSONEscapes.append(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        needsComma = true
    }

    /// A text member; OTLP leaves empty texts out.
    private mutating func text(_ name: String, _ value: String) {
        if value.isEmpty { return }
        key(name)
        JSONEscapes.append(value, to: &bytes)
    }

    private mutating func number(_ name: String, _ value: Int64) {
        key(name)
        bytes.append(contentsOf: "\(value)".utf8)
    }

    /// A count member, left out at 0.
    private mutating func count(_ name: String, _ value: Int) {
        if value != 0 { number(name, Int64(value)) }
    }

    /// A time member, 64-bit numbers being texts in OTLP/JSON.
    private mutating func time(_ name: String, _ value: Int64?) {
        if let value { text(name, "\(value)") }
    }

    private mutating func attributes(_ attributes: [Attribute]) {
        key("attributes")
        AttributeJSON.appendOTLP(attributes, to: &bytes)
    }

    private mutating func list<Element>(
        _ name: String, _ elements: [Element], _ fields: (inout RawSpanJSON, Element) -> Void
    ) {
        key(name)
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            object { fields(&$0, element) }
        }
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }
}

import FastJSON
import TraceModel

extension JSONRecordReader {
    /// Reads a span whose opening brace was just pulled, without resource and scope; nil where `fault` tells why.
    mutating func readSpan(hint: inout Int) throws(JSONError) -> Span? {
        fault = nil
        refused = []
        unreadable = UnreadableValues()
        isLenient = true
        defer { isLenient = false }
        var span = Span(
            traceID: TraceID(high: 0, low: 0), spanID: SpanID(0), name: "", startUnixNano: nil, endUnixNano: nil
        )
        var hasUnknownEnum = false
        var hasRefusedEvent = false
        while try tokenizer.next() == .key {
            switch field(in: SpanField.table, hint: &hint) {
            case .traceID: if let id = try readTraceID("traceId") { span.traceID = id }
            case .spanID: if let id = try readSpanID("spanId") { span.spanID = id }
            case .traceState: span.traceState = try readText("traceState")
            case .parentSpanID:
                span.parentSpanID = try tolerant { reader throws(JSONError) in
                    try reader.readSpanID("parentSpanId", allowsZero: true)
                }
            case .flags: span.flags = try readFlags("flags")
            case .name: span.name = try readRepeatedText("name")
            case .kind:
                if let kind = try readEnum("kind", .spanKinds) {
                    span.otelKind = kind
                } else {
                    hasUnknownEnum = true
                }
            case .start: span.startUnixNano = try readTime("startTimeUnixNano")
            case .end: span.endUnixNano = try readTime("endTimeUnixNano")
            case .attributes: span.attributes = try readAttributes("attributes")
            case .droppedAttributes: span.droppedAttributesCount = try readCount("droppedAttributesCount")
            case .events:
                let before = refused
                refused = []
                span.events = try readEvents(hasRefused: &hasRefusedEvent)
                refused = before
            case .droppedEvents: span.droppedEventsCount = try readCount("droppedEventsCount")
            case .links: span.links = try readLinks()
            case .droppedLinks: span.droppedLinksCount = try readCount("droppedLinksCount")
            case .status: if !(try readStatus(into: &span.status)) { hasUnknownEnum = true }
            case nil: try tokenizer.skipValue()
            }
        }
        if fault == nil && !span.traceID.isValid { note("the span has no traceId") }
        if fault == nil && !span.spanID.isValid { note("the span has no spanId") }
        guard fault == nil else { return nil }
        span.marks = span.ownMarks
        if hasUnknownEnum { span.marks.insert(.unknownEnum) }
        span.attributes += refused
        if !refused.isEmpty || hasRefusedEvent { span.marks.insert(.outOfRange) }
        span.note(unreadable)
        return span
    }

    /// Reads an id without which the span is still one: a bad one is absent.
    private mutating func tolerant<ID>(
        _ read: (inout JSONRecordReader) throws(JSONError) -> ID?
    ) throws(JSONError) -> ID? {
        let before = fault
        let id = try read(&self)
        if let fault, before == nil {
            unreadable.add(fault.reason)
            self.fault = nil
        }
        return id
    }

    /// Reads a `Status`; false where its code is unknown.
    private mutating func readStatus(into status: inout SpanStatus) throws(JSONError) -> Bool {
        let token = try tokenizer.next()
        guard token == .beginObject else {
            if token != .null { try wrongType(token, "status", "an object") }
            return true
        }
        var isKnown = true
        var hint = 0
        while try tokenizer.next() == .key {
            switch field(in: StatusField.table, hint: &hint) {
            case .code:
                if let code = try readEnum("status.code", .statusCodes) {
                    status.code = code
                } else {
                    isKnown = false
                }
            case .message: status.message = try readText("status.message")
            case nil: try tokenizer.skipValue()
            }
        }
        return isKnown
    }

    private mutating func readEvents(hasRefused: inout Bool) throws(JSONError) -> [SpanEvent] {
        var events: [SpanEvent] = []
        guard try enterArray("events") else { return events }
        var hint = 0
        while try nextObject("an event") {
            var event = SpanEvent(timeUnixNano: nil, name: "")
            while try tokenizer.next() == .key {
                switch field(in: EventField.table, hint: &hint) {
                case .time: event.timeUnixNano = try readTime("timeUnixNano")
                case .name: event.name = try readRepeatedText("name of an event")
                case .attributes: event.attributes = try readAttributes("attributes of an event")
                case .droppedAttributes: event.droppedAttributesCount = try readCount("droppedAttributesCount")
                case nil: try tokenizer.skipValue()
                }
            }
            if !refused.isEmpty {
                event.attributes += refused
                refused = []
                hasRefused = true
            }
            events.append(event)
        }
        return events
    }

    private mutating func readLinks() throws(JSONError) -> [SpanLink] {
        var links: [SpanLink] = []
        guard try enterArray("links") else { return links }
        var hint = 0
        while try nextObject("a link") {
            var traceID: TraceID?
            var spanID: SpanID?
            var link = SpanLink(traceID: TraceID(high: 0, low: 0), spanID: SpanID(0))
            while try tokenizer.next() == .key {
                switch field(in: LinkField.table, hint: &hint) {
                case .traceID:
                    traceID = try tolerant { reader throws(JSONError) in try reader.readTraceID("traceId of a link") }
                case .spanID:
                    spanID = try tolerant { reader throws(JSONError) in try reader.readSpanID("spanId of a link") }
                case .traceState: link.traceState = try readText("traceState of a link")
                case .flags: link.flags = try readFlags("flags of a link")
                case .attributes: link.attributes = try readAttributes("attributes of a link")
                case .droppedAttributes: link.droppedAttributesCount = try readCount("droppedAttributesCount")
                case nil: try tokenizer.skipValue()
                }
            }
            if traceID == nil || spanID == nil { unreadable.add("a link names no span") }
            if let traceID, let spanID {
                link.traceID = traceID
                link.spanID = spanID
                links.append(link)
            }
        }
        return links
    }
}

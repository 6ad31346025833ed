import TraceModel

/// What OTLP could not say of the records so far.
struct OTLPLosses: Equatable {
    /// Times at or before the epoch: OTLP's are unsigned, and its 0 is absence.
    var times = 0
    /// Links without a trace or a span.
    var links = 0
    /// Spans whose source had a kind or status code that OTLP does not know.
    var enums = 0
}

extension OTLPBytes {
    /// The name that decoders give to records without one.
    private static let namelessLog = "log"

    mutating func span(_ span: Span, _ losses: inout OTLPLosses) {
        append("{\"traceId\":")
        id(span.traceID)
        append(",\"spanId\":")
        id(span.spanID)
        text("\"traceState\":", span.traceState)
        if let parent = span.parentSpanID, parent.isValid {
            append(",\"parentSpanId\":")
            id(parent)
        }
        flags(span.flags)
        text("\"name\":", span.name)
        if span.otelKind != .unspecified {
            append(",\"kind\":")
            int(Int64(span.otelKind.rawValue))
        }
        time("\"startTimeUnixNano\":", span.startUnixNano, &losses)
        time("\"endTimeUnixNano\":", span.endUnixNano, &losses)
        attributes(span.attributes, dropped: span.droppedAttributesCount)
        events(span.events, &losses)
        count("\"droppedEventsCount\":", span.droppedEventsCount)
        links(span.links, &losses)
        count("\"droppedLinksCount\":", span.droppedLinksCount)
        if span.status != SpanStatus() {
            append(",\"status\":{")
            if span.status.code != .unset {
                append("\"code\":")
                int(Int64(span.status.code.rawValue))
            }
            text("\"message\":", span.status.message)
            append("}")
        }
        append("}")
        if span.marks.contains(.unknownEnum) { losses.enums += 1 }
    }

    private mutating func events(_ events: [SpanEvent], _ losses: inout OTLPLosses) {
        guard !events.isEmpty else { return }
        key("\"events\":[")
        for event in events {
            element()
            append("{")
            time("\"timeUnixNano\":", event.timeUnixNano, &losses)
            text("\"name\":", event.name)
            attributes(event.attributes, dropped: event.droppedAttributesCount)
            append("}")
        }
        append("]")
    }

    private mutating func links(_ links: [SpanLink], _ losses: inout OTLPLosses) {
        guard !links.isEmpty else { return }
        key("\"links\":[")
        for link in links {
            // Readers refuse a whole span for a link that leads nowhere.
            guard link.traceID.isValid, link.spanID.isValid else {
                losses.links += 1
                continue
            }
            element()
            append("{\"traceId\":")
            id(link.traceID)
            append(",\"spanId\":")
            id(link.spanID)
            text("\"traceState\":", link.traceState)
            attributes(link.attributes, dropped: link.droppedAttributesCount)
            flags(link.flags)
            append("}")
        }
        append("]")
    }

    mutating func log(_ log: SpanLogRecord, _ losses: inout OTLPLosses) {
        append("{")
        time("\"timeUnixNano\":", log.event.timeUnixNano, &losses)
        count("\"severityNumber\":", log.event.severityNumber ?? 0)
        if let body = log.event.body {
            key("\"body\":")
            value(body)
        }
        attributes(log.event.attributes, dropped: log.event.droppedAttributesCount)
        reference(log.traceID, log.spanID)
        if !isNameless(log.event) {
            key("\"eventName\":")
            string(log.event.name)
        }
        append("}")
    }

    /// The ids of the span that a log record belongs to.
    mutating func reference(_ trace: TraceID, _ span: SpanID) {
        key("\"traceId\":")
        id(trace)
        key("\"spanId\":")
        id(span)
    }

    /// Whether a reader gives the record its name anyway.
    private func isNameless(_ event: SpanEvent) -> Bool {
        event.name == Self.namelessLog && event.attributes.value(of: "event.name")?.stringValue ?? "" == ""
    }

    /// A time, left out where there is none.
    mutating func time(_ name: StaticString, _ time: Int64?, _ losses: inout OTLPLosses) {
        guard let time else { return }
        guard time > 0 else {
            losses.times += 1
            return
        }
        key(name)
        int64(time)
    }

    private mutating func flags(_ flags: UInt32?) {
        guard let flags, flags != 0 else { return }
        key("\"flags\":")
        int(Int64(flags))
    }
}

import TraceModel

/// Reads the records of OTLP 1.x out of protobuf messages, by their field numbers.
///
/// Numbers and types are those of `opentelemetry/proto/{trace,logs,common,resource}/v1`; unknown fields are passed over.
struct WireRecords {
    let bytes: UnsafeRawBufferPointer
    private let values: WireValues

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        values = WireValues(bytes: bytes)
    }

    /// A `Span`, without resource and scope.
    func span(_ range: Range<Int>) throws(WireRecordFault) -> Span {
        var reader = WireReader(bytes, range)
        var (trace, id, parent) = (0..<0, 0..<0, 0..<0)
        var (start, end, kind) = (UInt64(0), UInt64(0), UInt64(0))
        var status = Status()
        var (events, links): ([Range<Int>], [Range<Int>]) = ([], [])
        var span = Span(
            traceID: TraceID(high: 0, low: 0), spanID: SpanID(0), name: "", startUnixNano: nil, endUnixNano: nil)
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (1, .bytes(let range)): trace = range
            case (2, .bytes(let range)): id = range
            case (3, .bytes(let range)): span.traceState = try values.text(range)
            case (4, .bytes(let range)): parent = range
            case (5, .bytes(let range)): span.name = try values.text(range)
            case (6, .varint(let value)): kind = value
            case (7, .fixed64(let value)): start = value
            case (8, .fixed64(let value)): end = value
            case (9, .bytes(let range)): span.attributes.append(try values.attribute(range, depth: 1))
            case (10, .varint(let value)): span.droppedAttributesCount = Self.count(value)
            case (11, .bytes(let range)): events.append(range)
            case (12, .varint(let value)): span.droppedEventsCount = Self.count(value)
            case (13, .bytes(let range)): links.append(range)
            case (14, .varint(let value)): span.droppedLinksCount = Self.count(value)
            case (15, .bytes(let range)): try read(range, into: &status)
            case (16, .fixed32(let value)): span.flags = value == 0 ? nil : value
            default: break
            }
        }
        span.events.reserveCapacity(events.count)
        for range in events { span.events.append(try event(range)) }
        for range in links { span.links.append(try link(range)) }
        span.traceID = try traceID(trace, "traceId")
        span.spanID = try spanID(id, "spanId")
        span.parentSpanID = try parentID(parent)
        span.startUnixNano = try time(start, "startTimeUnixNano")
        span.endUnixNano = try time(end, "endTimeUnixNano")
        span.status.message = status.message
        let knownKind = OTelSpanKind(rawValue: Self.enumeration(kind))
        let knownCode = SpanStatus.Code(rawValue: Self.enumeration(status.code))
        span.otelKind = knownKind ?? .unspecified
        span.status.code = knownCode ?? .unset
        span.marks = span.ownMarks
        if knownKind == nil || knownCode == nil { span.marks.insert(.unknownEnum) }
        return span
    }

    private struct Status {
        var message = ""
        var code: UInt64 = 0
    }

    private func read(_ range: Range<Int>, into status: inout Status) throws(WireRecordFault) {
        var reader = WireReader(bytes, range)
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (2, .bytes(let range)): status.message = try values.text(range)
            case (3, .varint(let value)): status.code = value
            default: break
            }
        }
    }

    private func event(_ range: Range<Int>) throws(WireRecordFault) -> SpanEvent {
        var reader = WireReader(bytes, range)
        var event = SpanEvent(timeUnixNano: nil, name: "")
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (1, .fixed64(let value)): event.timeUnixNano = try time(value, "timeUnixNano of an event")
            case (2, .bytes(let range)): event.name = try values.text(range)
            case (3, .bytes(let range)): event.attributes.append(try values.attribute(range, depth: 2))
            case (4, .varint(let value)): event.droppedAttributesCount = Self.count(value)
            default: break
            }
        }
        return event
    }

    private func link(_ range: Range<Int>) throws(WireRecordFault) -> SpanLink {
        var reader = WireReader(bytes, range)
        var (trace, span) = (0..<0, 0..<0)
        var link = SpanLink(traceID: TraceID(high: 0, low: 0), spanID: SpanID(0))
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (1, .bytes(let range)): trace = range
            case (2, .bytes(let range)): span = range
            case (3, .bytes(let range)): link.traceState = try values.text(range)
            case (4, .bytes(let range)): link.attributes.append(try values.attribute(range, depth: 2))
            case (5, .varint(let value)): link.droppedAttributesCount = Self.count(value)
            case (6, .fixed32(let value)): link.flags = value == 0 ? nil : value
            default: break
            }
        }
        link.traceID = try traceID(trace, "traceId of a link")
        link.spanID = try spanID(span, "spanId of a link")
        return link
    }

    /// A `LogRecord`, without resource and scope; nil where it names no span.
    func log(_ range: Range<Int>) throws(WireRecordFault) -> SpanLogRecord? {
        var reader = WireReader(bytes, range)
        var (trace, span) = (0..<0, 0..<0)
        var (stated, observed) = (UInt64(0), UInt64(0))
        var event = SpanEvent(timeUnixNano: nil, name: "", origin: .log)
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (1, .fixed64(let value)): stated = value
            case (2, .varint(let value)):
                let number = Self.enumeration(value)
                event.severityNumber = number > 0 ? number : nil
            case (5, .bytes(let range)):
                event.body = try values.value(range, addedTo: event.body ?? .empty, depth: 1)
            case (6, .bytes(let range)): event.attributes.append(try values.attribute(range, depth: 1))
            case (7, .varint(let value)): event.droppedAttributesCount = Self.count(value)
            case (9, .bytes(let range)): trace = range
            case (10, .bytes(let range)): span = range
            case (11, .fixed64(let value)): observed = value
            case (12, .bytes(let range)): event.name = try values.text(range)
            default: break
            }
        }
        guard case .id(let traceID) = RecordID.trace(bytes: bytes[trace]),
            case .id(let spanID) = RecordID.span(bytes: bytes[span])
        else { return nil }
        event.timeUnixNano = try time(stated, "timeUnixNano")
        let observedTime = try time(observed, "observedTimeUnixNano")
        return SpanLogRecord(
            traceID: traceID, spanID: spanID, event: event.completed(observedUnixNano: observedTime),
            resource: Resource(), scope: InstrumentationScope())
    }

    func resource(_ range: Range<Int>, schemaURL: String) throws(WireRecordFault) -> Resource {
        var reader = WireReader(bytes, range)
        var resource = Resource(schemaURL: schemaURL)
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (1, .bytes(let range)): resource.attributes.append(try values.attribute(range, depth: 1))
            case (2, .varint(let value)): resource.droppedAttributesCount = Self.count(value)
            default: break
            }
        }
        return resource
    }

    func scope(_ range: Range<Int>, schemaURL: String) throws(WireRecordFault) -> InstrumentationScope {
        var reader = WireReader(bytes, range)
        var scope = InstrumentationScope(schemaURL: schemaURL)
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (1, .bytes(let range)): scope.name = try values.text(range)
            case (2, .bytes(let range)): scope.version = try values.text(range)
            case (3, .bytes(let range)): scope.attributes.append(try values.attribute(range, depth: 1))
            case (4, .varint(let value)): scope.droppedAttributesCount = Self.count(value)
            default: break
            }
        }
        return scope
    }

    // MARK: Values of fields

    /// A `uint32`, of which the encoding keeps the lower bits.
    private static func count(_ value: UInt64) -> Int { Int(UInt32(truncatingIfNeeded: value)) }

    /// An `int32` or an enumeration.
    private static func enumeration(_ value: UInt64) -> Int { Int(Int32(truncatingIfNeeded: value)) }

    private func time(_ value: UInt64, _ name: String) throws(WireRecordFault) -> Int64? {
        guard value != 0 else { return nil }
        guard let time = Int64(exactly: value) else { throw WireRecordFault("\(name) lies beyond the year 2262") }
        return time
    }

    private func traceID(_ range: Range<Int>, _ name: String) throws(WireRecordFault) -> TraceID {
        switch RecordID.trace(bytes: bytes[range]) {
        case .id(let id): return id
        case .absent: throw WireRecordFault("\(name) is absent")
        case .zero: throw WireRecordFault("\(name) is all zeros")
        case .malformed: throw WireRecordFault("\(name) has \(range.count) bytes instead of 16")
        }
    }

    private func spanID(_ range: Range<Int>, _ name: String) throws(WireRecordFault) -> SpanID {
        switch RecordID.span(bytes: bytes[range]) {
        case .id(let id): return id
        case .absent: throw WireRecordFault("\(name) is absent")
        case .zero: throw WireRecordFault("\(name) is all zeros")
        case .malformed: throw WireRecordFault("\(name) has \(range.count) bytes instead of 8")
        }
    }

    private func parentID(_ range: Range<Int>) throws(WireRecordFault) -> SpanID? {
        switch RecordID.span(bytes: bytes[range]) {
        case .id(let id): return id
        case .absent, .zero: return nil
        case .malformed: throw WireRecordFault("parentSpanId has \(range.count) bytes instead of 8")
        }
    }
}

import Basics
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
        _ = values.losses.take()
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
            case (3, .bytes(let range)): span.traceState = values.text(range)
            case (4, .bytes(let range)): parent = range
            case (5, .bytes(let range)): span.name = values.text(range)
            case (6, .varint(let value)): kind = value
            case (7, .fixed64(let value)): start = value
            case (8, .fixed64(let value)): end = value
            case (9, .bytes(let range)): add(range, depth: 1, to: &span.attributes)
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
        var refused: [Attribute] = []
        var hasRefused = false
        for range in events {
            do throws(WireRecordFault) {
                span.events.append(try event(range, &hasRefused))
            } catch {
                values.losses.add("an event: \(error.reason)")
            }
        }
        for range in links {
            do throws(WireRecordFault) {
                span.links.append(try link(range))
            } catch {
                values.losses.add("a link: \(error.reason)")
            }
        }
        span.traceID = try traceID(trace, "traceId")
        span.spanID = try spanID(id, "spanId")
        do throws(WireRecordFault) {
            span.parentSpanID = try parentID(parent)
        } catch {
            values.losses.add(error.reason)
        }
        span.startUnixNano = time(start, "startTimeUnixNano", &refused)
        span.endUnixNano = time(end, "endTimeUnixNano", &refused)
        span.attributes += refused
        span.status.message = status.message
        let knownKind = OTelSpanKind(rawValue: Self.enumeration(kind))
        let knownCode = SpanStatus.Code(rawValue: Self.enumeration(status.code))
        span.otelKind = knownKind ?? .unspecified
        span.status.code = knownCode ?? .unset
        span.marks = span.ownMarks
        if knownKind == nil || knownCode == nil { span.marks.insert(.unknownEnum) }
        if hasRefused || !refused.isEmpty { span.marks.insert(.outOfRange) }
        span.note(values.losses.take())
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
            case (2, .bytes(let range)): status.message = values.text(range)
            case (3, .varint(let value)): status.code = value
            default: break
            }
        }
    }

    /// Reads an event; `hasRefused` becomes true where its time is out of range.
    private func event(_ range: Range<Int>, _ hasRefused: inout Bool) throws(WireRecordFault) -> SpanEvent {
        var reader = WireReader(bytes, range)
        var event = SpanEvent(timeUnixNano: nil, name: "")
        var stated = UInt64(0)
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (1, .fixed64(let value)): stated = value
            case (2, .bytes(let range)): event.name = values.text(range)
            case (3, .bytes(let range)): add(range, depth: 2, to: &event.attributes)
            case (4, .varint(let value)): event.droppedAttributesCount = Self.count(value)
            default: break
            }
        }
        var refused: [Attribute] = []
        event.timeUnixNano = time(stated, "timeUnixNano", &refused)
        event.attributes += refused
        hasRefused = hasRefused || !refused.isEmpty
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
            case (3, .bytes(let range)): link.traceState = values.text(range)
            case (4, .bytes(let range)): add(range, depth: 2, to: &link.attributes)
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
        _ = values.losses.take()
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
                event.body = values.readable(range, addedTo: event.body ?? .empty, depth: 1)
            case (6, .bytes(let range)): add(range, depth: 1, to: &event.attributes)
            case (7, .varint(let value)): event.droppedAttributesCount = Self.count(value)
            case (9, .bytes(let range)): trace = range
            case (10, .bytes(let range)): span = range
            case (11, .fixed64(let value)): observed = value
            case (12, .bytes(let range)): event.name = values.text(range)
            default: break
            }
        }
        guard case .id(let traceID) = RecordID.trace(bytes: bytes[trace]),
            case .id(let spanID) = RecordID.span(bytes: bytes[span])
        else { return nil }
        var refused: [Attribute] = []
        event.timeUnixNano = time(stated, "timeUnixNano", &refused)
        let observedTime = time(observed, "observedTimeUnixNano", &refused)
        event.attributes += refused + [values.losses.take().attribute].compactMap(\.self)
        return SpanLogRecord(
            traceID: traceID, spanID: spanID, event: event.completed(observedUnixNano: observedTime),
            resource: Resource(), scope: InstrumentationScope())
    }

    func resource(_ range: Range<Int>, schemaURL: String) throws(WireRecordFault) -> Resource {
        var reader = WireReader(bytes, range)
        _ = values.losses.take()
        var resource = Resource(schemaURL: schemaURL)
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (1, .bytes(let range)): add(range, depth: 1, to: &resource.attributes)
            case (2, .varint(let value)): resource.droppedAttributesCount = Self.count(value)
            default: break
            }
        }
        if let attribute = values.losses.take().attribute { resource.attributes.append(attribute) }
        return resource
    }

    func scope(_ range: Range<Int>, schemaURL: String) throws(WireRecordFault) -> InstrumentationScope {
        var reader = WireReader(bytes, range)
        _ = values.losses.take()
        var scope = InstrumentationScope(schemaURL: schemaURL)
        while let field = try values.next(&reader) {
            switch (field.number, field.payload) {
            case (1, .bytes(let range)): scope.name = values.text(range)
            case (2, .bytes(let range)): scope.version = values.text(range)
            case (3, .bytes(let range)): add(range, depth: 1, to: &scope.attributes)
            case (4, .varint(let value)): scope.droppedAttributesCount = Self.count(value)
            default: break
            }
        }
        if let attribute = values.losses.take().attribute { scope.attributes.append(attribute) }
        return scope
    }

    // MARK: Values of fields

    /// Adds an attribute; one that cannot be read costs itself.
    private func add(_ range: Range<Int>, depth: Int, to attributes: inout [Attribute]) {
        do throws(WireRecordFault) {
            attributes.append(try values.attribute(range, depth: depth))
        } catch {
            values.losses.add("an attribute: \(error.reason)")
        }
    }

    /// A `uint32`, of which the encoding keeps the lower bits.
    private static func count(_ value: UInt64) -> Int { Int(UInt32(truncatingIfNeeded: value)) }

    /// An `int32` or an enumeration.
    private static func enumeration(_ value: UInt64) -> Int { Int(Int32(truncatingIfNeeded: value)) }

    /// A time, where 0 is none; one that is out of range is kept in `refused`.
    private func time(_ value: UInt64, _ name: String, _ refused: inout [Attribute]) -> Int64? {
        guard value != 0 else { return nil }
        if let time = OutsideNumber.time(value) { return time }
        refused.append(OutOfRange.attribute(name, String(value)))
        return nil
    }

    private func traceID(_ range: Range<Int>, _ name: String) throws(WireRecordFault) -> TraceID {
        try id(RecordID.trace(bytes: bytes[range]), name, range.count, of: 16)
    }

    private func spanID(_ range: Range<Int>, _ name: String) throws(WireRecordFault) -> SpanID {
        try id(RecordID.span(bytes: bytes[range]), name, range.count, of: 8)
    }

    private func id<ID>(
        _ reading: RecordID.Reading<ID>, _ name: String, _ count: Int, of wanted: Int
    ) throws(WireRecordFault) -> ID {
        switch reading {
        case .id(let id): return id
        case .absent: throw WireRecordFault("\(name) is absent")
        case .zero: throw WireRecordFault("\(name) is all zeros")
        case .malformed: throw WireRecordFault("\(name) has \(count) bytes instead of \(wanted)")
        }
    }

    /// The parent, which all zeros say that there is none of.
    private func parentID(_ range: Range<Int>) throws(WireRecordFault) -> SpanID? {
        if bytes[range].allSatisfy({ $0 == 0 }) && (range.isEmpty || range.count == 8) { return nil }
        return try spanID(range, "parentSpanId")
    }
}

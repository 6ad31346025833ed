import Basics
internal import Foundation
import SwiftProtobuf
import TraceModel

/// Turns protobuf records into the model.
struct WireRecords {
    /// Nesting of messages that is refused when exceeded; each nested attribute value takes two levels.
    static let depthLimit = 256

    private let options: BinaryDecodingOptions = {
        var options = BinaryDecodingOptions()
        options.messageDepthLimit = depthLimit
        options.discardUnknownFields = true
        return options
    }()

    /// Decodes a message or says why it cannot be.
    func decode<Message: SwiftProtobuf.Message>(
        _ type: Message.Type, _ bytes: UnsafeRawBufferPointer
    ) throws(WireRecordFault) -> Message {
        do {
            return try Message(serializedBytes: [UInt8](bytes), options: options)
        } catch let error as BinaryDecodingError {
            throw WireRecordFault(Self.reason(error))
        } catch {
            throw WireRecordFault("not a protobuf message")
        }
    }

    private static func reason(_ error: BinaryDecodingError) -> String {
        switch error {
        case .truncated: "the protobuf message is cut off"
        case .invalidUTF8: "a string is not valid UTF-8"
        case .messageDepthLimit: "nested deeper than \(depthLimit) levels"
        default: "not a valid protobuf message"
        }
    }

    /// The span of a message, without resource and scope.
    func span(_ wire: WireSpan) throws(WireRecordFault) -> Span {
        var hasUnknownEnum = false
        var kind = OTelSpanKind.unspecified
        if let known = OTelSpanKind(rawValue: wire.kind.rawValue) { kind = known } else { hasUnknownEnum = true }
        var status = SpanStatus(message: wire.status.message)
        if let code = SpanStatus.Code(rawValue: wire.status.code.rawValue) {
            status.code = code
        } else {
            hasUnknownEnum = true
        }
        var refused: [Attribute] = []
        var span = Span(
            traceID: try traceID(wire.traceID, "traceId"),
            spanID: try spanID(wire.spanID, "spanId"),
            parentSpanID: try parentID(wire.parentSpanID),
            traceState: wire.traceState,
            flags: wire.flags == 0 ? nil : wire.flags,
            name: wire.name,
            otelKind: kind,
            startUnixNano: time(wire.startTimeUnixNano, "startTimeUnixNano", &refused),
            endUnixNano: time(wire.endTimeUnixNano, "endTimeUnixNano", &refused),
            status: status,
            attributes: wire.attributes.map(WireValues.attribute),
            droppedAttributesCount: Int(wire.droppedAttributesCount),
            droppedEventsCount: Int(wire.droppedEventsCount),
            droppedLinksCount: Int(wire.droppedLinksCount))
        span.attributes += refused
        var hasRefused = !refused.isEmpty
        for event in wire.events {
            refused = []
            let time = time(event.timeUnixNano, "timeUnixNano", &refused)
            span.events.append(
                SpanEvent(
                    timeUnixNano: time, name: event.name,
                    attributes: event.attributes.map(WireValues.attribute) + refused,
                    droppedAttributesCount: Int(event.droppedAttributesCount)))
            hasRefused = hasRefused || !refused.isEmpty
        }
        for link in wire.links {
            span.links.append(
                SpanLink(
                    traceID: try traceID(link.traceID, "traceId of a link"),
                    spanID: try spanID(link.spanID, "spanId of a link"),
                    traceState: link.traceState, flags: link.flags == 0 ? nil : link.flags,
                    attributes: link.attributes.map(WireValues.attribute),
                    droppedAttributesCount: Int(link.droppedAttributesCount)))
        }
        span.marks = span.ownMarks
        if hasUnknownEnum { span.marks.insert(.unknownEnum) }
        if hasRefused { span.marks.insert(.outOfRange) }
        return span
    }

    /// The record of a log message, without resource and scope; nil where it names no span.
    func log(_ wire: WireLogRecord) throws(WireRecordFault) -> SpanLogRecord? {
        guard case .id(let traceID) = RecordID.trace(bytes: wire.traceID),
            case .id(let spanID) = RecordID.span(bytes: wire.spanID)
        else { return nil }
        var refused: [Attribute] = []
        let time = time(wire.timeUnixNano, "timeUnixNano", &refused)
        let observed = self.time(wire.observedTimeUnixNano, "observedTimeUnixNano", &refused)
        let event = SpanEvent(
            timeUnixNano: time, name: wire.eventName,
            attributes: wire.attributes.map(WireValues.attribute) + refused,
            droppedAttributesCount: Int(wire.droppedAttributesCount), origin: .log,
            body: wire.hasBody ? WireValues.value(wire.body) : nil,
            severityNumber: wire.severityNumber > 0 ? Int(wire.severityNumber) : nil)
        return SpanLogRecord(
            traceID: traceID, spanID: spanID, event: event.completed(observedUnixNano: observed),
            resource: Resource(), scope: InstrumentationScope())
    }

    func resource(_ wire: WireResource, schemaURL: String) -> Resource {
        Resource(
            attributes: wire.attributes.map(WireValues.attribute),
            droppedAttributesCount: Int(wire.droppedAttributesCount), schemaURL: schemaURL)
    }

    func scope(_ wire: WireInstrumentationScope, schemaURL: String) -> InstrumentationScope {
        InstrumentationScope(
            name: wire.name, version: wire.version, attributes: wire.attributes.map(WireValues.attribute),
            droppedAttributesCount: Int(wire.droppedAttributesCount), schemaURL: schemaURL)
    }

    /// A time, where 0 is none; one that is out of range is kept in `refused`.
    private func time(_ value: UInt64, _ name: String, _ refused: inout [Attribute]) -> Int64? {
        guard value != 0 else { return nil }
        if let time = OutsideNumber.time(value) { return time }
        refused.append(OutOfRange.attribute(name, String(value)))
        return nil
    }

    private func traceID(_ bytes: Data, _ name: String) throws(WireRecordFault) -> TraceID {
        switch RecordID.trace(bytes: bytes) {
        case .id(let id): return id
        case .absent: throw WireRecordFault("\(name) is absent")
        case .zero: throw WireRecordFault("\(name) is all zeros")
        case .malformed: throw WireRecordFault("\(name) has \(bytes.count) bytes instead of 16")
        }
    }

    private func spanID(_ bytes: Data, _ name: String) throws(WireRecordFault) -> SpanID {
        switch RecordID.span(bytes: bytes) {
        case .id(let id): return id
        case .absent: throw WireRecordFault("\(name) is absent")
        case .zero: throw WireRecordFault("\(name) is all zeros")
        case .malformed: throw WireRecordFault("\(name) has \(bytes.count) bytes instead of 8")
        }
    }

    private func parentID(_ bytes: Data) throws(WireRecordFault) -> SpanID? {
        switch RecordID.span(bytes: bytes) {
        case .id(let id): return id
        case .absent, .zero: return nil
        case .malformed: throw WireRecordFault("parentSpanId has \(bytes.count) bytes instead of 8")
        }
    }
}

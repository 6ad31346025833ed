import Basics
import FastJSON
package import TraceModel

/// Writes payload as JSON that other programs can read and from which every value comes back exactly.
///
/// Attributes are one object in their order. Integers have no fraction, doubles always a fraction or an exponent; what
/// JSON lacks is an object of one member: `{"$bytes": base64}`, `{"$double": "NaN"}`, and `{"$map": {…}}` around a map
/// whose first key begins with `$`, so that it is not taken for one of these. A value without content is null.
package struct PayloadEncoder {
    /// The text written so far, UTF-8.
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Forgets the text and keeps the memory, unless a huge value had claimed it.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 4 << 20)
    }

    // MARK: Records

    /// Writes attributes as one object.
    package mutating func encode(_ attributes: [Attribute]) {
        append("{")
        for (index, attribute) in attributes.enumerated() {
            if index > 0 { append(",") }
            appendString(attribute.key)
            append(":")
            encode(attribute.value)
        }
        append("}")
    }

    /// Writes events as an array of objects whose absent members are left out.
    package mutating func encode(_ events: [SpanEvent]) {
        append("[")
        for (index, event) in events.enumerated() {
            if index > 0 { append(",") }
            encode(event)
        }
        append("]")
    }

    /// Writes one event as an object.
    package mutating func encode(_ event: SpanEvent) {
        append("{\"name\":")
        appendString(event.name)
        if let time = event.timeUnixNano { append(",\"time_unix_nano\":\(time)") }
        if !event.attributes.isEmpty {
            append(",\"attributes\":")
            encode(AttributeValue.map(event.attributes))
        }
        if event.droppedAttributesCount != 0 { append(",\"dropped_attributes\":\(event.droppedAttributesCount)") }
        if event.origin == .log { append(",\"origin\":\"log\"") }
        if let severity = event.severityNumber { append(",\"severity\":\(severity)") }
        if let body = event.body {
            append(",\"body\":")
            encode(body)
        }
        append("}")
    }

    /// Writes links as an array of objects whose absent members are left out.
    package mutating func encode(_ links: [SpanLink]) {
        append("[")
        for (index, link) in links.enumerated() {
            append(index > 0 ? ",{\"trace_id\":\"" : "{\"trace_id\":\"")
            append(link.traceID.hex)
            append("\",\"span_id\":\"")
            append(link.spanID.hex)
            append("\"")
            if !link.traceState.isEmpty {
                append(",\"trace_state\":")
                appendString(link.traceState)
            }
            if let flags = link.flags { append(",\"flags\":\(flags)") }
            if !link.attributes.isEmpty {
                append(",\"attributes\":")
                encode(AttributeValue.map(link.attributes))
            }
            if link.droppedAttributesCount != 0 { append(",\"dropped_attributes\":\(link.droppedAttributesCount)") }
            append("}")
        }
        append("]")
    }

    // MARK: Values

    /// A container that is being written, with the index of its next element.
    private enum Frame {
        case array([AttributeValue], Int)
        case map([Attribute], Int, isWrapped: Bool)
    }

    /// Writes one value; containers are kept on a stack of our own, so that depth is no danger.
    package mutating func encode(_ value: AttributeValue) {
        var stack: [Frame] = []
        open(value, &stack)
        while let frame = stack.popLast() {
            switch frame {
            case .array(let values, let index):
                guard index < values.count else {
                    append("]")
                    continue
                }
                if index > 0 { append(",") }
                stack.append(.array(values, index + 1))
                open(values[index], &stack)
            case .map(let attributes, let index, let isWrapped):
                guard index < attributes.count else {
                    append(isWrapped ? "}}" : "}")
                    continue
                }
                if index > 0 { append(",") }
                appendString(attributes[index].key)
                append(":")
                stack.append(.map(attributes, index + 1, isWrapped: isWrapped))
                open(attributes[index].value, &stack)
            }
        }
    }

    private mutating func open(_ value: AttributeValue, _ stack: inout [Frame]) {
        switch value {
        case .empty: append("null")
        case .string(let text): appendString(text)
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): append(String(value))
        case .double(let value) where value.isFinite: append(value.description)
        case .double(let value):
            append("{\"$double\":\"\(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")\"}")
        case .bytes(let value):
            append("{\"$bytes\":\"")
            Base64.append(value, to: &bytes)
            append("\"}")
        case .array(let values):
            append("[")
            stack.append(.array(values, 0))
        case .map(let attributes):
            let isWrapped = attributes.first?.key.utf8.first == UInt8(ascii: "$")
            append(isWrapped ? "{\"$map\":{" : "{")
            stack.append(.map(attributes, 0, isWrapped: isWrapped))
        }
    }

    @inline(__always)
    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @_disfavoredOverload
    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func appendString(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        JSONEscape.encode(text, into: &bytes, escapesInvisible: false)
        bytes.append(UInt8(ascii: "\""))
    }
}

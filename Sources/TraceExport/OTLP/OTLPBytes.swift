import Basics
import FastJSON
import TraceModel

/// Appends OTLP/JSON to a byte buffer, without a text or an object for any part of it.
///
/// Keys are handed in with their quotes and colon. Commas come by themselves: behind an opening bracket there is none.
/// Source: the JSON form of Protocol Buffers with OTLP's exceptions: ids are hexadecimal, enumerations are numbers
/// (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding").
struct OTLPBytes {
    var bytes: [UInt8] = []

    // MARK: Grammar

    @inline(__always)
    mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Begins a member whose value is appended next.
    @inline(__always)
    mutating func key(_ key: StaticString) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        append(key)
    }

    /// Begins an element of an array.
    @inline(__always)
    mutating func element() {
        if bytes.last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
    }

    // MARK: Scalars

    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        JSONEscape.encode(text, into: &bytes, escapesInvisible: true)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func int(_ value: Int64) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var start = 20
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// A 64-bit integer, which is a string in this form.
    mutating func int64(_ value: Int64) {
        bytes.append(UInt8(ascii: "\""))
        int(value)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func double(_ value: Double) {
        if value.isFinite {
            bytes.append(contentsOf: value.description.utf8)
        } else {
            append(value.isNaN ? "\"NaN\"" : value < 0 ? "\"-Infinity\"" : "\"Infinity\"")
        }
    }

    mutating func id(_ id: TraceID) {
        bytes.append(UInt8(ascii: "\""))
        Hex.append(id.high, to: &bytes)
        Hex.append(id.low, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func id(_ id: SpanID) {
        bytes.append(UInt8(ascii: "\""))
        Hex.append(id.rawValue, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    // MARK: Attributes

    /// The members `attributes` and `droppedAttributesCount`, where they say something.
    mutating func attributes(_ attributes: [Attribute], dropped: Int) {
        if !attributes.isEmpty {
            key("\"attributes\":[")
            for attribute in attributes {
                element()
                pair(attribute.key)
                value(attribute.value)
                append("}")
            }
            append("]")
        }
        count("\"droppedAttributesCount\":", dropped)
    }

    /// A count of 32 bits, left out where it is 0.
    mutating func count(_ name: StaticString, _ count: Int) {
        guard count > 0 else { return }
        key(name)
        int(Int64(UInt32(clamping: count)))
    }

    /// A text, left out where it is empty.
    mutating func text(_ name: StaticString, _ text: String) {
        guard !text.isEmpty else { return }
        key(name)
        string(text)
    }

    /// Begins a `KeyValue` up to its value.
    private mutating func pair(_ key: String) {
        append("{\"key\":")
        string(key)
        append(",\"value\":")
    }

    /// A container that is being written, with the index of its next element.
    private enum Frame {
        case array([AttributeValue], Int)
        case map([Attribute], Int)
    }

    /// An `AnyValue`; containers are kept on a stack, so that depth is no danger.
    mutating func value(_ value: AttributeValue) {
        guard let container = open(value) else { return }
        var stack = [container]
        while let frame = stack.popLast() {
            var child: Frame?
            switch frame {
            case .array(let values, let index):
                guard index < values.count else {
                    append("]}}")
                    continue
                }
                element()
                stack.append(.array(values, index + 1))
                child = open(values[index])
            case .map(let members, let index):
                if index > 0 { append("}") }
                guard index < members.count else {
                    append("]}}")
                    continue
                }
                element()
                stack.append(.map(members, index + 1))
                pair(members[index].key)
                child = open(members[index].value)
            }
            if let child { stack.append(child) }
        }
    }

    /// Writes a scalar, or the beginning of a container, which it returns.
    private mutating func open(_ value: AttributeValue) -> Frame? {
        switch value {
        case .empty: append("{}")
        case .string(let text):
            append("{\"stringValue\":")
            string(text)
            append("}")
        case .bool(let truth): append(truth ? "{\"boolValue\":true}" : "{\"boolValue\":false}")
        case .int(let number):
            append("{\"intValue\":")
            int64(number)
            append("}")
        case .double(let number):
            append("{\"doubleValue\":")
            double(number)
            append("}")
        case .bytes(let data):
            append("{\"bytesValue\":\"")
            Base64.append(data, to: &bytes)
            append("\"}")
        case .array(let values):
            append("{\"arrayValue\":{\"values\":[")
            return .array(values, 0)
        case .map(let members):
            append("{\"kvlistValue\":{\"values\":[")
            return .map(members, 0)
        }
        return nil
    }
}

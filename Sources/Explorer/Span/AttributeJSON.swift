import Foundation
import TraceModel

/// Attribute values as JSON text, written without recursion.
enum AttributeJSON {
    /// How values are written.
    enum Form {
        /// As people write JSON: `{"a": 1}`; bytes as base64 text.
        case plain
        /// As OTLP/JSON writes `AnyValue`: `{"kvlistValue": {"values": […]}}`.
        case otlp
    }

    private enum Step {
        case value(AttributeValue)
        case attributes([Attribute], next: Int)
        case array([AttributeValue], next: Int)
        case text(String)
    }

    /// A value as plain JSON.
    static func text(of value: AttributeValue) -> String {
        var result: [UInt8] = []
        append(value, .plain, to: &result)
        return String(decoding: result, as: UTF8.self)
    }

    static func append(_ value: AttributeValue, _ form: Form, to result: inout [UInt8]) {
        run([.value(value)], form, &result)
    }

    /// Appends a list of OTLP `KeyValue`s in brackets.
    static func appendOTLP(_ attributes: [Attribute], to result: inout [UInt8]) {
        result.append(UInt8(ascii: "["))
        run([.attributes(attributes, next: 0)], .otlp, &result)
        result.append(UInt8(ascii: "]"))
    }

    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    private static func run(_ steps: [Step], _ form: Form, _ result: inout [UInt8]) {
        var steps = steps
        while let step = steps.popLast() {
            switch step {
            case .text(let text): result.append(contentsOf: text.utf8)
            case .array(let values, let next):
                guard next < values.count else { break }
                if next > 0 { result.append(UInt8(ascii: ",")) }
                steps.append(.array(values, next: next + 1))
                steps.append(.value(values[next]))
            case .attributes(let attributes, let next):
                guard next < attributes.count else { break }
                if next > 0 { result.append(UInt8(ascii: ",")) }
                steps.append(.attributes(attributes, next: next + 1))
                if form == .otlp {
                    result.append(contentsOf: "{\"key\":".utf8)
                    JSONEscapes.append(attributes[next].key, to: &result)
                    result.append(contentsOf: ",\"value\":".utf8)
                    steps.append(.text("}"))
                } else {
                    JSONEscapes.append(attributes[next].key, to: &result)
                    result.append(UInt8(ascii: ":"))
                }
                steps.append(.value(attributes[next].value))
            case .value(let value):
                if form == .otlp { otlp(value, &steps, &result) } else { plain(value, &steps, &result) }
            }
        }
    }

    private static func plain(_ value: AttributeValue, _ steps: inout [Step], _ result: inout [UInt8]) {
        switch value {
        case .empty: result.append(contentsOf: "null".utf8)
        case .string(let text): JSONEscapes.append(text, to: &result)
        case .bool(let value): result.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value): result.append(contentsOf: "\(value)".utf8)
        case .double(let value): result.append(contentsOf: number(value).utf8)
        case .bytes(let bytes): JSONEscapes.append(base64(bytes), to: &result)
        case .array(let values):
            result.append(UInt8(ascii: "["))
            steps.append(.text("]"))
            steps.append(.array(values, next: 0))
        case .map(let attributes):
            result.append(UInt8(ascii: "{"))
            steps.append(.text("}"))
            steps.append(.attributes(attributes, next: 0))
        }
    }

    private static func otlp(_ value: AttributeValue, _ steps: inout [Step], _ result: inout [UInt8]) {
        func open(_ name: String) { result.append(contentsOf: "{\"\(name)\":".utf8) }
        switch value {
        case .empty:
            result.append(contentsOf: "{}".utf8)
            return
        case .string(let text):
            open("stringValue")
            JSONEscapes.append(text, to: &result)
        case .bool(let value):
            open("boolValue")
            result.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value):
            open("intValue")
            result.append(contentsOf: "\"\(value)\"".utf8)
        case .double(let value):
            open("doubleValue")
            result.append(contentsOf: (value.isFinite ? "\(value)" : "\"\(number(value))\"").utf8)
        case .bytes(let bytes):
            open("bytesValue")
            JSONEscapes.append(base64(bytes), to: &result)
        case .array(let values):
            result.append(contentsOf: "{\"arrayValue\":{\"values\":[".utf8)
            steps.append(.text("]}}"))
            steps.append(.array(values, next: 0))
            return
        case .map(let attributes):
            result.append(contentsOf: "{\"kvlistValue\":{\"values\":[".utf8)
            steps.append(.text("]}}"))
            steps.append(.attributes(attributes, next: 0))
            return
        }
        result.append(UInt8(ascii: "}"))
    }

    private static func number(_ value: Double) -> String {
        value.isNaN ? "NaN" : value == .infinity ? "Infinity" : value == -.infinity ? "-Infinity" : "\(value)"
    }
}

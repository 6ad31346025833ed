import Basics
import FastJSON
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
        case endArray
        case endObject
    }

    /// A value as plain JSON.
    static func text(of value: AttributeValue) -> String {
        var writer = JSONWriter(escapesInvisible: false)
        write(value, .plain, to: &writer)
        return writer.text
    }

    static func write(_ value: AttributeValue, _ form: Form, to writer: inout JSONWriter) {
        run([.value(value)], form, &writer)
    }

    /// Writes a list of OTLP `KeyValue`s.
    static func writeOTLP(_ attributes: [Attribute], to writer: inout JSONWriter) {
        writer.beginArray()
        run([.endArray, .attributes(attributes, next: 0)], .otlp, &writer)
    }

    private static func run(_ steps: [Step], _ form: Form, _ writer: inout JSONWriter) {
        var steps = steps
        while let step = steps.popLast() {
            switch step {
            case .endArray: writer.endArray()
            case .endObject: writer.endObject()
            case .array(let values, let next):
                guard next < values.count else { break }
                steps.append(.array(values, next: next + 1))
                steps.append(.value(values[next]))
            case .attributes(let attributes, let next):
                guard next < attributes.count else { break }
                steps.append(.attributes(attributes, next: next + 1))
                if form == .otlp {
                    writer.beginObject()
                    writer.member("key", attributes[next].key)
                    writer.key("value")
                    steps.append(.endObject)
                } else {
                    writer.key(attributes[next].key)
                }
                steps.append(.value(attributes[next].value))
            case .value(let value):
                if form == .otlp { otlp(value, &steps, &writer) } else { plain(value, &steps, &writer) }
            }
        }
    }

    private static func plain(_ value: AttributeValue, _ steps: inout [Step], _ writer: inout JSONWriter) {
        switch value {
        case .empty: writer.null()
        case .string(let text): writer.string(text)
        case .bool(let value): writer.bool(value)
        case .int(let value): writer.int(value)
        case .double(let value): writer.double(value)
        case .bytes(let bytes): writer.string(Base64.text(bytes))
        case .array(let values):
            writer.beginArray()
            steps += [.endArray, .array(values, next: 0)]
        case .map(let attributes):
            writer.beginObject()
            steps += [.endObject, .attributes(attributes, next: 0)]
        }
    }

    private static func otlp(_ value: AttributeValue, _ steps: inout [Step], _ writer: inout JSONWriter) {
        writer.beginObject()
        switch value {
        case .empty: break
        case .string(let text): writer.member("stringValue", text)
        case .bool(let value): writer.member("boolValue", value)
        case .int(let value): writer.member("intValue", String(value))
        case .double(let value): writer.member("doubleValue", value)
        case .bytes(let bytes): writer.member("bytesValue", Base64.text(bytes))
        case .array(let values):
            writer.key("arrayValue")
            writer.beginObject()
            writer.key("values")
            writer.beginArray()
            steps += [.endObject, .endObject, .endArray, .array(values, next: 0)]
            return
        case .map(let attributes):
            writer.key("kvlistValue")
            writer.beginObject()
            writer.key("values")
            writer.beginArray()
            steps += [.endObject, .endObject, .endArray, .attributes(attributes, next: 0)]
            return
        }
        writer.endObject()
    }
}

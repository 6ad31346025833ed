import FastJSON
import Foundation
import TraceModel

/// Writes spans as OTLP/JSON lines, one document of a trace's spans a line, at most 512 each.
enum OTLPFile {
    /// Writes all spans of a generator, and returns the bytes written.
    static func write(_ generator: SpanGenerator, to path: String) throws -> Int {
        var generator = generator
        return try write(to: path) { generator.nextTrace() }
    }

    /// Writes spans of one resource and scope.
    static func write(_ spans: [Span], to path: String) throws {
        var left: [Span]? = spans
        _ = try write(to: path) {
            defer { left = nil }
            return left
        }
    }

    private static func write(to path: String, next: () -> [Span]?) throws -> Int {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw BenchError.cannotWrite(path) }
        defer { try? file.close() }
        var json = JSONWriter()
        var written = 0
        while let spans = next() {
            for first in stride(from: 0, to: spans.count, by: 512) {
                document(spans[first..<min(spans.count, first + 512)], &json)
            }
            if json.bytes.count > 1 << 20 {
                written += json.bytes.count
                try file.write(contentsOf: Data(json.bytes))
                json.bytes.removeAll(keepingCapacity: true)
            }
        }
        written += json.bytes.count
        try file.write(contentsOf: Data(json.bytes))
        return written
    }

    private static func document(_ spans: ArraySlice<Span>, _ json: inout JSONWriter) {
        guard let first = spans.first else { return }
        json.beginObject()
        json.key("resourceSpans")
        json.beginArray()
        json.beginObject()
        json.key("resource")
        json.beginObject()
        attributes(first.resource.attributes, &json)
        json.endObject()
        json.key("scopeSpans")
        json.beginArray()
        json.beginObject()
        json.key("scope")
        json.beginObject()
        json.member("name", first.scope.name)
        json.member("version", first.scope.version)
        json.endObject()
        json.key("spans")
        json.beginArray()
        for span in spans { self.span(span, &json) }
        json.endArray()
        json.endObject()
        json.endArray()
        json.endObject()
        json.endArray()
        json.endObject()
        json.newline()
    }

    private static func span(_ span: Span, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("traceId", span.traceID.hex)
        json.member("spanId", span.spanID.hex)
        if let parent = span.parentSpanID { json.member("parentSpanId", parent.hex) }
        json.member("name", span.name)
        json.member("kind", span.otelKind.rawValue)
        json.member("startTimeUnixNano", span.startUnixNano.map(String.init))
        json.member("endTimeUnixNano", span.endUnixNano.map(String.init))
        attributes(span.attributes, &json)
        json.key("status")
        json.beginObject()
        if span.status.code != .unset { json.member("code", span.status.code.rawValue) }
        if !span.status.message.isEmpty { json.member("message", span.status.message) }
        json.endObject()
        json.endObject()
    }

    private static func attributes(_ attributes: [Attribute], _ json: inout JSONWriter) {
        json.key("attributes")
        json.beginArray()
        for attribute in attributes {
            json.beginObject()
            json.member("key", attribute.key)
            json.key("value")
            value(attribute.value, &json)
            json.endObject()
        }
        json.endArray()
    }

    private static func value(_ value: AttributeValue, _ json: inout JSONWriter) {
        json.beginObject()
        switch value {
        case .string(let text): json.member("stringValue", text)
        case .int(let number): json.member("intValue", String(number))
        case .double(let number): json.member("doubleValue", number)
        case .bool(let flag): json.member("boolValue", flag)
        case .array(let items):
            json.key("arrayValue")
            json.beginObject()
            json.key("values")
            json.beginArray()
            for item in items { self.value(item, &json) }
            json.endArray()
            json.endObject()
        case .empty, .bytes, .map: break
        }
        json.endObject()
    }
}

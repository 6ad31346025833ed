import Glibc
import TraceModel

/// The keys that a JSON object may have, with what they mean.
///
/// Producers write keys in the same order again and again, so the search starts behind the last hit.
struct KeyTable<Field: Sendable>: Sendable {
    private let entries: [(key: StaticString, field: Field)]

    init(_ entries: [(key: StaticString, field: Field)]) {
        self.entries = entries
    }

    var keys: [StaticString] { entries.map(\.key) }

    /// The field of a key, nil for unknown keys.
    @inline(__always)
    func find(_ key: UnsafeRawBufferPointer, from hint: inout Int) -> Field? {
        guard let start = key.baseAddress else { return nil }
        for step in 0..<entries.count {
            var index = hint + step
            if index >= entries.count { index -= entries.count }
            if Self.matches(entries[index].key, start, key.count) {
                hint = index + 1 < entries.count ? index + 1 : 0
                return entries[index].field
            }
        }
        return nil
    }

    /// Whether the bytes are the word, or `the_word` for `theWord`, as printers with original field names write it.
    @inline(__always)
    private static func matches(_ word: StaticString, _ key: UnsafeRawPointer, _ count: Int) -> Bool {
        if word.utf8CodeUnitCount == count { return memcmp(word.utf8Start, key, count) == 0 }
        return word.utf8CodeUnitCount < count
            && matchesSnakeCase(word, UnsafeRawBufferPointer(start: key, count: count))
    }

    private static func matchesSnakeCase(_ word: StaticString, _ key: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        for byte in UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount) {
            if (0x41...0x5A).contains(byte) {
                guard index + 1 < key.count, key[index] == UInt8(ascii: "_"), key[index + 1] == byte + 0x20 else {
                    return false
                }
                index += 2
            } else {
                guard index < key.count, key[index] == byte else { return false }
                index += 1
            }
        }
        return index == key.count
    }
}

/// The names that OTLP gives the numbers of an enumeration, from 0 on.
struct OTLPNames<Value: Sendable>: Sendable {
    let texts: [String]
}

extension OTLPNames<OTelSpanKind> {
    static let spanKinds = OTLPNames(texts: [
        "SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER",
        "SPAN_KIND_CONSUMER",
    ])
}

extension OTLPNames<SpanStatus.Code> {
    static let statusCodes = OTLPNames(texts: ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"])
}

/// The keys of an OTLP document.
///
/// `instrumentationLibrary…` are the names before OTLP 0.19; `batches` is how Grafana Tempo's API calls `resourceSpans`,
/// whose second version has the document under `trace`, as Jaeger's third has it under `result`.
enum DocumentField {
    case resourceSpans
    case resourceLogs
    case resourceMetrics
    /// An object around a document.
    case wrapper
    /// A list of bare spans, as Phoenix answers.
    case spans

    static let table = KeyTable<DocumentField>([
        ("resourceSpans", .resourceSpans), ("resourceLogs", .resourceLogs), ("resourceMetrics", .resourceMetrics),
        ("resource_spans", .resourceSpans), ("resource_logs", .resourceLogs), ("resource_metrics", .resourceMetrics),
        ("batches", .resourceSpans), ("trace", .wrapper), ("result", .wrapper),
        ("data", .spans),
    ])
}

/// The keys of `ResourceSpans` and `ResourceLogs`.
enum ResourceGroupField {
    case resource
    case scopeGroups
    case schemaURL

    static let table = KeyTable<ResourceGroupField>([
        ("resource", .resource), ("scopeSpans", .scopeGroups), ("scopeLogs", .scopeGroups), ("schemaUrl", .schemaURL),
        ("instrumentationLibrarySpans", .scopeGroups), ("instrumentationLibraryLogs", .scopeGroups),
    ])
}

/// The keys of `ScopeSpans` and `ScopeLogs`.
enum ScopeGroupField {
    case scope
    case spans
    case logRecords
    case schemaURL

    static let table = KeyTable<ScopeGroupField>([
        ("scope", .scope), ("spans", .spans), ("logRecords", .logRecords), ("schemaUrl", .schemaURL),
        ("logs", .logRecords), ("instrumentationLibrary", .scope),
    ])
}

/// The keys of `Resource` and `InstrumentationScope`.
enum EntityField {
    case name
    case version
    case attributes
    case droppedAttributesCount

    static let table = KeyTable<EntityField>([
        ("name", .name), ("version", .version), ("attributes", .attributes),
        ("droppedAttributesCount", .droppedAttributesCount),
    ])
}

/// The keys of `Span`.
enum SpanField {
    case traceID, spanID, traceState, parentSpanID, flags, name, kind, start, end, attributes, droppedAttributes
    case events, droppedEvents, links, droppedLinks, status

    static let table = KeyTable<SpanField>([
        ("traceId", .traceID), ("spanId", .spanID), ("traceState", .traceState), ("parentSpanId", .parentSpanID),
        ("flags", .flags), ("name", .name), ("kind", .kind), ("startTimeUnixNano", .start),
        ("endTimeUnixNano", .end), ("attributes", .attributes), ("droppedAttributesCount", .droppedAttributes),
        ("events", .events), ("droppedEventsCount", .droppedEvents), ("links", .links),
        ("droppedLinksCount", .droppedLinks), ("status", .status),
    ])
}

/// The keys of a span's `Event`.
enum EventField {
    case time, name, attributes, droppedAttributes

    static let table = KeyTable<EventField>([
        ("timeUnixNano", .time), ("name", .name), ("attributes", .attributes),
        ("droppedAttributesCount", .droppedAttributes),
    ])
}

/// The keys of a span's `Link`.
enum LinkField {
    case traceID, spanID, traceState, flags, attributes, droppedAttributes

    static let table = KeyTable<LinkField>([
        ("traceId", .traceID), ("spanId", .spanID), ("traceState", .traceState), ("attributes", .attributes),
        ("droppedAttributesCount", .droppedAttributes), ("flags", .flags),
    ])
}

/// The keys of `Status`.
enum StatusField {
    case code, message

    static let table = KeyTable<StatusField>([("code", .code), ("message", .message)])
}

/// The keys of `LogRecord`.
enum LogField {
    case time, observedTime, severityNumber, body, attributes, droppedAttributes, traceID, spanID, eventName

    static let table = KeyTable<LogField>([
        ("timeUnixNano", .time), ("observedTimeUnixNano", .observedTime), ("severityNumber", .severityNumber),
        ("body", .body), ("attributes", .attributes), ("droppedAttributesCount", .droppedAttributes),
        ("traceId", .traceID), ("spanId", .spanID), ("eventName", .eventName),
    ])
}

/// The keys of `KeyValue`.
enum KeyValueField {
    case key, value

    static let table = KeyTable<KeyValueField>([("key", .key), ("value", .value)])
}

/// The keys of `AnyValue`.
enum AnyValueField {
    case string, bool, int, double, bytes, array, map

    static let table = KeyTable<AnyValueField>([
        ("stringValue", .string), ("intValue", .int), ("boolValue", .bool), ("doubleValue", .double),
        ("arrayValue", .array), ("kvlistValue", .map), ("bytesValue", .bytes),
    ])
}

/// The one key of `ArrayValue` and `KeyValueList`.
enum ValuesField {
    case values

    static let table = KeyTable<ValuesField>([("values", .values)])
}

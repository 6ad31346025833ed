import Glibc

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
            let word = entries[index].key
            if word.utf8CodeUnitCount == key.count && memcmp(word.utf8Start, start, key.count) == 0 {
                hint = index + 1 < entries.count ? index + 1 : 0
                return entries[index].field
            }
        }
        return nil
    }
}

/// The keys of OTLP's JSON form, each also in the form that printers with original field names write.
///
/// `instrumentationLibrary…` are the names before OTLP 0.19; `batches` is how Grafana Tempo's API calls `resourceSpans`.
enum DocumentField {
    case resourceSpans
    case resourceLogs
    case resourceMetrics

    static let table = KeyTable<DocumentField>([
        ("resourceSpans", .resourceSpans), ("resourceLogs", .resourceLogs), ("resourceMetrics", .resourceMetrics),
        ("resource_spans", .resourceSpans), ("resource_logs", .resourceLogs), ("resource_metrics", .resourceMetrics),
        ("batches", .resourceSpans),
    ])
}

/// The keys of `ResourceSpans` and `ResourceLogs`.
enum ResourceGroupField {
    case resource
    case scopeGroups
    case schemaURL

    static let table = KeyTable<ResourceGroupField>([
        ("resource", .resource), ("scopeSpans", .scopeGroups), ("scopeLogs", .scopeGroups), ("schemaUrl", .schemaURL),
        ("scope_spans", .scopeGroups), ("scope_logs", .scopeGroups), ("schema_url", .schemaURL),
        ("instrumentationLibrarySpans", .scopeGroups), ("instrumentationLibraryLogs", .scopeGroups),
        ("instrumentation_library_spans", .scopeGroups), ("instrumentation_library_logs", .scopeGroups),
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
        ("log_records", .logRecords), ("logs", .logRecords), ("schema_url", .schemaURL),
        ("instrumentationLibrary", .scope), ("instrumentation_library", .scope),
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
        ("droppedAttributesCount", .droppedAttributesCount), ("dropped_attributes_count", .droppedAttributesCount),
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
        ("trace_id", .traceID), ("span_id", .spanID), ("trace_state", .traceState),
        ("parent_span_id", .parentSpanID), ("start_time_unix_nano", .start), ("end_time_unix_nano", .end),
        ("dropped_attributes_count", .droppedAttributes), ("dropped_events_count", .droppedEvents),
        ("dropped_links_count", .droppedLinks),
    ])
}

/// The keys of a span's `Event`.
enum EventField {
    case time, name, attributes, droppedAttributes

    static let table = KeyTable<EventField>([
        ("timeUnixNano", .time), ("name", .name), ("attributes", .attributes),
        ("droppedAttributesCount", .droppedAttributes), ("time_unix_nano", .time),
        ("dropped_attributes_count", .droppedAttributes),
    ])
}

/// The keys of a span's `Link`.
enum LinkField {
    case traceID, spanID, traceState, flags, attributes, droppedAttributes

    static let table = KeyTable<LinkField>([
        ("traceId", .traceID), ("spanId", .spanID), ("traceState", .traceState), ("attributes", .attributes),
        ("droppedAttributesCount", .droppedAttributes), ("flags", .flags),
        ("trace_id", .traceID), ("span_id", .spanID), ("trace_state", .traceState),
        ("dropped_attributes_count", .droppedAttributes),
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
        ("time_unix_nano", .time), ("observed_time_unix_nano", .observedTime), ("severity_number", .severityNumber),
        ("dropped_attributes_count", .droppedAttributes), ("trace_id", .traceID), ("span_id", .spanID),
        ("event_name", .eventName),
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
        ("string_value", .string), ("int_value", .int), ("bool_value", .bool), ("double_value", .double),
        ("array_value", .array), ("kvlist_value", .map), ("bytes_value", .bytes),
    ])
}

/// The one key of `ArrayValue` and `KeyValueList`.
enum ValuesField {
    case values

    static let table = KeyTable<ValuesField>([("values", .values)])
}

import FastJSON
import TraceModel

extension InputFormat {
    package static let otelConsole = documents(
        name: "otel-console", help: "spans and log records as OpenTelemetry's Python console exporters print them",
        what: "a span of a console exporter",
        sniff: { head in
            guard let json = head.json else { return nil }
            if json.has("context", "start_time"), json.innerKeys.contains("trace_id"), !json.has("span_kind") {
                return .signature
            }
            return json.has("body", "severity_number", "trace_id") ? .fields : nil
        },
        read: { value, place, collector in
            if let context = value["context"], let id = context["span_id"]?.string,
                let trace = context["trace_id"]?.string
            {
                collector.add(ConsoleExporter.span(value, trace: trace, id: id, context["trace_state"]?.string))
                return true
            }
            guard value["body"] != nil, value["severity_number"] != nil || value["severity_text"] != nil else {
                return false
            }
            if let log = ConsoleExporter.log(value) { collector.add(log) } else { collector.skippedLog() }
            return true
        })
}

/// Records as the console exporters of OpenTelemetry's Python SDK print them.
///
/// Source: `ReadableSpan.to_json` and `LogRecord.to_json` of opentelemetry-sdk.
private enum ConsoleExporter {
    static func span(_ value: JSONValue, trace: String, id: String, _ state: String?) -> Span {
        var made = ForeignSpan(
            trace: trace, id: id, parent: value["parent_id"]?.string, name: value["name"]?.string ?? "",
            scope: "otel-console")
        made.times(value["start_time"], value["end_time"])
        set(value["attributes"], of: &made)
        made.change { span in
            span.otelKind = kind(value["kind"]?.string)
            // An empty state prints as an empty list.
            span.traceState = state.flatMap { $0 == "[]" ? nil : $0 } ?? ""
            span.status = status(value["status"])
            span.events = (value["events"]?.elements ?? []).map { event in
                SpanEvent(
                    timeUnixNano: ForeignTime.nanos(event["timestamp"], .nanoseconds),
                    name: event["name"]?.string ?? "", attributes: attributes(event["attributes"]))
            }
            span.links = (value["links"]?.elements ?? []).compactMap { link in
                guard let trace = link["context"]?["trace_id"]?.string, let id = link["context"]?["span_id"]?.string
                else { return nil }
                return SpanLink(
                    traceID: ForeignID.trace(trace), spanID: ForeignID.span(id),
                    attributes: attributes(link["attributes"]))
            }
            span.resource = resource(value["resource"])
            let scope = value["instrumentation_scope"] ?? value["instrumentation_info"]
            span.scope = InstrumentationScope(
                name: scope?["name"]?.string ?? "", version: scope?["version"]?.string ?? "")
        }
        return made.finished()
    }

    /// A log record of a span; nil where it names none.
    static func log(_ value: JSONValue) -> SpanLogRecord? {
        guard let trace = value["trace_id"]?.string, let id = value["span_id"]?.string,
            [trace, id].allSatisfy({ $0.contains { $0 != "0" && $0 != "x" } })
        else { return nil }
        var event = SpanEvent(
            timeUnixNano: ForeignTime.nanos(value["timestamp"], .nanoseconds),
            name: value["event_name"]?.string ?? "", attributes: attributes(value["attributes"]), origin: .log)
        event.body = value["body"].flatMap { $0.isNull ? nil : $0.attribute }
        event.severityNumber = value["severity_number"]?.int.flatMap { Int(exactly: $0) }.flatMap { $0 == 0 ? nil : $0 }
        let observed = ForeignTime.nanos(value["observed_timestamp"], .nanoseconds)
        return SpanLogRecord(
            traceID: ForeignID.trace(trace), spanID: ForeignID.span(id),
            event: event.completed(observedUnixNano: observed), resource: resource(value["resource"]),
            scope: InstrumentationScope())
    }

    private static func set(_ value: JSONValue?, of span: inout ForeignSpan) {
        let attributes = attributes(value)
        span.change { $0.attributes += attributes }
    }

    private static func attributes(_ value: JSONValue?) -> [Attribute] {
        (value?.members ?? []).map { Attribute($0.key, $0.value.attribute) }
    }

    private static func resource(_ value: JSONValue?) -> Resource {
        var resource = Resource()
        resource.attributes = attributes(value?["attributes"])
        resource.schemaURL = value?["schema_url"]?.string ?? ""
        return resource
    }

    private static func kind(_ text: String?) -> OTelSpanKind {
        switch text?.split(separator: ".").last {
        case "INTERNAL"?: .internal
        case "SERVER"?: .server
        case "CLIENT"?: .client
        case "PRODUCER"?: .producer
        case "CONSUMER"?: .consumer
        default: .unspecified
        }
    }

    private static func status(_ value: JSONValue?) -> SpanStatus {
        let message = value?["description"]?.string ?? ""
        return switch value?["status_code"]?.string {
        case "OK"?: SpanStatus(.ok, message: message)
        case "ERROR"?: SpanStatus(.error, message: message)
        default: SpanStatus(message: message)
        }
    }
}

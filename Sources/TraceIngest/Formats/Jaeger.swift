import Basics
import FastJSON
import TraceModel

extension InputFormat {
    package static let jaeger = documents(
        name: "jaeger", help: "traces of Jaeger's API and interface (JSON), and its spans one a line",
        what: "a trace of Jaeger",
        sniff: { head in
            guard let json = head.json else { return nil }
            if json.has("data"), json.innerKeys.contains("traceID") { return .signature }
            return json.has("traceID") && (json.has("spans") || json.has("spanID", "operationName")) ? .signature : nil
        },
        read: { value, place, collector in
            let traces = value["data"]?.elements ?? [value]
            guard traces.contains(where: { $0["spans"]?.elements != nil || $0["spanID"]?.string != nil }) else {
                guard let data = value["data"]?.elements, data.isEmpty else { return false }
                return true
            }
            for trace in traces {
                for span in trace["spans"]?.elements ?? [trace] {
                    if let made = Jaeger.span(span, processes: trace["processes"]) {
                        collector.add(made)
                    } else {
                        collector.reject(
                            Rejection(
                                byteOffset: place.offset, line: place.line,
                                reason: "span: no traceID and spanID of text"))
                    }
                }
            }
            return true
        })
}

/// Jaeger's JSON form of spans.
///
/// Source: Jaeger's `model/json`, and its Elasticsearch form, whose process stands in the span.
private enum Jaeger {
    static func span(_ value: JSONValue, processes: JSONValue?) -> Span? {
        guard let trace = value["traceID"]?.filledString, let id = value["spanID"]?.filledString else { return nil }
        let references = value["references"]?.elements ?? []
        let parent = references.first { $0["refType"]?.string == "CHILD_OF" && $0["traceID"]?.string == trace }
        var made = ForeignSpan(
            trace: trace, id: id, parent: (parent?["spanID"] ?? value["parentSpanID"])?.string,
            name: value["operationName"]?.string ?? "", scope: "jaeger")
        made.change { span in
            span.startUnixNano = ForeignTime.nanos(value["startTime"], .microseconds)
            if let start = span.startUnixNano, let duration = ForeignTime.nanos(value["duration"], .microseconds) {
                span.endUnixNano = start.addingIfFits(duration)
            }
            span.scope = InstrumentationScope()
            span.links = references.compactMap { reference in
                guard reference != parent, let trace = reference["traceID"]?.filledString,
                    let id = reference["spanID"]?.filledString
                else { return nil }
                return SpanLink(traceID: ForeignID.trace(trace), spanID: ForeignID.span(id))
            }
            span.events = (value["logs"]?.elements ?? []).map { log in
                var fields = tags(log["fields"])
                let name = fields.firstIndex { $0.key == "event" }.map { fields.remove(at: $0).value.stringValue ?? "" }
                return SpanEvent(
                    timeUnixNano: ForeignTime.nanos(log["timestamp"], .microseconds), name: name ?? "log",
                    attributes: fields)
            }
            let process = value["process"] ?? value["processID"]?.string.flatMap { processes?[$0] }
            if let service = process?["serviceName"]?.string {
                span.resource.attributes.append(Attribute("service.name", .string(service)))
            }
            span.resource.attributes += tags(process?["tags"] ?? process?["tag"])
            span.adopt(tags(value["tags"]) + tags(value["tag"]))
            for warning in value["warnings"]?.elements?.compactMap(\.string) ?? [] {
                span.attributes.append(Attribute("jaeger.warning", .string(warning)))
            }
        }
        return made.finished()
    }

    /// Tags as a list of `{key, type, value}`, or as an object.
    private static func tags(_ value: JSONValue?) -> [Attribute] {
        if let members = value?.members { return members.map { Attribute($0.key, $0.value.attribute) } }
        return (value?.elements ?? []).compactMap { tag in
            guard let key = tag["key"]?.string, let value = tag["value"] else { return nil }
            guard let text = value.string else { return Attribute(key, value.attribute) }
            switch tag["type"]?.string {
            case "int64"?: return Attribute(key, Int64(text).map { .int($0) } ?? .string(text))
            case "float64"?: return Attribute(key, Double(text).map { .double($0) } ?? .string(text))
            case "bool"?: return Attribute(key, .bool(text == "true"))
            case "binary"?:
                let bytes = Array(text.utf8).withUnsafeBytes { Base64.decode($0, .urlSafe) }
                return Attribute(key, bytes.map { .bytes($0) } ?? .string(text))
            default: return Attribute(key, value.attribute)
            }
        }
    }
}

extension Span {
    /// Takes the tags of Jaeger's and Zipkin's model, where what is no attribute in OpenTelemetry stands among them.
    mutating func adopt(_ tags: [Attribute]) {
        var code = SpanStatus.Code.unset
        for tag in tags {
            let text = tag.value.stringValue
            switch tag.key {
            case "span.kind":
                let kinds: [String: OTelSpanKind] = [
                    "internal": .internal, "server": .server, "client": .client, "producer": .producer,
                    "consumer": .consumer,
                ]
                otelKind = text.flatMap { kinds[$0.lowercased()] } ?? otelKind
            case "otel.status_code": code = text == "ERROR" ? .error : text == "OK" ? .ok : code
            case "otel.status_description": status.message = text ?? ""
            case "otel.scope.name", "otel.library.name": scope.name = text ?? ""
            case "otel.scope.version", "otel.library.version": scope.version = text ?? ""
            case "w3c.tracestate": traceState = text ?? ""
            case "internal.span.format": break
            case "error":
                if tag.value.boolValue != false { code = .error }
                if let text, Bool(text) == nil { status.message = status.message.isEmpty ? text : status.message }
                attributes.append(tag)
            default: attributes.append(tag)
            }
        }
        status.code = code
    }
}

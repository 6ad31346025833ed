import Basics
import FastJSON
import TraceModel

extension InputFormat {
    package static let zipkin = documents(
        name: "zipkin", help: "spans of Zipkin (JSON, version 2): a list, a list of traces, or one a line",
        what: "a span of Zipkin",
        sniff: { head in
            guard let json = head.json, json.has("traceId", "id") else { return nil }
            guard !json.has("spanId"), !json.has("startTime") else { return nil }
            return json.has("localEndpoint") || json.has("annotations")
                ? .signature
                : json.has("timestamp", "duration", "name") && !json.has("type") ? .fields : nil
        },
        read: { value, place, collector in
            let spans = value.elements ?? [value]
            guard spans.isEmpty || spans.contains(where: { $0["traceId"]?.string != nil && $0["id"] != nil }) else {
                return false
            }
            for value in spans {
                guard let trace = value["traceId"]?.filledString, let id = value["id"]?.filledString else {
                    collector.reject(
                        Rejection(byteOffset: place.offset, line: place.line, reason: "span: no traceId and id of text")
                    )
                    continue
                }
                collector.add(zipkinSpan(value, trace: trace, id: id))
            }
            return true
        })
}

/// A span of Zipkin's JSON, version 2.
///
/// A shared span is the server's half of one that client and server report under one id; its kind tells them apart.
/// Source: Zipkin's `zipkin2-api.yaml`.
private func zipkinSpan(_ value: JSONValue, trace: String, id: String) -> Span {
    var made = ForeignSpan(
        trace: trace, id: id, parent: value["parentId"]?.string, name: value["name"]?.string ?? "", scope: "zipkin")
    made.change { span in
        span.startUnixNano = ForeignTime.nanos(value["timestamp"], .microseconds)
        if let start = span.startUnixNano, let duration = ForeignTime.nanos(value["duration"], .microseconds) {
            span.endUnixNano = start.addingIfFits(duration)
        }
        span.scope = InstrumentationScope()
        let local = value["localEndpoint"]
        if let service = local?["serviceName"]?.filledString {
            span.resource.attributes.append(Attribute("service.name", .string(service)))
        }
        for (key, name) in [("ipv4", "net.host.ip"), ("ipv6", "net.host.ip"), ("port", "net.host.port")] {
            span.resource.attributes.add(name, local?[key])
        }
        let remote = value["remoteEndpoint"]
        for (key, name) in [("serviceName", "peer.service"), ("ipv4", "net.peer.ip"), ("port", "net.peer.port")] {
            span.attributes.add(name, remote?[key])
        }
        let kind = value["kind"]?.string.map { [Attribute("span.kind", .string($0))] } ?? []
        span.adopt(kind + (value["tags"]?.members ?? []).map { Attribute($0.key, $0.value.attribute) })
        span.events = (value["annotations"]?.elements ?? []).map { annotation in
            SpanEvent(
                timeUnixNano: ForeignTime.nanos(annotation["timestamp"], .microseconds),
                name: annotation["value"]?.string ?? "")
        }
    }
    return made.finished()
}

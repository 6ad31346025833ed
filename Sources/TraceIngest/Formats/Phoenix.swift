import FastJSON
import TraceModel

extension InputFormat {
    package static let phoenix = documents(
        name: "phoenix", help: "spans of Arize Phoenix: lines, lists, answers of its API, data frames as JSON records",
        what: "a span of Phoenix",
        sniff: { head in
            guard let json = head.json else { return nil }
            let keys = json.has("data") ? json.innerKeys : json.keys
            let isNamed = keys.contains("context.span_id") || keys.contains("context")
            return isNamed && keys.contains("span_kind") && keys.contains("start_time") ? .signature : nil
        },
        read: { value, place, collector in
            let spans = value["data"]?.elements ?? value.elements ?? [value]
            var isOurs = value["data"] != nil && spans.isEmpty
            for span in spans where span["span_kind"] != nil || span["context"] != nil || span["context.span_id"] != nil
            {
                isOurs = true
                if let made = phoenixSpan(span) {
                    collector.add(made)
                } else {
                    collector.reject(
                        Rejection(byteOffset: place.offset, line: place.line, reason: "span: no ids in its context"))
                }
            }
            return isOurs
        })
}

/// A span of Phoenix, whose attributes are those of OpenInference, nested or flat.
private func phoenixSpan(_ value: JSONValue) -> Span? {
    let context = value["context"]
    guard let trace = (context?["trace_id"] ?? value["context.trace_id"])?.filledString,
        let id = (context?["span_id"] ?? value["context.span_id"])?.filledString
    else { return nil }
    var made = ForeignSpan(
        trace: trace, id: id, parent: value["parent_id"]?.string, name: value["name"]?.string ?? "", scope: "phoenix",
        idName: "phoenix.span.id")
    made.times(value["start_time"], value["end_time"])
    made.change { $0.scope = InstrumentationScope() }
    made.setOpenInference(value["attributes"] ?? .null)
    // A data frame has a column for each attribute.
    for member in value.members ?? [] where member.key.hasPrefix("attributes.") && !member.value.isNull {
        made.setOpenInference(.object([JSONMember(String(member.key.dropFirst("attributes.".count)), member.value)]))
    }
    made.set("openinference.span.kind", value["span_kind"])
    made.change { span in
        switch value["status_code"]?.string {
        case "ERROR"?: span.status.code = .error
        case "OK"?: span.status.code = .ok
        default: break
        }
        span.status.message = value["status_message"]?.string ?? ""
        span.events = (value["events"]?.unpacked.elements ?? []).map { event in
            SpanEvent(
                timeUnixNano: ForeignTime.nanos(event["timestamp"], .milliseconds), name: event["name"]?.string ?? "",
                attributes: (event["attributes"]?.members ?? []).map { Attribute($0.key, $0.value.attribute) })
        }
    }
    return made.finished()
}

extension ForeignSpan {
    /// Attributes that hold JSON text and are no groups of attributes.
    private static let textNames: Set<String> = [
        "metadata", "llm.invocation_parameters", "invocation_parameters", "input.value", "output.value", "arguments",
        "json_schema", "parameters", "llm.prompt_template.variables",
    ]

    /// Adds attributes of OpenInference under their flat names, whether they are nested or not.
    fileprivate mutating func setOpenInference(_ attributes: JSONValue) {
        var open = [("", attributes)]
        while let (prefix, value) = open.popLast() {
            let children: [(String, JSONValue)]
            if let members = value.members {
                children = members.map { ($0.key, $0.value) }
            } else {
                children = (value.elements ?? []).enumerated().map { (String($0.offset), $0.element) }
            }
            for (key, child) in children.reversed() {
                let name = prefix.isEmpty ? key : prefix + "." + key
                let isText = Self.textNames.contains(name) || Self.textNames.contains(key)
                let isGroup =
                    child.members.map { !$0.isEmpty }
                    ?? child.elements.map { $0.contains { $0.members != nil } } ?? false
                if isGroup && !isText { open.append((name, child)) } else { set(name, child) }
            }
        }
    }
}

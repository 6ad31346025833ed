import Basics
import FastJSON
import TraceModel

extension InputFormat {
    package static let langfuse = documents(
        name: "langfuse",
        help: "exports of Langfuse: {trace, observations}, answers of its API, lines of its blob export",
        what: "a trace or an observation of Langfuse",
        sniff: { head in
            guard let json = head.json else { return nil }
            // A long trace leaves its observations outside of what is looked at.
            if json.has("trace"), json.has("observations") || json.innerKeys.contains("projectId") {
                return .signature
            }
            func has(_ keys: Set<String>) -> Bool {
                let isObservation =
                    !keys.isDisjoint(with: [
                        "parentObservationId", "parent_observation_id", "usageDetails", "usage_details",
                    ])
                    && !keys.isDisjoint(with: ["traceId", "trace_id"])
                let isTrace =
                    !keys.isDisjoint(with: ["projectId", "project_id"])
                    && !keys.isDisjoint(with: ["sessionId", "session_id", "userId", "user_id"])
                    && keys.contains("timestamp")
                return isObservation || isTrace
            }
            if has(json.keys) { return .fields }
            return json.has("data") && has(json.innerKeys) ? .fields : nil
        },
        read: { value, place, collector in LangfuseExport(collector, place).read(value) })
}

/// Reads what Langfuse exports, in camel or in snake case.
///
/// The attributes of OpenTelemetry that an observation came from stand in its metadata and become attributes again;
/// what Langfuse itself states gets the names that its own SDK writes.
private struct LangfuseExport {
    let collector: BatchCollector
    let place: DocumentPlace

    init(_ collector: BatchCollector, _ place: DocumentPlace) {
        self.collector = collector
        self.place = place
    }

    func read(_ value: JSONValue) -> Bool {
        if let data = value["data"]?.elements { return data.allSatisfy(readRecord) }
        return readRecord(value["data"]?.members == nil ? value : value["data"] ?? value)
    }

    /// Reads a trace with its observations, a lone trace, or a lone observation.
    private func readRecord(_ value: JSONValue) -> Bool {
        let trace = value["trace"]?.members == nil ? nil : value["trace"]
        let listed = (value["observations"] ?? trace?["observations"])?.unpacked.elements
        if let observations = listed?.filter({ $0.members != nil }), trace != nil || !observations.isEmpty {
            readTrace(trace ?? value, observations)
            return true
        }
        if value.field("traceId") != nil, value["startTime"] ?? value["start_time"] != nil {
            add(value, of: nil, isRoot: false)
            return true
        }
        guard value["id"]?.string != nil, value["timestamp"] != nil, value["name"] != nil || value["input"] != nil
        else { return false }
        readTrace(value, [])
        return true
    }

    private func readTrace(_ trace: JSONValue, _ observations: [JSONValue]) {
        let ids = Set(observations.compactMap { $0["id"]?.string })
        let roots = observations.filter { observation in
            observation.field("parentObservationId")?.string.map { !ids.contains($0) } ?? true
        }
        let root = roots.count == 1 ? roots.first : nil
        for observation in observations { add(observation, of: trace, isRoot: observation == root) }
        guard observations.isEmpty, let id = trace["id"]?.filledString else { return }
        // A trace alone: what is known of it stands on a span of its own.
        var made = ForeignSpan(
            trace: id, id: "langfuse trace " + id, name: trace["name"]?.string ?? "trace", scope: "langfuse")
        made.times(trace["timestamp"], nil)
        if let start = made.span.startUnixNano, let seconds = trace["latency"]?.double, seconds > 0 {
            made.change { $0.endUnixNano = ForeignTime.nanos(.double(seconds), .seconds).flatMap(start.addingIfFits) }
        }
        describe(trace, &made, isRoot: true)
        collector.add(made.finished())
    }

    private func add(_ value: JSONValue, of trace: JSONValue?, isRoot: Bool) {
        guard let traceID = (value.field("traceId") ?? trace?["id"])?.filledString, let id = value["id"]?.filledString
        else {
            collector.reject(
                Rejection(byteOffset: place.offset, line: place.line, reason: "observation: no id or no traceId"))
            return
        }
        var made = ForeignSpan(
            trace: traceID, id: id, parent: value.field("parentObservationId")?.string,
            name: value["name"]?.string ?? "", scope: "langfuse", idName: "langfuse.observation.id")
        made.times(value.field("startTime"), value.field("endTime"))
        let metadata = value["metadata"]?.unpacked ?? .null
        restore(metadata, &made)
        let type = value["type"]?.string?.lowercased()
        // What the source itself says of the kind counts before Langfuse's reading of it.
        if !Self.kindNames.contains(where: made.has) { made.set("langfuse.observation.type", type) }
        if type == "tool", !made.has("gen_ai.tool.name") { made.set("gen_ai.tool.name", value["name"]) }
        if type == "agent", !made.has("gen_ai.agent.name") { made.set("gen_ai.agent.name", value["name"]) }
        for (name, key) in Self.names where value.field(key)?.isVoid == false { made.set(name, value.field(key)) }
        made.set("langfuse.observation.input", value["input"].map(Self.text))
        made.set("langfuse.observation.output", value["output"].map(Self.text))
        if value.field("completionStartTime") == nil {
            made.set("gen_ai.response.time_to_first_chunk", value.field("timeToFirstToken"))
        }
        if type == "generation" || type == "embedding" { addCalls(value, &made) }
        if value["level"]?.string == "ERROR" { made.fail(value.field("statusMessage")?.string) }
        describe(trace ?? value, &made, isRoot: isRoot)
        for (index, score) in (trace?["scores"]?.elements ?? []).enumerated() {
            let target = score.field("observationId")?.string
            guard target == nil ? isRoot : target == id else { continue }
            for (key, name) in [
                ("name", "name"), ("value", "score"), ("stringValue", "label"), ("comment", "explanation"),
            ] {
                made.set("evaluations.\(index).evaluation.\(name)", score.field(key))
            }
        }
        collector.add(made.finished())
    }

    /// Sources of the kind that the original attributes may have.
    private static let kindNames = [
        "langfuse.observation.type", "openinference.span.kind", "gen_ai.operation.name", "ai.operationId",
        "traceloop.span.kind",
    ]

    private static let names = [
        ("langfuse.observation.model.name", "model"), ("langfuse.observation.model.name", "providedModelName"),
        ("langfuse.observation.model.parameters", "modelParameters"),
        ("langfuse.observation.usage_details", "usageDetails"), ("langfuse.observation.usage_details", "usage"),
        ("langfuse.observation.cost_details", "costDetails"),
        ("langfuse.observation.completion_start_time", "completionStartTime"),
        ("langfuse.observation.level", "level"), ("langfuse.observation.status_message", "statusMessage"),
        ("langfuse.observation.prompt.name", "promptName"), ("langfuse.observation.prompt.version", "promptVersion"),
        ("langfuse.environment", "environment"), ("langfuse.version", "version"),
        ("langfuse.observation.cost_details", "calculatedTotalCost"),
    ]

    /// A text in JSON loses the quotation marks that make it one; all else stays as it is.
    private static func text(_ value: JSONValue) -> JSONValue {
        guard value.string?.hasPrefix("\"") == true, case .string(let inner) = value.unpacked else {
            return value.isVoid ? .null : value
        }
        return .string(inner)
    }

    /// Puts the original attributes, resource and scope back; what else is in the metadata keeps Langfuse's name.
    private func restore(_ metadata: JSONValue, _ made: inout ForeignSpan) {
        for member in metadata.members ?? [] {
            let value = member.value.unpacked
            switch member.key {
            case "attributes" where value.members != nil: made.setAll(value)
            case "resourceAttributes" where value.members != nil:
                let attributes = (value.members ?? []).map { Attribute($0.key, $0.value.attribute) }
                made.change { $0.resource.attributes = attributes }
            case "scope" where value["name"] != nil:
                made.change { span in
                    span.scope.name = value["name"]?.filledString ?? span.scope.name
                    span.scope.version = value["version"]?.string ?? ""
                }
            default: made.set("langfuse.observation.metadata." + member.key, member.value)
            }
        }
    }

    /// Tools that a generation calls, where its output does not show them.
    private func addCalls(_ value: JSONValue, _ made: inout ForeignSpan) {
        guard value["output"]?.isVoid != false, let calls = value.field("toolCalls")?.elements, !calls.isEmpty else {
            return
        }
        let names = value.field("toolCallNames")?.elements ?? []
        let parts = calls.enumerated().map { index, call in
            let call = call.unpacked
            return AtifContent.call(
                id: call["id"], name: call["name"] ?? (names.indices.contains(index) ? names[index] : nil),
                arguments: call["arguments"]?.unpacked)
        }
        made.set("gen_ai.output.messages", JSONValue.array([AtifContent.message("assistant", parts)]))
    }

    /// What is stated of the whole trace: session and user on every span, the rest on its root.
    private func describe(_ trace: JSONValue, _ made: inout ForeignSpan, isRoot: Bool) {
        made.set("session.id", trace.field("sessionId"))
        made.set("user.id", trace.field("userId"))
        guard isRoot else { return }
        made.set("langfuse.trace.name", trace["name"])
        for key in ["tags", "release", "version"] where trace[key]?.isVoid == false {
            made.set("langfuse.trace." + key, trace[key])
        }
        for key in ["input", "output"] where !made.has("langfuse.observation." + key) {
            made.set("langfuse.trace." + key, trace[key].map(Self.text))
        }
        for member in trace["metadata"]?.unpacked.members ?? []
        where !["attributes", "resourceAttributes", "scope"].contains(member.key) {
            made.set("langfuse.trace.metadata." + member.key, member.value)
        }
    }
}

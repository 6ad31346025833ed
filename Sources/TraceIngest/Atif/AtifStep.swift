import Basics
import FastJSON
import TraceDialect
import TraceModel

/// Reads one step of a trajectory into the attributes of its span and of those of its tool calls.
struct AtifStep {
    /// A tool call, or a result that belongs to none.
    struct Child {
        var id: SpanID
        var name: String
        var callID: String?
        var times = AtifTimes()
        var attributes: [Attribute]
        var hasResult = false
    }

    let fields: AtifObject
    let metrics: AtifObject
    let number: Int
    let isAgent: Bool
    /// The model of the agent, which answers where a step names no other.
    var inheritedModel: JSONValue?

    private(set) var attributes: [Attribute]
    private(set) var children: [Child] = []
    /// What the next model call reads of this step.
    private(set) var messages: [JSONValue] = []
    private(set) var owners: [(name: String, id: SpanID)] = []
    private(set) var faults: [String] = []
    private var callParts: [JSONValue] = []
    /// Calls without a result: by their ids, last first, and the first that may have none.
    private var openCalls: [String: [Int]] = [:]
    private var firstOpen = 0
    private var callIDs: Set<String> = []

    init(_ fields: AtifObject, _ metrics: AtifObject, number: Int, isAgent: Bool) {
        self.fields = fields
        self.metrics = metrics
        self.number = number
        self.isAgent = isAgent
        attributes = [Attribute(AtifAttribute.step, .int(Int64(number)))]
    }

    /// Whether a model was called for it in this trajectory.
    var isModelCall: Bool {
        isAgent && fields["llm_call_count"]?.int != 0 && fields["is_copied_context"] != true
    }

    var name: String {
        guard isAgent else { return fields["source"]?.string ?? "system" }
        guard isModelCall else { return "agent_step" }
        return ["chat", (fields["model_name"] ?? inheritedModel)?.string].compactMap { $0 }.joined(separator: " ")
    }

    /// What the producer noted of both ends, else the timestamp as the start.
    var times: AtifTimes {
        let noted = AtifTimes(fields["extra"])
        return noted.start == nil ? AtifTimes(start: fields["timestamp"]?.string.flatMap(ISOTime.nanos)) : noted
    }

    // MARK: Tools

    mutating func readCalls(_ nextID: () -> SpanID) {
        guard let calls = fields["tool_calls"]?.elements else { return }
        attributes.append(Attribute(AtifAttribute.calls, .int(Int64(calls.count))))
        for (index, value) in calls.enumerated() {
            guard value.members != nil else {
                faults.append("tool call \(index) is no object")
                continue
            }
            let call = AtifObject(value, .call)
            faults += call.faults.map { "tool call \(index): " + $0 }
            let name = call["function_name"]?.string
            var child = Child(
                id: nextID(), name: "execute_tool" + (name.map { " " + $0 } ?? ""),
                callID: call["tool_call_id"]?.string,
                attributes: [
                    Attribute("gen_ai.operation.name", .string("execute_tool")),
                    Attribute(AtifAttribute.step, .int(Int64(number))),
                    Attribute(AtifAttribute.callIndex, .int(Int64(index))),
                ])
            child.times = AtifTimes(call["extra"])
            child.attributes.add("gen_ai.tool.name", call["function_name"])
            child.attributes.add("gen_ai.tool.call.id", call["tool_call_id"])
            child.attributes.add("gen_ai.tool.call.arguments", call["arguments"])
            child.attributes.add(AtifAttribute.callExtra, call["extra"])
            child.attributes += call.remainder(nulls: AtifAttribute.callNulls, invalid: AtifAttribute.callInvalid)
            children.append(child)
            callParts.append(
                AtifContent.call(
                    id: call["tool_call_id"], name: call["function_name"], arguments: call["arguments"]))
        }
    }

    mutating func readObservation(_ nextID: () -> SpanID) {
        if !isAgent { messages.append(ownMessage()) }
        for (index, child) in children.enumerated().reversed() {
            guard let id = child.callID else { continue }
            openCalls[id, default: []].append(index)
            callIDs.insert(id)
        }
        guard let value = fields["observation"] else { return }
        let observation = AtifObject(value, .observation)
        faults += observation.faults.map { "observation: " + $0 }
        let results = observation["results"]?.elements ?? []
        attributes.append(Attribute(AtifAttribute.results, .int(Int64(results.count))))
        attributes += observation.remainder(
            nulls: AtifAttribute.observationNulls, invalid: AtifAttribute.observationInvalid)
        for (index, value) in results.enumerated() {
            guard value.members != nil else {
                faults.append("result \(index) is no object")
                continue
            }
            readResult(value, index, nextID)
        }
    }

    private mutating func readResult(_ value: JSONValue, _ index: Int, _ nextID: () -> SpanID) {
        var result = AtifObject(value, .result)
        if let source = result["source_call_id"]?.string, !callIDs.contains(source) {
            result.refuse("source_call_id", "source_call_id names no tool call of this step")
        }
        faults += result.faults.map { "result \(index): " + $0 }
        let place = child(for: result["source_call_id"]?.string, nextID)
        let content = result["content"]
        let isObservation = children[place].name == "observation"
        children[place].hasResult = true
        var attributes = [Attribute(AtifAttribute.resultIndex, .int(Int64(index)))]
        attributes.add(isObservation ? "output.value" : "gen_ai.tool.call.result", content)
        if content?.elements != nil { attributes.append(Attribute(AtifAttribute.resultIsList, .bool(true))) }
        attributes.add(AtifAttribute.resultSource, result["source_call_id"])
        attributes.add(AtifAttribute.resultExtra, result["extra"])
        attributes.add(AtifAttribute.resultReferences, result["subagent_trajectory_ref"])
        children[place].attributes +=
            attributes + result.remainder(nulls: AtifAttribute.resultNulls, invalid: AtifAttribute.resultInvalid)
        if let content { messages.append(AtifContent.answer(id: children[place].callID, content: content)) }
        for reference in result["subagent_trajectory_ref"]?.elements ?? [] {
            let fields = AtifObject(reference, .reference)
            for key in ["trajectory_id", "session_id", "trajectory_path"] {
                if let name = fields[key]?.string { owners.append((name, children[place].id)) }
            }
        }
    }

    /// The call that a result belongs to: the one it names, else the first that has none; else a span of its own.
    private mutating func child(for source: String?, _ nextID: () -> SpanID) -> Int {
        while firstOpen < children.count, children[firstOpen].hasResult { firstOpen += 1 }
        var found = source == nil && firstOpen < children.count ? firstOpen : nil
        if let source {
            while found == nil, let next = openCalls[source]?.popLast() {
                if !children[next].hasResult { found = next }
            }
        }
        if let found { return found }
        children.append(
            Child(
                id: nextID(), name: "observation",
                attributes: [Attribute(AtifAttribute.step, .int(Int64(number)))], hasResult: true))
        return children.count - 1
    }

    // MARK: The step itself

    private mutating func ownMessage() -> JSONValue {
        let parts = AtifContent.parts(fields["message"], &faults)
        return AtifContent.message(isAgent ? "assistant" : fields["source"]?.string ?? "system", parts)
    }

    /// Adds the rest of the attributes; `pending` is what was said since the last model call.
    mutating func complete(pending: [JSONValue]) {
        if isAgent {
            addOutput(pending)
        } else if let message = messages.first {
            attributes.add("gen_ai.input.messages", .array([message]))
        }
        if fields["message"]?.elements != nil {
            attributes.append(Attribute(AtifAttribute.messageIsList, .bool(true)))
        }
        attributes.add(AtifAttribute.source, fields["source"])
        attributes.add(AtifAttribute.timestamp, fields["timestamp"])
        attributes.add(AtifAttribute.llmCallCount, fields["llm_call_count"])
        attributes.add(AtifAttribute.isCopied, fields["is_copied_context"])
        attributes.add(AtifAttribute.extra, fields["extra"])
        attributes += fields.remainder(nulls: AtifAttribute.nulls, invalid: AtifAttribute.invalid)
    }

    private mutating func addOutput(_ pending: [JSONValue]) {
        attributes.insert(
            Attribute("gen_ai.operation.name", .string(isModelCall ? "chat" : "agent_step")), at: 0)
        attributes.add("gen_ai.request.model", fields["model_name"] ?? inheritedModel)
        if fields["model_name"] == nil && inheritedModel != nil {
            attributes.append(Attribute(AtifAttribute.modelIsInherited, .bool(true)))
        }
        if !pending.isEmpty { attributes.add("gen_ai.input.messages", .array(pending)) }
        let reasoning = fields["reasoning_content"]?.string.map { [AtifContent.reasoning($0)] } ?? []
        let parts = reasoning + AtifContent.parts(fields["message"], &faults) + callParts
        attributes.add("gen_ai.output.messages", .array([AtifContent.message("assistant", parts)]))
        if isModelCall {
            attributes.add("gen_ai.usage.input_tokens", metrics["prompt_tokens"])
            attributes.add("gen_ai.usage.output_tokens", metrics["completion_tokens"])
            attributes.add("gen_ai.usage.cache_read.input_tokens", metrics["cached_tokens"])
            attributes.add("gen_ai.usage.cost", metrics["cost_usd"])
        }
        attributes.add(AtifAttribute.metrics, fields["metrics"].flatMap { _ in .object(metrics.allowed) })
        if !metrics.invalid.isEmpty {
            attributes.add(AtifAttribute.metricsInvalid, JSONValue.object(metrics.invalid))
        }
        attributes.add(AtifAttribute.reasoningEffort, fields["reasoning_effort"])
    }
}

/// Times that producers note in the `extra` of trajectories, steps and calls, beyond the one timestamp of a step.
struct AtifTimes {
    var start: Int64?
    var end: Int64?
}

extension AtifTimes {
    /// Reads what this program's own export notes, or NeMo's toolkit; nothing where neither did.
    init(_ extra: JSONValue?) {
        self.init()
        if let own = extra?["spandrel"], let start = own["start_unix_nano"]?.string.flatMap({ Int64($0) }) {
            self.start = start
            if let duration = own["duration_nanos"]?.string.flatMap({ Int64($0) }) {
                self.end = start.addingIfFits(duration)
            }
            return
        }
        let invocation = extra?["invocation"]
        guard let start = invocation?["start_timestamp"]?.double.flatMap({ OutsideNumber.time(unixSeconds: $0) }),
            let end = invocation?["end_timestamp"]?.double.flatMap({ OutsideNumber.time(unixSeconds: $0) })
        else { return }
        self.start = start
        self.end = end
    }
}

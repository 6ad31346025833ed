import FastJSON
import TraceModel

/// Writes one step of a trajectory again, out of the attributes of its span and of those of its calls and results.
struct AtifStepRestorer {
    private let step: AtifRecord?
    private let calls: [[Attribute]]
    private let results: [[Attribute]]
    private(set) var invalidCount = 0

    /// `step` is nil where only calls or results of the step are at hand.
    init(_ step: [Attribute]?, children: [[Attribute]]) {
        self.step = step.map { AtifRecord($0, nulls: AtifAttribute.nulls) }
        calls = Self.ordered(children, by: AtifAttribute.callIndex)
        results = Self.ordered(children, by: AtifAttribute.resultIndex)
    }

    private static func ordered(_ children: [[Attribute]], by name: String) -> [[Attribute]] {
        let numbered = children.compactMap { attributes in
            AtifRecord(attributes, nulls: "").int(name).map { (index: $0, attributes: attributes) }
        }
        return numbered.sorted { $0.index < $1.index }.map(\.attributes)
    }

    mutating func value(id: Int) -> JSONValue {
        var members = AtifMembers()
        members.add("step_id", int: Int64(id))
        let record = step ?? AtifRecord([], nulls: "")
        let isAgent = step == nil || record.text(AtifAttribute.source, "source") == .some("agent")
        members.add("timestamp", record.text(AtifAttribute.timestamp, "timestamp"))
        members.add(
            "source",
            isAgent ? "agent" : record.text(AtifAttribute.source, "source") ?? "system")
        let name = isAgent ? "gen_ai.output.messages" : "gen_ai.input.messages"
        let parts = (record.list(name, "")?[0]?["parts"]?.elements ?? [])
        members.add("message", message(parts, isList: record.truth(AtifAttribute.messageIsList)))
        addAgentMembers(record, parts, isAgent: isAgent, to: &members)
        members.add("observation", observation(record))
        members.add("is_copied_context", record.scalar(AtifAttribute.isCopied, "is_copied_context"))
        members.add("extra", record.object(AtifAttribute.extra, "extra"))
        invalidCount += record.invalidCount(
            AtifAttribute.invalid, AtifAttribute.metricsInvalid, AtifAttribute.observationInvalid)
        return members.value
    }

    private mutating func addAgentMembers(
        _ record: AtifRecord, _ parts: [JSONValue], isAgent: Bool, to members: inout AtifMembers
    ) {
        let inherits = record.truth(AtifAttribute.modelIsInherited)
        let model = record.text("gen_ai.request.model", "model_name")
        members.add("model_name", inherits && model?.string != nil ? .none : model)
        members.add("reasoning_effort", record.scalar(AtifAttribute.reasoningEffort, "reasoning_effort"))
        if record.nulls.contains("reasoning_content") {
            members.add("reasoning_content", JSONValue.null)
        } else if isAgent {
            members.add("reasoning_content", parts.first { $0["type"] == "reasoning" }?["content"])
        }
        if record.nulls.contains("tool_calls") {
            members.add("tool_calls", JSONValue.null)
        } else if record.int(AtifAttribute.calls) != nil || !calls.isEmpty {
            members.add("tool_calls", .array(calls.map { call($0) }))
        }
        members.add("metrics", record.object(AtifAttribute.metrics, "metrics"))
        let count = record.scalar(AtifAttribute.llmCallCount, "llm_call_count")
        // Without a model there must be a call, which may not be part of what is exported.
        members.add("llm_call_count", count?.int == 0 && calls.isEmpty ? .none : count)
    }

    private func message(_ parts: [JSONValue], isList: Bool) -> JSONValue {
        let content = parts.compactMap(Self.contentPart)
        if isList { return .array(content) }
        return .string(content.lazy.compactMap { $0["text"]?.string }.first ?? "")
    }

    /// A text, an image or a sound of a message; nil for reasoning, calls, and what the format does not allow.
    private static func contentPart(_ part: JSONValue) -> JSONValue? {
        switch part["type"]?.string {
        case "text": AtifContentPart.text(part["content"]?.string ?? "")
        case "uri":
            AtifContentPart.media(
                part["mime_type"]?.string, path: part["uri"]?.string ?? "", duration: part["duration_sec"])
        default: .none
        }
    }

    // MARK: Calls and results

    private mutating func call(_ attributes: [Attribute]) -> JSONValue {
        let record = AtifRecord(attributes, nulls: AtifAttribute.callNulls)
        invalidCount += record.invalidCount(AtifAttribute.callInvalid)
        var members = AtifMembers()
        members.add("tool_call_id", record.text("gen_ai.tool.call.id", "tool_call_id") ?? "unknown")
        members.add("function_name", record.text("gen_ai.tool.name", "function_name") ?? "unknown")
        members.add("arguments", record.object("gen_ai.tool.call.arguments", "arguments") ?? .object([]))
        members.add("extra", record.object(AtifAttribute.callExtra, "extra"))
        return members.value
    }

    private mutating func observation(_ record: AtifRecord) -> JSONValue? {
        if record.nulls.contains("observation") { return JSONValue.null }
        guard record.int(AtifAttribute.results) != nil || !results.isEmpty else { return .none }
        let callIDs = Set(calls.compactMap { $0.value(of: "gen_ai.tool.call.id")?.stringValue })
        var members = AtifMembers()
        members.add("results", .array(results.map { result($0, callIDs) }))
        return members.value
    }

    private mutating func result(_ attributes: [Attribute], _ callIDs: Set<String>) -> JSONValue {
        let record = AtifRecord(attributes, nulls: AtifAttribute.resultNulls)
        invalidCount += record.invalidCount(AtifAttribute.resultInvalid)
        var members = AtifMembers()
        let source = record.text(AtifAttribute.resultSource, "source_call_id")
        // A result may name calls of its own step only, as far as they are part of what is exported.
        members.add("source_call_id", source?.string.map { callIDs.contains($0) } == false ? .some(.null) : source)
        let name = ["gen_ai.tool.call.result", "output.value"].first { attributes.value(of: $0) != nil } ?? ""
        if record.truth(AtifAttribute.resultIsList), let list = record.list(name, "content")?.elements {
            members.add("content", .array(list.filter(AtifContentPart.isValid)))
        } else {
            members.add("content", record.text(name, "content"))
        }
        members.add(
            "subagent_trajectory_ref",
            record.list(AtifAttribute.resultReferences, "subagent_trajectory_ref"))
        members.add("extra", record.object(AtifAttribute.resultExtra, "extra"))
        return members.value
    }
}

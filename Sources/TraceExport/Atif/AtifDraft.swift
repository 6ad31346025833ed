import Basics
import FastJSON
import TraceModel

/// A step of a trajectory before it has its number.
struct AtifDraft {
    enum Source: String {
        case system, user, agent
    }

    struct Call {
        var id: String?
        var name: String
        var arguments: JSONValue
        var extra: AtifMembers = AtifMembers()
        var result: Result?
    }

    /// What came of a call, or came without one.
    struct Result {
        var content: String?
        /// The trajectories of the agents that it started, by their ids.
        var started: [String] = []
        var extra = AtifMembers()
    }

    var source: Source
    /// Where it belongs: the place of its span in the trace, in order of time.
    var position: Int
    var message: JSONValue = ""
    var startUnixNano: Int64?
    var model: String?
    var reasoning: String?
    var calls: [Call] = []
    var looseResults: [Result] = []
    var metrics: AtifFigures?
    /// Nil where it is not known, as with steps that only a later input tells of.
    var llmCallCount: Int64?
    var extra = AtifMembers()

    init(_ source: Source, position: Int) {
        self.source = source
        self.position = position
    }

    /// The step with its number.
    func value(id: Int) -> JSONValue {
        var members = AtifMembers()
        members.add("step_id", int: Int64(id))
        members.add("timestamp", text: startUnixNano.flatMap(ISOTime.text))
        members.add("source", text: source.rawValue)
        members.add("message", message)
        members.add("model_name", text: model)
        members.add("reasoning_content", text: reasoning)
        if !calls.isEmpty {
            members.add("tool_calls", .array(calls.indices.map { callValue($0, step: id) }))
        }
        members.add("metrics", metrics?.stepValue)
        members.add("llm_call_count", int: llmCallCount)
        members.add("observation", observation(step: id))
        addExtra(extra, to: &members)
        return members.value
    }

    private func callID(_ index: Int, step: Int) -> String { calls[index].id ?? "call_\(step)_\(index + 1)" }

    private func callValue(_ index: Int, step: Int) -> JSONValue {
        var members = AtifMembers()
        members.add("tool_call_id", text: callID(index, step: step))
        members.add("function_name", text: calls[index].name)
        members.add("arguments", calls[index].arguments)
        addExtra(calls[index].extra, to: &members)
        return members.value
    }

    private func observation(step: Int) -> JSONValue? {
        let answered = calls.indices.compactMap { index in
            calls[index].result.map { resultValue($0, source: .string(callID(index, step: step))) }
        }
        let results = answered + looseResults.map { resultValue($0, source: .null) }
        if results.isEmpty { return .none }
        return .object([JSONMember("results", .array(results))])
    }

    private func resultValue(_ result: Result, source: JSONValue) -> JSONValue {
        var members = AtifMembers()
        members.add("source_call_id", source)
        members.add("content", text: result.content)
        if !result.started.isEmpty {
            let references = result.started.map { id in
                JSONValue.object([JSONMember("trajectory_id", .string(id))])
            }
            members.add("subagent_trajectory_ref", .array(references))
        }
        addExtra(result.extra, to: &members)
        return members.value
    }

    private func addExtra(_ extra: AtifMembers, to members: inout AtifMembers) {
        if !extra.isEmpty { members.add("extra", .object([JSONMember(AtifProvenance.key, extra.value)])) }
    }
}

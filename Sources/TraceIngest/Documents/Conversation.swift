import Basics
import FastJSON
import TraceModel

/// Makes a trace of a conversation that someone kept as a list of messages.
///
/// The root is the agent's run; every answer of the model is a call, which reads what was said since the one before, and
/// every result is a run of the tool that the model asked for. Nothing is told of times but what is given.
struct Conversation {
    private let scope: String
    private let seed: RecordingHash
    private var hash: RecordingHash
    private(set) var root: ForeignSpan
    private var spans: [Span] = []
    /// Messages that the next model call reads.
    private var pending: [JSONValue] = []
    /// Calls of tools that wait for their results, in order.
    private var calls: [(id: String?, name: String?, arguments: JSONValue?)] = []
    private var steps: Int64 = 0
    /// Ids of calls that have a result: some programs give the same one again.
    private var answered: Set<String> = []
    /// The model and the agent of calls that state none.
    var model: String?
    var agent: String?

    /// A conversation whose identifiers are made of `seed`.
    init(name: String, scope: String, operation: String = "invoke_agent", seed: RecordingHash) {
        self.scope = scope
        self.seed = seed
        hash = seed
        root = ForeignSpan(id: hash.spanID, trace: hash.traceID, parent: nil, name: name, scope: scope)
        root.set("gen_ai.operation.name", operation)
    }

    /// The run of another agent beneath the tool call that started it.
    init(name: String, under call: String, of parent: Conversation) {
        scope = parent.scope
        seed = parent.seed
        hash = parent.seed
        hash.add("agent \(call)".utf8)
        root = ForeignSpan(
            id: hash.spanID, trace: parent.root.span.traceID, parent: parent.spanID(ofCall: call), name: name,
            scope: scope)
        root.set("gen_ai.operation.name", "invoke_agent")
    }

    /// The span of a tool call by the id of the call, whether it is there already or not.
    private func spanID(ofCall call: String) -> SpanID {
        var hash = seed
        hash.add("call \(call)".utf8)
        return hash.spanID
    }

    mutating func set(_ name: String, _ value: JSONValue?) { root.set(name, value) }
    mutating func set(_ name: String, _ text: String?) { root.set(name, text) }
    mutating func change(_ body: (inout ForeignSpan) -> Void) { body(&root) }

    /// Takes a message in the form of OpenAI, or one near it, by its role.
    mutating func add(_ message: JSONValue, _ edit: (inout ForeignSpan) -> Void = { _ in }) {
        switch message["role"]?.string {
        case "assistant"?, "ai"?, "model"?: addAnswer(message, edit)
        case "tool"?, "function"?:
            let id = (message["tool_call_id"] ?? message.field("toolCallId"))?.string
            addResult(
                of: id, name: (message["name"] ?? message["function"])?.string, message["content"] ?? .null, edit)
        default: pending.append(message)
        }
    }

    /// Takes what the next model call reads.
    mutating func addInput(role: String, _ content: JSONValue) {
        pending.append(["role": .string(role), "content": content])
    }

    /// Takes an answer of the model and gives its span's id.
    @discardableResult
    mutating func addAnswer(_ message: JSONValue, _ edit: (inout ForeignSpan) -> Void = { _ in }) -> SpanID {
        var call = next("chat" + (model.map { " " + $0 } ?? ""))
        edit(&call)
        call.set("gen_ai.operation.name", "chat")
        call.set("gen_ai.request.model", model)
        call.set("gen_ai.agent.name", agent)
        if !pending.isEmpty { call.set("gen_ai.input.messages", .array(pending)) }
        call.set("gen_ai.output.messages", JSONValue.array([message]))
        pending = []
        for asked in message["tool_calls"]?.elements ?? [] {
            let function = asked["function"]?.members == nil ? asked : asked["function"] ?? asked
            calls.append(
                (
                    asked["id"]?.string, (function["name"] ?? asked["function"])?.string,
                    function["arguments"] ?? function["args"] ?? function["input"]
                ))
        }
        for part in message["content"]?.elements ?? [] where part["type"] == "tool_use" || part["type"] == "tool_call" {
            calls.append((part["id"]?.string, part["name"]?.string, part["input"] ?? part["arguments"]))
        }
        spans.append(call.finished())
        return call.span.spanID
    }

    /// Takes a call that the model asked for in an answer that is there already.
    mutating func addCall(id: String?, name: String?, arguments: JSONValue?) { calls.append((id, name, arguments)) }

    /// Takes the result of a tool; without an id it belongs to the first call that waits.
    mutating func addResult(
        of id: String?, name: String? = nil, _ result: JSONValue, arguments: JSONValue? = nil,
        _ edit: (inout ForeignSpan) -> Void = { _ in }
    ) {
        let place = calls.firstIndex { id == nil ? name == nil || $0.name == name : $0.id == id }
        let call = place.map { calls.remove(at: $0) }
        let tool = call?.name ?? name
        let callID = id ?? call?.id
        let isFirst = callID.map { answered.insert($0).inserted } ?? false
        var span = next(
            "execute_tool" + (tool.map { " " + $0 } ?? ""),
            id: isFirst ? callID.map { spanID(ofCall: $0) } : nil)
        span.set("gen_ai.operation.name", "execute_tool")
        span.set("gen_ai.tool.name", tool)
        span.set("gen_ai.tool.call.id", callID)
        span.set("gen_ai.tool.call.arguments", call?.arguments ?? arguments)
        edit(&span)
        span.set("gen_ai.tool.call.result", result)
        spans.append(span.finished())
        pending.append(AtifContent.answer(id: callID, content: result))
    }

    /// Takes a span of its own kind.
    mutating func add(_ name: String, _ edit: (inout ForeignSpan) -> Void) {
        var span = next(name)
        edit(&span)
        spans.append(span.finished())
    }

    private mutating func next(_ name: String, id: SpanID? = nil) -> ForeignSpan {
        hash.add(1)
        defer { steps += 1 }
        var span = ForeignSpan(
            id: id ?? hash.spanID, trace: root.span.traceID, parent: root.span.spanID, name: name, scope: scope)
        span.set("step", .int(steps))
        return span
    }

    /// Changes the spans so far.
    mutating func changeSpans(_ body: (inout Span) -> Void) {
        for index in spans.indices { body(&spans[index]) }
    }

    /// Hands on the root and all spans.
    mutating func finish(into collector: BatchCollector) {
        if spans.isEmpty, !pending.isEmpty { root.set("gen_ai.input.messages", .array(pending)) }
        collector.add(root.finished())
        for span in spans { collector.add(span) }
    }
}

extension ForeignSpan {
    /// Adds the tokens of a call in the words of OpenAI or Anthropic, who leaves what is cached out of the input.
    mutating func setUsage(_ usage: JSONValue?) {
        guard let usage, usage.members != nil else { return }
        let read = usage["cache_read_input_tokens"]?.int
        let written = usage["cache_creation_input_tokens"]?.int
        let isAnthropic = read != nil || written != nil
        var input = (usage["input_tokens"] ?? usage["prompt_tokens"])?.int
        if isAnthropic { input = input?.addingIfFits(read ?? 0)?.addingIfFits(written ?? 0) }
        let details = usage["prompt_tokens_details"] ?? usage["input_tokens_details"]
        let reasoning = usage["completion_tokens_details"] ?? usage["output_tokens_details"]
        let values: [(String, Int64?)] = [
            ("input_tokens", input), ("output_tokens", (usage["output_tokens"] ?? usage["completion_tokens"])?.int),
            (
                "cache_read.input_tokens",
                read
                    ?? (usage["cached_input_tokens"] ?? usage["input_tokens_cache_read"] ?? details?["cached_tokens"])?
                    .int
            ), ("cache_creation.input_tokens", written ?? usage["input_tokens_cache_write"]?.int),
            (
                "reasoning.output_tokens",
                (usage["reasoning_output_tokens"] ?? usage["reasoning_tokens"] ?? reasoning?["reasoning_tokens"])?.int
            ),
        ]
        for (name, value) in values { set("gen_ai.usage." + name, value.map { .int($0) }) }
    }
}

extension RecordingHash {
    /// A hash of a document, whatever the order of its keys.
    init(of document: JSONValue) {
        self.init()
        addCanonical(document)
    }
}

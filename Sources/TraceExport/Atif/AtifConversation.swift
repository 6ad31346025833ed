import FastJSON
import TraceModel

/// The steps of one trajectory, gathered from its model calls and tool runs.
///
/// Each call repeats the history in its input; a message is a step only where it was not seen before. A message that
/// stands twice in one input was said twice.
struct AtifConversation {
    private let spans: [ExportSpan]
    private let trajectory: [Int]
    private var drafts: [AtifDraft] = []
    private var history = AtifHistory()
    private var calls = AtifOpenCalls()
    /// What the model was told that calls gave, by their ids.
    private var delivered: [String: String] = [:]
    private var draftOfSpan: [Int: Int] = [:]
    private var callOfSpan: [Int: AtifOpenCalls.Place] = [:]
    private(set) var otherSpans = 0
    /// Steps of the agent in order of time, once starts are added.
    private var agentDrafts: [Int] = []

    init(_ spans: [ExportSpan], _ trajectory: [Int], _ inner: AtifInnerCalls) {
        self.spans = spans
        self.trajectory = trajectory
        var tools: [Int] = []
        var agents: [Int] = []
        for index in trajectory where !inner.isRepeated[index] {
            switch spans[index].row.kind {
            case .llm: addModelCall(index)
            case .tool, .retrieval: tools.append(index)
            case .agent: agents.append(index)
            default: otherSpans += 1
            }
        }
        for index in tools { addToolRun(index) }
        if drafts.isEmpty, let agent = agents.first { addAgent(agent) }
        deliver()
    }

    // MARK: Model calls

    private mutating func addModelCall(_ index: Int) {
        let span = spans[index]
        addInput(span, at: index)
        var draft = AtifDraft(.agent, position: index)
        let message = AtifMessage(span.content.outputMessages.flatMap(\.parts))
        draft.message = message.value
        if span.content.outputMessages.isEmpty, let output = span.content.outputValue {
            draft.message = .string(output)
        }
        draft.startUnixNano = span.row.startUnixNano
        draft.model = span.facts.modelResolved ?? span.facts.modelRequested
        draft.reasoning = message.reasoning
        draft.calls = message.calls.map(Self.call)
        draft.metrics = AtifFigures(span)
        draft.llmCallCount = 1
        draft.extra = Self.extra(span)
        if message.isRedacted { draft.extra.add("content", text: "redacted") }
        if span.content.outputMessages.isEmpty && span.content.outputValue == nil {
            draft.extra.add("content", text: "not recorded")
        }
        if let reason = span.facts.finishReasons.first { draft.extra.add("finish_reason", text: reason) }
        history.addAnswer(message)
        draftOfSpan[index] = append(draft)
    }

    private mutating func addInput(_ span: ExportSpan, at index: Int) {
        var occasion = AtifHistory.Occasion()
        for message in span.content.inputMessages {
            let isNew = history.isNew(message, &occasion)
            let read = AtifMessage(message.parts)
            for result in read.results {
                if let id = result.id, !id.isEmpty {
                    if let content = result.content, delivered[id] == nil { delivered[id] = content }
                } else if isNew {
                    addLooseResult(result.content, at: index)
                }
            }
            guard isNew, read.results.isEmpty || !read.isEmpty else { continue }
            add(read, role: message.role, at: index)
        }
        if span.content.inputMessages.isEmpty, let input = span.content.inputValue {
            if history.isNew(Message(role: "user", parts: [.text(input)]), &occasion) {
                var draft = AtifDraft(.user, position: index)
                draft.message = .string(input)
                append(draft)
            }
        }
    }

    private mutating func add(_ message: AtifMessage, role: String, at index: Int) {
        var draft: AtifDraft
        switch role {
        case "system", "developer": draft = AtifDraft(.system, position: index)
        case "user", "human": draft = AtifDraft(.user, position: index)
        case "tool", "function":
            addLooseResult(message.value.string ?? message.value.text(), at: index)
            return
        case "assistant", "model", "ai":
            if history.knowsAnswer(message) { return }
            // Said before what was recorded, or by a call that was not.
            draft = AtifDraft(.agent, position: index)
            draft.reasoning = message.reasoning
            draft.calls = message.calls.map(Self.call)
            draft.extra.add("origin", text: "input of a later call")
            history.addAnswer(message)
        default:
            draft = AtifDraft(.user, position: index)
            draft.extra.add("role", text: role)
        }
        draft.message = message.value
        if message.isRedacted { draft.extra.add("content", text: "redacted") }
        append(draft)
    }

    /// A result that names no call belongs to the step before it.
    private mutating func addLooseResult(_ content: String?, at index: Int) {
        let result = AtifDraft.Result(content: content)
        if let last = drafts.indices.last, drafts[last].source == .agent {
            if let open = drafts[last].calls.firstIndex(where: { $0.id == nil && $0.result == nil }) {
                drafts[last].calls[open].result = result
            } else {
                drafts[last].looseResults.append(result)
            }
            return
        }
        var draft = AtifDraft(.system, position: index)
        draft.looseResults = [result]
        append(draft)
    }

    @discardableResult
    private mutating func append(_ draft: AtifDraft) -> Int {
        drafts.append(draft)
        for (index, call) in draft.calls.enumerated() {
            calls.add(.init(draft: drafts.count - 1, call: index), call, position: draft.position)
        }
        return drafts.count - 1
    }

    private static func call(_ call: (id: String?, name: String?, arguments: JSONValue)) -> AtifDraft.Call {
        AtifDraft.Call(
            id: call.id.flatMap { $0.isEmpty ? nil : $0 }, name: call.name ?? "unknown", arguments: call.arguments)
    }

    // MARK: Tool runs

    private mutating func addToolRun(_ index: Int) {
        let span = spans[index]
        let name = span.facts.toolName ?? span.span.name
        var result = AtifDraft.Result(content: span.content.toolResult ?? span.content.outputValue)
        if result.content == nil && !span.content.documents.isEmpty {
            result.content = span.content.documents.compactMap(\.content).joined(separator: "\n\n")
        }
        result.extra.add("error", text: span.facts.errorType ?? (span.row.isError ? span.span.status.message : nil))
        if let place = calls.take(id: span.facts.toolCallID, name: name, before: index) {
            // A call that ran again keeps what came last.
            drafts[place.draft].calls[place.call].result = result
            drafts[place.draft].calls[place.call].extra = Self.extra(span)
            callOfSpan[index] = place
            return
        }
        var draft = AtifDraft(.agent, position: index)
        draft.startUnixNano = span.row.startUnixNano
        draft.llmCallCount = 0
        let arguments = AtifMessage.arguments(span.content.toolArguments ?? span.content.inputValue)
        draft.calls = [
            AtifDraft.Call(
                id: span.facts.toolCallID, name: name.isEmpty ? "unknown" : name, arguments: arguments,
                extra: Self.extra(span), result: result)
        ]
        drafts.append(draft)
        callOfSpan[index] = .init(draft: drafts.count - 1, call: 0)
        draftOfSpan[index] = drafts.count - 1
    }

    /// Sets what the model was told; where the tool said otherwise, that stands beside it.
    private mutating func deliver() {
        for draft in drafts.indices {
            for index in drafts[draft].calls.indices {
                guard let id = drafts[draft].calls[index].id, let told = delivered[id] else { continue }
                var result = drafts[draft].calls[index].result ?? AtifDraft.Result()
                if let own = result.content, !Self.isSame(own, told) { result.extra.add("tool_result", text: own) }
                result.content = told
                drafts[draft].calls[index].result = result
                delivered[id] = nil
            }
        }
        // Results of calls that nothing tells of.
        for (id, told) in delivered.sorted(by: { $0.key < $1.key }) {
            var draft = AtifDraft(.system, position: trajectory.first ?? 0)
            var result = AtifDraft.Result(content: told)
            result.extra.add("tool_call_id", text: id)
            draft.looseResults = [result]
            drafts.append(draft)
        }
    }

    /// Whether two texts say the same, as JSON where both are.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        guard let first = try? JSONValue(parsing: a), let second = try? JSONValue(parsing: b) else { return false }
        return first == second || first == .string(b) || second == .string(a)
    }

    // MARK: Agents

    /// An agent whose model calls were not recorded: what it was asked and what it answered.
    private mutating func addAgent(_ index: Int) {
        let content = spans[index].content
        addInput(spans[index], at: index)
        let message = AtifMessage(content.outputMessages.flatMap(\.parts))
        var draft = AtifDraft(.agent, position: index)
        draft.message = message.isEmpty ? .string(content.outputValue ?? "") : message.value
        draft.calls = message.calls.map(Self.call)
        draft.extra = Self.extra(spans[index])
        guard !message.isEmpty || content.outputValue != nil || !draft.calls.isEmpty else { return }
        append(draft)
    }

    /// Notes that an agent was started: at the call that did it, else at the step before.
    mutating func add(_ start: AtifStart) {
        if let place = start.span.flatMap({ callOfSpan[$0] }) {
            var result = drafts[place.draft].calls[place.call].result ?? AtifDraft.Result()
            result.started.append(start.id)
            drafts[place.draft].calls[place.call].result = result
            return
        }
        let nearest = agentDraft(before: start.position)
        if let draft = start.span.flatMap({ draftOfSpan[$0] }) ?? nearest ?? drafts.indices.first {
            addStart(start.id, to: draft)
        } else {
            drafts.append(AtifDraft(.system, position: start.position))
            drafts[0].extra.add("content", text: "not recorded")
            addStart(start.id, to: 0)
        }
    }

    /// The last step of the agent that begins at a place or before it.
    private mutating func agentDraft(before position: Int) -> Int? {
        if agentDrafts.isEmpty {
            agentDrafts = drafts.indices.filter { drafts[$0].source == .agent }
                .sorted { (drafts[$0].position, $0) < (drafts[$1].position, $1) }
        }
        var low = 0
        var high = agentDrafts.count
        while low < high {
            let middle = (low + high) / 2
            if drafts[agentDrafts[middle]].position <= position { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? agentDrafts[low - 1] : nil
    }

    private mutating func addStart(_ id: String, to draft: Int) {
        if drafts[draft].looseResults.last?.started.isEmpty == false {
            drafts[draft].looseResults[drafts[draft].looseResults.count - 1].started.append(id)
        } else {
            drafts[draft].looseResults.append(AtifDraft.Result(started: [id]))
        }
    }

    // MARK: The end

    /// The steps in order of time; there is at least one, since the format wants one.
    func finish() -> [AtifDraft] {
        guard !drafts.isEmpty else {
            var draft = AtifDraft(.system, position: 0)
            draft.extra.add("content", text: "not recorded")
            return [draft]
        }
        return drafts.enumerated()
            .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
            .map(\.element)
    }

    private static func extra(_ span: ExportSpan) -> AtifMembers {
        var extra = AtifMembers()
        extra.add("span_id", text: span.row.spanID.hex)
        extra.add("start_unix_nano", text: span.row.startUnixNano.map { String($0) })
        extra.add("duration_nanos", text: span.row.durationNanos.map { String($0) })
        if span.row.kind == .llm { extra.add("error", text: span.facts.errorType) }
        return extra
    }
}

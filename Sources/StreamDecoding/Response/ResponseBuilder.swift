import FastJSON
import TraceModel

/// Takes what the readers of the protocols find in events: chunks on one side, the message on the other.
struct ResponseBuilder: Sendable {
    typealias Block = ChoiceDraft.Block

    /// The time of the event at hand.
    var offsetNanos: Int64?
    /// Whether the event at hand holds halves of characters, or one is still waited for.
    var hasHalves = false
    var chunks = StreamChunks()
    var response = AssembledResponse()
    private(set) var drafts: [Int: ChoiceDraft] = [:]
    private var finishReasons: [Int: String] = [:]
    private var pendingHalves: [Channel: UInt32] = [:]
    /// Counts messages that begin inside one stream, so that their blocks are told apart.
    private var generation = 0
    private var remarks: Set<String> = []

    /// What text of one kind runs through; a character may be cut between two of its pieces.
    private struct Channel: Hashable {
        var choice: Int
        var place: Int
    }

    // MARK: Pieces of the answer

    /// Adds a piece of text, reasoning or refusal; an empty one is no chunk.
    mutating func text(_ kind: ChunkKind, _ text: String, choice: Int = 0, block: Block? = nil, tokens: Int? = nil) {
        guard !text.isEmpty else { return }
        let place = drafts[choice, default: ChoiceDraft()].textPlace(kind, block: inGeneration(block))
        let whole = joined(text, Channel(choice: choice, place: place))
        drafts[choice]?.parts[place].text += whole
        if whole.isEmpty {
            note("")
        } else {
            chunks.append(
                offsetNanos: offsetNanos, kind: kind, text: whole.utf8, tokenCount: tokens, choiceIndex: choice)
        }
    }

    /// Adds a piece of a call's arguments; the first is a chunk even if it is empty, for it announces the call.
    mutating func toolCall(
        _ reference: CallReference, id: String? = nil, name: String? = nil, arguments: String = "", choice: Int = 0,
        initialArguments: String? = nil
    ) {
        var reference = reference
        if case .block(let block) = reference { reference = .block(inGeneration(block) ?? block) }
        let id = id.flatMap { $0.isEmpty ? nil : $0 }
        let name = name.flatMap { $0.isEmpty ? nil : $0 }
        let before = drafts[choice]?.callCount ?? 0
        let place = drafts[choice, default: ChoiceDraft()].callPlace(reference, id: id, name: name)
        let isNew = drafts[choice]?.callCount != before
        let whole = joined(arguments, Channel(choice: choice, place: place))
        // In place: a copy of the part would make long arguments cost the square of their length.
        drafts[choice]?.parts[place].text += whole
        if let initialArguments { drafts[choice]?.parts[place].initialArguments = initialArguments }
        guard isNew || !whole.isEmpty else { return }
        chunks.append(
            offsetNanos: offsetNanos, kind: .toolArguments, text: whole.utf8, choiceIndex: choice,
            toolCall: streamCall(choice, place))
    }

    private func streamCall(_ choice: Int, _ place: Int) -> StreamToolCall? {
        guard let parts = drafts[choice]?.parts, case .call(let index) = parts[place].content else { return nil }
        return StreamToolCall(index: index, id: parts[place].callID, name: parts[place].callName)
    }

    /// Adds a value of the arguments of the last call, as Gemini streams them.
    mutating func partialArgument(_ element: JSONValue, choice: Int) {
        guard let place = drafts[choice]?.parts.lastIndex(where: { $0.isCall }),
            let text = drafts[choice]?.parts[place].addPartialArgument(element), !text.isEmpty
        else { return }
        chunks.append(
            offsetNanos: offsetNanos, kind: .toolArguments, text: text.utf8, choiceIndex: choice,
            toolCall: streamCall(choice, place))
    }

    /// Adds a part that arrived whole and is no chunk of text.
    mutating func part(_ part: MessagePart, choice: Int = 0, block: Block? = nil) {
        drafts[choice, default: ChoiceDraft()].add(
            ChoiceDraft.Part(content: .whole(part), block: inGeneration(block)))
    }

    /// The text that a block holds so far; nil for unknown blocks.
    func text(of block: Block, choice: Int = 0) -> String? {
        guard let draft = drafts[choice], let place = inGeneration(block).flatMap(draft.place) else { return nil }
        return draft.parts[place].text
    }

    mutating func role(_ role: String?, choice: Int = 0) {
        guard let role, !role.isEmpty else { return }
        drafts[choice, default: ChoiceDraft()].role = role
    }

    /// Blocks numbered from here on are those of another message.
    mutating func beginMessage() {
        if !drafts.isEmpty {
            generation += 1
            remark("a second message begins inside the stream")
        }
    }

    // MARK: Chunks that are no content

    mutating func note(_ text: String, choice: Int = 0) {
        chunks.append(offsetNanos: offsetNanos, kind: .other, text: text.utf8, choiceIndex: choice)
    }

    mutating func usageChunk(_ text: String) {
        chunks.append(offsetNanos: offsetNanos, kind: .usage, text: text.utf8)
    }

    /// Adds a record of usage in a provider's words, unless it is none; false then.
    @discardableResult
    mutating func usage(
        _ usage: JSONValue?, _ read: (inout TokenUsage, JSONValue) -> Void, isChunk: Bool = true
    ) -> Bool {
        guard let usage, usage.members != nil else { return false }
        read(&response.usage, usage)
        if isChunk { usageChunk(usage.text()) }
        return true
    }

    /// Notes the end mark, or a finish reason; nil where the mark states none.
    mutating func finish(_ text: String, reason: String? = nil, choice: Int = 0) {
        response.isFinished = true
        if let reason { finishReasons[choice] = reason }
        chunks.append(offsetNanos: offsetNanos, kind: .terminal, text: text.utf8, choiceIndex: choice)
    }

    mutating func fail(type: String?, message: String?) {
        response.errorType = response.errorType ?? type ?? "error"
        response.errorMessage = response.errorMessage ?? message
        note(message ?? type ?? "error")
    }

    mutating func identify(id: JSONValue?, model: JSONValue?) {
        if let id = id?.string, !id.isEmpty, response.responseID == nil { response.responseID = id }
        if let model = model?.string, !model.isEmpty { response.modelResolved = model }
    }

    mutating func remark(_ text: String) {
        if remarks.insert(text).inserted { response.remarks.append(text) }
    }

    // MARK: The end

    /// What everything came to.
    mutating func finished(framingRemarks: [String]) -> AssembledResponse {
        for (channel, _) in pendingHalves.sorted(by: { ($0.key.choice, $0.key.place) < ($1.key.choice, $1.key.place) })
        {
            drafts[channel.choice]?.parts[channel.place].text += "\u{FFFD}"
            remark("the stream ends inside a character")
        }
        pendingHalves.removeAll()
        var result = response
        result.messages = drafts.sorted { $0.key < $1.key }.map { choice, draft in
            Message(
                role: draft.role ?? "assistant", parts: draft.parts.compactMap(\.messagePart),
                finishReason: finishReasons[choice])
        }
        result.finishReasons = finishReasons.sorted { $0.key < $1.key }.map(\.value)
        result.remarks += framingRemarks
        return result
    }

    // MARK: Helpers

    private func inGeneration(_ block: Block?) -> Block? {
        guard var block else { return nil }
        block.outer = block.outer &+ generation &* 1_000_000
        return block
    }

    private mutating func joined(_ text: String, _ channel: Channel) -> String {
        guard hasHalves || !pendingHalves.isEmpty else { return text }
        var pending = pendingHalves[channel]
        guard hasHalves || pending != nil else { return text }
        let whole = LoneSurrogates.joined(text, pending: &pending)
        pendingHalves[channel] = pending
        return whole
    }
}

import Basics
import FastJSON
import TraceModel

/// Reads out of one span what the analysis of its trace needs.
struct EvidenceReader {
    let span: Span
    let facts: SpanFacts
    private var evidence = SpanEvidence()
    private var handOffSource: String?
    private var handOffTarget: String?

    /// The most tool calls and results of one kind that are kept, the newest of them.
    private static let listLimit = 64
    /// The counts at which SDKs drop what comes later, by the OpenTelemetry specification.
    private static let sdkLimit = 128

    init(_ span: Span, _ facts: SpanFacts) {
        self.span = span
        self.facts = facts
    }

    /// Nil where the span says nothing that an absent reading would not say.
    mutating func read() -> SpanEvidence? {
        readCounts()
        for attribute in span.attributes { read(attribute) }
        for event in span.events where event.name == "gen_ai.request.attempt" {
            guard let attempt = event.attributes.value(of: "attempt").flatMap(count), attempt > evidence.attempt ?? 1
            else { continue }
            evidence.attempt = attempt
        }
        readName()
        switch facts.kind {
        case .llm: readModelCall()
        case .tool: readTool()
        case .agent, .guardrail, .evaluator: readWork()
        case .retrieval, .embedding, .reranker, .memory, .chain, .workflow, .other: break
        }
        if handOffTarget != nil || handOffSource != nil {
            evidence.handOff = HandOff(from: handOffSource, to: handOffTarget)
        }
        if facts.kind == .llm {
            evidence.responseID = facts.responseID
            evidence.finishReasons = facts.finishReasons
        }
        addCacheToTotal()
        return evidence == SpanEvidence() ? nil : evidence
    }

    /// A total of which the input leaves out what came from a cache leaves it out too; both are told with it.
    private mutating func addCacheToTotal() {
        let tokens = facts.tokens
        guard let stated = tokens.inputStated, let input = tokens.input, let total = evidence.statedTotalTokens,
            total == stated.addingIfFits(tokens.output ?? 0), let whole = total.addingIfFits(input - stated)
        else { return }
        evidence.statedTotalTokens = whole
    }

    // MARK: Attributes

    /// Counts, only where something was dropped or a limit was reached: they tell nothing otherwise.
    private mutating func readCounts() {
        let dropped = span.droppedAttributesCount + span.droppedEventsCount + span.droppedLinksCount
        let isFull = max(span.attributes.count, span.events.count, span.links.count) >= Self.sdkLimit
        guard dropped > 0 || isFull else { return }
        evidence.droppedAttributes = span.droppedAttributesCount
        evidence.droppedEvents = span.droppedEventsCount
        evidence.droppedLinks = span.droppedLinksCount
        evidence.attributeCount = span.attributes.count
        evidence.eventCount = span.events.count
        evidence.linkCount = span.links.count
    }

    private mutating func read(_ attribute: Attribute) {
        if case .string(let text) = attribute.value {
            if MessageParts.redactedTexts.contains(text) {
                evidence.redactedValues += 1
            } else if text.utf8.count > 200, isCut(text) {
                evidence.truncatedValues += 1
            }
        }
        guard let fact = DialectTable.evidenceNames[attribute.key] else { return }
        let value = attribute.value
        let text = value.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        switch fact {
        case .role: evidence.role = evidence.role ?? text
        case .parentAgent: evidence.parentAgent = evidence.parentAgent ?? text
        case .attempt: evidence.attempt = evidence.attempt ?? count(value)
        case .retry: evidence.attempt = evidence.attempt ?? count(value).map { $0 &+ 1 }
        case .attemptReason: evidence.attemptReason = text.map { AttemptReason(name: $0) ?? .unknown }
        case .handOffTarget, .handOffNode: handOffTarget = handOffTarget ?? text
        case .handOffSource: handOffSource = handOffSource ?? text
        case .promptName: evidence.promptName = evidence.promptName ?? text
        case .promptVersion:
            evidence.promptVersion = evidence.promptVersion ?? text ?? value.intValue.map { String($0) }
        case .step: setStep(value.intValue, attribute.key)
        case .stepMetadata:
            guard let text, text.utf8.count < 16_384, text.contains("langgraph_step") else { return }
            setStep(MessageReader.embedded(text)?["langgraph_step"]?.int, "metadata.langgraph_step")
        case .prefillSeconds: evidence.serverPrefillNanos = nanos(value, 1e9)
        case .decodeSeconds: evidence.serverDecodeNanos = nanos(value, 1e9)
        case .queueSeconds: evidence.queueNanos = nanos(value, 1e9)
        case .prefillNanos: evidence.serverPrefillNanos = nanos(value, 1)
        case .decodeNanos: evidence.serverDecodeNanos = nanos(value, 1)
        case .previousResponse: evidence.previousResponseID = text
        case .totalTokens:
            evidence.statedTotalTokens = evidence.statedTotalTokens ?? OutsideNumber.count(value.intValue)
        case .aggregatedInput: evidence.aggregatedInputTokens = OutsideNumber.count(value.intValue)
        case .aggregatedOutput: evidence.aggregatedOutputTokens = OutsideNumber.count(value.intValue)
        case .declared(let subject):
            guard let count = OutsideNumber.count(value.intValue) else { return }
            evidence.declaredCounts.append(DeclaredCount(subject, count, key: attribute.key))
        case .verdict:
            if attribute.key == "guardrail.triggered" {
                evidence.isAccepted = value.boolValue.map { !$0 }
            } else if let text {
                evidence.isAccepted = verdict(text)
            }
        }
    }

    private func isCut(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { PayloadReader.saysTruncated($0) }
    }

    private mutating func setStep(_ number: Int64?, _ key: String) {
        guard evidence.stepNumber == nil, let number = OutsideNumber.count(number) else { return }
        evidence.stepNumber = number
        evidence.stepKey = key
    }

    private func count(_ value: AttributeValue) -> Int? {
        value.intValue.flatMap { $0 >= 0 && $0 < 1_000_000 ? Int($0) : nil }
    }

    private func nanos(_ value: AttributeValue, _ unit: Double) -> Int64? {
        value.doubleValue.flatMap { OutsideNumber.duration($0 * unit) }
    }

    // MARK: Names

    /// What the name of a harness span tells: the number of a framework's step, or what it does.
    private mutating func readName() {
        switch facts.kind {
        case .chain, .workflow, .other, .guardrail, .evaluator: break
        case .agent where span.attributes.value(of: "span_data.type")?.stringValue == "handoff": break
        default: return
        }
        if span.name.hasPrefix("Step ") || span.name.hasPrefix("step "), let number = Int64(span.name.dropFirst(5)) {
            evidence.isStep = true
            setStep(number, "name")
            return
        }
        guard facts.kind != .workflow else { return }
        for (words, phase) in DialectTable.phaseWords where words.matches(span.name, atWordStarts: true) {
            evidence.phase = phase
            return
        }
    }

    // MARK: Kinds

    private mutating func readModelCall() {
        let content = ContentReader(span, kind: .llm).content(forAnalysis: true)
        evidence.hasMessages = !content.outputMessages.isEmpty || !content.inputMessages.isEmpty
        evidence.promptDigest = Dialect.promptHashes(of: content).system
        for message in content.inputMessages {
            for part in message.parts {
                switch part {
                case .toolCall(let id, let name, _):
                    // That it was asked for is all that counts here; its arguments stand where it was first written.
                    evidence.recalledCalls.append(ToolCallRequest(id: id, name: name, arguments: nil))
                case .toolResult(let id, let result):
                    evidence.deliveredResults.append(
                        ToolCallDelivery(id: id, name: message.name, result: result.map(PayloadReader.digest)))
                case .redacted: evidence.redactedValues += 1
                case .text, .reasoning, .media, .other: break
                }
            }
        }
        evidence.recalledCalls = evidence.recalledCalls.suffix(Self.listLimit)
        evidence.deliveredResults = evidence.deliveredResults.suffix(Self.listLimit)
        var answer = ""
        for part in content.outputMessages.flatMap(\.parts) {
            switch part {
            case .text(let text): answer += text
            case .toolCall(let id, let name, let arguments):
                evidence.requestedCalls.append(
                    ToolCallRequest(id: id, name: name, arguments: arguments.map(PayloadReader.digest)))
            case .redacted: evidence.redactedValues += 1
            case .toolResult, .reasoning, .media, .other: break
            }
        }
        if !answer.isEmpty {
            evidence.answer = PayloadReader.digest(answer)
            evidence.answerAdmitsGap = DialectTable.gapWords.matches(answer)
        }
        if !content.toolDefinitions.isEmpty {
            evidence.offeredTools = content.toolDefinitions.compactMap(toolName)
            if evidence.offeredTools?.count != content.toolDefinitions.count { evidence.offeredTools = nil }
        }
        for call in evidence.requestedCalls {
            guard let name = call.name?.lowercased() else { continue }
            for prefix in ["transfer_to_", "handoff_to_", "delegate_to_"] where name.hasPrefix(prefix) {
                handOffTarget = handOffTarget ?? String(name.dropFirst(prefix.count))
            }
        }
        // A critic may be a model call without an agent's span.
        if !answer.isEmpty, evidence.isAccepted == nil { evidence.isAccepted = verdict(answer) }
    }

    private func toolName(_ definition: String) -> String? {
        guard let value = MessageReader.embedded(definition) else { return nil }
        return (value["function"]?["name"] ?? value["name"] ?? value["toolSpec"]?["name"])?.string
    }

    private mutating func readTool() {
        evidence.toolCallID = facts.toolCallID
        let content = ContentReader(span, kind: .tool).content(forAnalysis: true)
        evidence.arguments = content.toolArguments.map(PayloadReader.digest)
        evidence.result = content.toolResult.map(PayloadReader.digest) ?? emptyResult()
        if evidence.result?.content == .redacted { evidence.redactedValues += 1 }
        if let name = facts.toolName?.lowercased(), name.hasPrefix("transfer_to_") {
            handOffTarget = handOffTarget ?? String(name.dropFirst("transfer_to_".count))
        }
    }

    /// A result that is recorded as empty, which the reading of contents takes for absent.
    private func emptyResult() -> PayloadDigest? {
        for name in DialectTable.toolResultNames {
            switch span.attributes.value(of: name) {
            case .empty?: return PayloadReader.digest("null")
            case .string("")?: return PayloadReader.digest("")
            default: continue
            }
        }
        return nil
    }

    private mutating func readWork() {
        let content = ContentReader(span, kind: facts.kind).content(forAnalysis: true)
        let input = content.inputValue ?? joined(content.inputMessages)
        let output = content.outputValue ?? joined(content.outputMessages)
        evidence.input = input.map(PayloadReader.digest)
        evidence.output = output.map(PayloadReader.digest)
        if evidence.isAccepted == nil {
            let labels = content.evaluations.compactMap(\.label)
            for text in labels + [output].compactMap({ $0 }) where evidence.isAccepted == nil {
                evidence.isAccepted = verdict(text)
            }
        }
    }

    private func joined(_ messages: [Message]) -> String? {
        let texts = messages.flatMap(\.parts).compactMap { part -> String? in
            switch part {
            case .text(let text): text
            case .toolCall(_, let name, let arguments): "\(name ?? "")(\(arguments ?? ""))"
            case .toolResult(_, let result): result
            case .reasoning, .media, .other, .redacted: nil
            }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    /// A clear verdict on somebody's work: words of its own field, or how the text begins.
    private func verdict(_ text: String) -> Bool? {
        if let value = MessageReader.embedded(text) {
            for key in ["accepted", "approved", "is_valid", "valid", "passed"] {
                if let truth = value[key]?.bool { return truth }
            }
            if let triggered = (value["triggered"] ?? value["tripwire_triggered"])?.bool { return !triggered }
            return (value["verdict"] ?? value["decision"] ?? value["label"])?.string.flatMap(verdictWord)
        }
        return verdictWord(text)
    }

    private func verdictWord(_ text: String) -> Bool? {
        let start = String(text.prefix(64)).drop { $0.isWhitespace || "*_#\"`".contains($0) }.lowercased()
        func begins(_ word: String) -> Bool {
            start.hasPrefix(word) && start.dropFirst(word.count).first.map { !$0.isLetter && $0 != "_" } ?? true
        }
        func stands(_ word: String) -> Bool {
            start.hasPrefix(word) && start.dropFirst(word.count).first.map { ".:,;!*\"`\n".contains($0) } ?? true
        }
        if DialectTable.rejecting.contains(where: begins) || DialectTable.rejectingAlone.contains(where: stands) {
            return false
        }
        let isAccepted =
            DialectTable.accepting.contains(where: begins) || DialectTable.acceptingAlone.contains(where: stands)
        return isAccepted ? true : nil
    }
}

import Canvas
import TraceModel
import TraceQuery

/// Lays out what a span said and heard: a conversation, a tool's arguments and result, values, documents, judgements.
struct MessagePageBuilder {
    let detail: SpanDetail
    let values: ContentBlocks

    init(detail: SpanDetail, metrics: TextMetrics) {
        self.detail = detail
        values = ContentBlocks(isASCII: metrics.asciiOnly)
    }

    private var content: SpanContent { detail.content }

    func blocks() -> [SpanBlock] {
        var blocks = origins()
        addConversation(to: &blocks)
        blocks += toolAndValues(afterConversation: !blocks.isEmpty)
        blocks += documents()
        blocks += evaluations()
        if blocks.isEmpty {
            blocks = [.text(absence, role: .dim)]
            blocks[0].isWide = true
        }
        appendSection(
            "tools offered \(content.toolDefinitions.count)", content.toolDefinitions.map(toolDefinition),
            isOpen: false, to: &blocks)
        return blocks
    }

    /// What was taken from elsewhere, a line each.
    private func origins() -> [SpanBlock] {
        content.sources.map { source in
            let place = source.span.map { " " + $0.span.hex } ?? ""
            let what = source.part.rawValue.split(separator: ".").last.map { $0.replacing("_", with: " ") } ?? ""
            var block = SpanBlock.text("\(what) \(source.origin.words)\(place)", role: .dim)
            block.isWide = true
            return block
        }
    }

    // MARK: Conversation

    /// The messages, those that the call before was given alike in one line.
    private func addConversation(to blocks: inout [SpanBlock]) {
        let first = blocks.count
        addLeftOut(to: &blocks)
        let old = knownMessages
        if old > 0 {
            let known = content.inputMessages[..<old].flatMap { self.blocks($0, isOutput: false) }
            appendSection("\(old) messages as before", known, isOpen: false, to: &blocks)
        }
        blocks += content.inputMessages[old...].flatMap { self.blocks($0, isOutput: false) }
        if !content.outputMessages.isEmpty {
            if blocks.count > first { blocks.append(.rule("output")) }
            blocks += content.outputMessages.flatMap { self.blocks($0, isOutput: true) }
        } else if blocks.count > first, detail.facts.kind == .llm {
            blocks.append(.rule("output"))
            blocks.append(SpanBlock(brief: DisplayLine("no output recorded", role: .dim)))
        }
    }

    /// How many messages the call before was given alike; 0 where they are few, or where nothing is new, so that all of
    /// them are worth their lines.
    private var knownMessages: Int {
        guard let context = detail.context, let known = context.newFrom, known >= Self.leastFolded,
            known < context.messages, context.messages == content.inputMessages.count
        else { return 0 }
        return known
    }

    /// From how many messages on those that the call before was given are folded into a line.
    private static let leastFolded = 3

    /// What is gone from the conversation since the call before.
    private func addLeftOut(to blocks: inout [SpanBlock]) {
        guard let context = detail.context, let previous = context.previous, let dropped = context.dropped, dropped > 0
        else { return }
        let count = dropped == 1 ? "1 message" : "\(dropped) messages"
        var block = SpanBlock.text("\(count) of the call before left out: \(previous.span.hex)", role: .warning)
        block.isWide = true
        blocks.append(block)
    }

    private func blocks(_ message: Message, isOutput: Bool) -> [SpanBlock] {
        var blocks = message.parts.map { values.part($0) }
        if blocks.isEmpty { blocks = [SpanBlock(brief: DisplayLine("no content", role: .dim))] }
        let role = LongText.prefix(message.role, bytes: 40).text
        blocks[0].gutter = role.isEmpty ? "(no role)" : role
        blocks[0].gutterRole = Self.role(of: message.role)
        if let name = message.name, !name.isEmpty {
            blocks[0].lead = LongText.prefix(name, bytes: 80).text + ": " + blocks[0].lead
        }
        for index in blocks.indices where blocks[index].clipRows > 4 {
            blocks[index].clipRows = isOutput ? 60 : Self.role(of: message.role) == .roleSystem ? 3 : 12
        }
        if let reason = message.finishReason, !reason.isEmpty, blocks[blocks.count - 1].note.isEmpty {
            blocks[blocks.count - 1].note = LongText.prefix(reason, bytes: 40).text
        }
        return blocks
    }

    private static func role(of word: String) -> Role {
        switch word.lowercased() {
        case "system", "developer": .roleSystem
        case "user", "human": .roleUser
        case "assistant", "ai", "model", "agent": .roleAssistant
        case "tool", "function", "ipython": .roleTool
        default: .accent
        }
    }

    // MARK: Tools and values

    private func toolAndValues(afterConversation: Bool) -> [SpanBlock] {
        var blocks: [SpanBlock] = []
        func add(_ name: String, _ text: String?, isExpected: Bool) {
            guard text != nil || isExpected else { return }
            var block = values.value(text, absent: "not recorded")
            block.gutter = name
            block.gutterRole = .roleTool
            if afterConversation { block.isProposedOpen = false }
            blocks.append(block)
        }
        let hasTool = content.toolArguments != nil || content.toolResult != nil
        add("arguments", content.toolArguments, isExpected: hasTool)
        add("result", content.toolResult, isExpected: hasTool)
        // Instrumentations often state arguments and result a second time as the span's values.
        if content.inputValue != content.toolArguments { add("input", content.inputValue, isExpected: false) }
        if content.outputValue != content.toolResult { add("output", content.outputValue, isExpected: false) }
        if afterConversation, !blocks.isEmpty { blocks.insert(.rule("values of the span"), at: 0) }
        return blocks
    }

    private func toolDefinition(_ json: String) -> SpanBlock {
        var block = SpanBlock()
        block.body = SpanText(json, form: .json)
        let summary = ToolDefinition(json: json)
        var brief = DisplayLine(hang: 2)
        brief.append(summary.name ?? "(unnamed)", .kindTool)
        if let about = summary.about {
            let (text, isWhole) = LongText.prefix(about, bytes: 200)
            brief.append("  " + text.split(whereSeparator: \.isNewline).joined(separator: " "), .dim)
            if !isWhole { brief.append(values.ellipsis, .dim) }
        }
        block.brief = brief
        block.isBriefWhole = false
        return block
    }

    // MARK: Documents and judgements

    private func documents() -> [SpanBlock] {
        var children: [SpanBlock] = []
        for (index, document) in content.documents.enumerated() {
            var block = document.content.map { values.text($0) } ?? .init(brief: DisplayLine("no content", role: .dim))
            block.gutter = "\(index + 1)"
            block.gutterRole = .accent
            block.clipRows = 4
            if let id = document.id { block.lead = LongText.prefix(id, bytes: 80).text + "  " }
            block.note = "score " + (document.score.map { "\($0)" } ?? values.unknown)
            children.append(block)
            if let metadata = document.metadata {
                var block = values.value(metadata, absent: "")
                block.lead = "metadata "
                block.isProposedOpen = false
                children.append(block)
            }
        }
        var blocks: [SpanBlock] = []
        appendSection("documents \(content.documents.count)", children, isOpen: true, to: &blocks)
        return blocks
    }

    private func evaluations() -> [SpanBlock] {
        let children = content.evaluations.map { evaluation in
            var block = SpanBlock()
            block.gutter = LongText.prefix(evaluation.name, bytes: 80).text
            block.gutterRole = .accent
            block.lead =
                [evaluation.label.map { LongText.prefix($0, bytes: 80).text }, evaluation.score.map { "\($0)" }]
                .compactMap { $0 }.joined(separator: " ")
            if block.lead.isEmpty { block.lead = "no score " }
            block.leadRole = .text
            if let explanation = evaluation.explanation {
                block.body = SpanText(explanation, form: .plain)
                block.role = .dim
            } else {
                block.brief = DisplayLine()
            }
            return block
        }
        var blocks: [SpanBlock] = []
        appendSection("evaluations \(children.count)", children, isOpen: true, to: &blocks)
        return blocks
    }

    // MARK: Sections and absence

    private func appendSection(
        _ title: String, _ children: [SpanBlock], isOpen: Bool, to blocks: inout [SpanBlock]
    ) {
        if children.isEmpty { return }
        let header = blocks.count
        var block = SpanBlock.rule(title)
        block.isProposedOpen = isOpen
        block.sectionEnd = header + 1 + children.count
        blocks.append(block)
        for var child in children {
            child.section = header
            blocks.append(child)
        }
    }

    /// Why there is nothing to read.
    private var absence: String {
        let count = detail.span.attributes.count
        let attributes = count == 1 ? "the attribute" : "the \(count) attributes"
        let elsewhere = count == 0 ? "" : " Tab shows \(attributes) that it has."
        switch detail.facts.kind {
        case .llm, .agent, .tool, .retrieval, .embedding, .reranker, .chain, .guardrail, .evaluator, .workflow,
            .memory:
            return "No content was recorded for this \(detail.facts.kind.name) span. Many instrumentations leave "
                + "prompts, answers, arguments and results out unless told to capture them, such as with "
                + "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true.\(elsewhere)"
        case .other:
            return "This span carries no messages, arguments or values.\(elsewhere)"
        }
    }
}

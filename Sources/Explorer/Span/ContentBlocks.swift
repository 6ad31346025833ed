import Canvas
import TraceModel

/// Lays out parts of messages and values.
struct ContentBlocks {
    /// Results and values up to here stay on one line.
    private static let briefBytes = 160

    let isASCII: Bool

    var ellipsis: String { Glyphs.more(ascii: isASCII) }
    var unknown: String { Glyphs.unknown(ascii: isASCII) }

    /// A part of a message.
    func part(_ part: MessagePart) -> SpanBlock {
        switch part {
        case .text(let text): return self.text(text)
        case .reasoning(let text):
            var block = SpanBlock.text(text, role: .dim)
            block.lead = "reasoning "
            return block
        case .toolCall(let id, let name, let arguments): return toolCall(id, name, arguments)
        case .toolResult(let id, let result):
            var block = value(result, absent: "no result recorded")
            block.lead = Glyphs.left(ascii: isASCII) + " "
            block.leadRole = .kindTool
            note(id, &block)
            return block
        case .media(let modality, let type, let reference):
            let what = [modality, type].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
            var block = SpanBlock.text(reference, role: .dim)
            block.lead = "[\(LongText.prefix(what, bytes: 120).text)] "
            block.leadRole = .accent
            block.clipRows = 2
            return block
        case .other(let type, let json):
            var block = value(json, absent: "")
            block.lead = "[\(LongText.prefix(type, bytes: 80).text)] "
            return block
        case .redacted:
            return SpanBlock(brief: DisplayLine("[redacted by the producer]", role: .redacted))
        }
    }

    /// Running text, or JSON where it is a container.
    func text(_ text: String) -> SpanBlock {
        if text.isEmpty { return SpanBlock(brief: DisplayLine("\"\"", role: .dim), note: "empty text") }
        var block = SpanBlock()
        block.body = SpanText(recognizing: text)
        return block
    }

    private func toolCall(_ id: String?, _ name: String?, _ arguments: String?) -> SpanBlock {
        var block = SpanBlock()
        let name = name.map { LongText.prefix($0, bytes: 120).text } ?? "(unnamed tool)"
        block.lead = Glyphs.right(ascii: isASCII) + " " + name
        block.leadRole = .kindTool
        let (line, isWhole) = ToolCallText(ellipsis: ellipsis).line(arguments: arguments)
        block.brief = line
        block.isBriefWhole = isWhole
        if let arguments, !arguments.isEmpty {
            block.body = SpanText(recognizing: arguments)
            block.isProposedOpen = !isWhole
        }
        note(id, &block)
        return block
    }

    private func note(_ id: String?, _ block: inout SpanBlock) {
        if let id, !id.isEmpty { block.note = LongText.prefix(id, bytes: 60).text }
    }

    /// A value that is JSON text or plain text; absence, null, empty text and 0 all look different.
    func value(_ text: String?, absent: String) -> SpanBlock {
        guard let text else { return SpanBlock(brief: DisplayLine(absent, role: .dim)) }
        if text.isEmpty { return SpanBlock(brief: DisplayLine("\"\"", role: .dim), note: "empty text") }
        if SpanText.looksLikeContainer(text) {
            var block = SpanBlock()
            block.body = SpanText(text, form: .json)
            let (start, isWhole) = LongText.prefix(text, bytes: Self.briefBytes)
            var brief = JSONInline.line(start)
            if !isWhole { brief.append(ellipsis, .dim) }
            block.brief = brief
            block.isBriefWhole = isWhole
            block.isProposedOpen = !isWhole
            return block
        }
        if text.utf8.count <= 32, let outline = JSONOutlineBuilder.outline(of: text, decodes: false), outline.count == 1
        {
            let role: Role? =
                switch outline.entries[0].kind {
                case .number: .jsonNumber
                case .literal: .jsonLiteral
                default: nil
                }
            if let role { return SpanBlock(brief: DisplayLine(text, role: role)) }
        }
        return .text(text)
    }
}

extension SpanBlock {
    /// A rule across the page with a title.
    static func rule(_ title: String) -> SpanBlock {
        var block = SpanBlock(brief: DisplayLine(title, role: .dim))
        block.isRule = true
        return block
    }
}

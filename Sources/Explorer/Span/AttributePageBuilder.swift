import Basics
import Canvas
import TraceModel

/// Lays out keys with their values.
struct AttributePageBuilder {
    /// A value that is a JSON container is shown as text up to here until it is opened.
    private static let briefBytes = 160
    private static let keyBytes = 1024

    let metrics: TextMetrics

    private var ellipsis: String { Glyphs.more(ascii: metrics.asciiOnly) }

    /// The attributes of a span.
    func attributePage(of span: Span) -> [SpanBlock] {
        var blocks = dropped(span.droppedAttributesCount, "attribute")
        blocks += self.blocks(span.attributes)
        if blocks.isEmpty { return [.text("This span has no attributes.", role: .dim)] }
        return blocks
    }

    /// A line that says how much the producer dropped; none where it dropped nothing.
    func dropped(_ count: Int, _ what: String) -> [SpanBlock] {
        guard count > 0 else { return [] }
        let mark = Glyphs.finding(ascii: metrics.asciiOnly)
        var block = SpanBlock.text(
            "\(mark) \(count) more \(what)\(count == 1 ? "" : "s") dropped by the producer", role: .warning)
        block.isWide = true
        return [block]
    }

    /// One block for each attribute, in the order of the source.
    func blocks(_ attributes: [Attribute], indent: Int = 0) -> [SpanBlock] {
        var totals: [String: Int] = [:]
        for attribute in attributes { totals[attribute.key, default: 0] += 1 }
        var seen: [String: Int] = [:]
        return attributes.map { attribute in
            var block = block(attribute.value)
            block.gutter = attribute.key.isEmpty ? "(empty key)" : key(attribute.key)
            block.gutterRole = attribute.key.isEmpty ? .dim : .jsonKey
            block.indent = indent
            if let total = totals[attribute.key], total > 1 {
                let number = seen[attribute.key, default: 0] + 1
                seen[attribute.key] = number
                block.note = "\(number) of \(total) with this key"
                block.noteRole = .warning
            }
            return block
        }
    }

    private func key(_ key: String) -> String {
        let (text, isWhole) = LongText.prefix(key, bytes: Self.keyBytes)
        return isWhole ? text : text + ellipsis
    }

    /// A value without its key.
    func block(_ value: AttributeValue) -> SpanBlock {
        var block = SpanBlock()
        block.clipRows = 4
        switch value {
        case .empty: block.brief = DisplayLine("null", role: .jsonLiteral)
        case .bool(let value): block.brief = DisplayLine(value ? "true" : "false", role: .jsonLiteral)
        case .int(let value): block.brief = DisplayLine("\(value)", role: .jsonNumber)
        case .double(let value): block.brief = DisplayLine("\(value)", role: .jsonNumber)
        case .string(let text): return string(text)
        case .bytes(let bytes):
            block = .text(Base64.text(bytes))
            block.lead = "\(Figures.bytes(Int64(bytes.count))) base64 "
            block.clipRows = 4
        case .array, .map:
            block.body = SpanText(AttributeJSON.text(of: value), form: .json)
            closeLarge(&block)
        }
        return block
    }

    /// A text value, which opens as a tree where it is JSON.
    private func string(_ text: String) -> SpanBlock {
        if text.isEmpty { return SpanBlock(brief: DisplayLine("\"\"", role: .dim), note: "empty text") }
        // What OpenInference writes in place of content that it was told to hide.
        if text == "__REDACTED__" {
            return SpanBlock(brief: DisplayLine(text, role: .redacted), note: "by the producer")
        }
        guard SpanText.looksLikeContainer(text) else {
            var block = SpanBlock.text(text)
            block.clipRows = 4
            return block
        }
        var block = SpanBlock()
        block.body = SpanText(text, form: .json)
        block.brief = brief(text)
        block.isBriefWhole = text.utf8.count <= Self.briefBytes
        block.note = "JSON"
        block.clipRows = 12
        return block
    }

    /// A structured value: small ones on one line, others open.
    private func closeLarge(_ block: inout SpanBlock) {
        guard let text = block.body?.text else { return }
        block.brief = brief(text)
        block.isBriefWhole = text.utf8.count <= Self.briefBytes
        block.isProposedOpen = text.utf8.count > 60
    }

    private func brief(_ text: String) -> DisplayLine {
        let (start, isWhole) = LongText.prefix(text, bytes: Self.briefBytes)
        var line = JSONInline.line(start, hang: 0)
        if !isWhole { line.append("\(ellipsis) \(Figures.bytes(Int64(text.utf8.count)))", .dim) }
        return line
    }
}

extension SpanBlock {
    init(brief: DisplayLine, note: String = "") {
        self.init()
        self.brief = brief
        self.note = note
    }
}

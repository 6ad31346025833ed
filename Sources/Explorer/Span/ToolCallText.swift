/// A tool call on one line: `name(order: 7731)`.
struct ToolCallText {
    /// Arguments longer than this are not read for the line.
    private static let argumentBytes = 2048
    private static let lineBytes = 240

    let ellipsis: String

    /// The arguments between parentheses, and whether that is all of them.
    func line(arguments: String?) -> (line: DisplayLine, isWhole: Bool) {
        var line = DisplayLine(hang: 2)
        line.append("(", .text)
        var isWhole = true
        if let arguments, !arguments.isEmpty {
            isWhole = append(arguments, to: &line)
        } else if arguments != nil {
            line.append("\"\"", .dim)
        } else {
            line.append("arguments not recorded", .dim)
        }
        line.append(")", .text)
        return (line, isWhole)
    }

    private func append(_ arguments: String, to line: inout DisplayLine) -> Bool {
        guard arguments.utf8.count <= Self.argumentBytes,
            let outline = JSONOutlineBuilder.outline(of: arguments, decodes: true)
        else {
            let (start, isWhole) = LongText.prefix(arguments, bytes: 60)
            line.append(start, .text)
            if !isWhole { line.append(ellipsis, .dim) }
            return isWhole
        }
        guard let root = outline.entries.first, root.kind == .openObject else {
            if outline.entries.first?.kind != .emptyObject { line.append(JSONInline.line(arguments)) }
            return true
        }
        var member = 1
        while member < Int(root.jump) {
            if member > 1 { line.append(", ", .text) }
            if line.text.utf8.count > Self.lineBytes {
                line.append(ellipsis, .dim)
                return false
            }
            line.append((outline.key(of: member) ?? "") + ": ", .jsonKey)
            appendValue(outline, member, to: &line)
            let entry = outline.entries[member]
            member = (entry.kind.opens ? Int(entry.jump) : outline.group(of: member).upperBound - 1) + 1
        }
        return line.text.utf8.count <= 2 * Self.lineBytes
    }

    private func appendValue(_ outline: JSONOutline, _ member: Int, to line: inout DisplayLine) {
        let entry = outline.entries[member]
        switch entry.kind {
        case .string: line.append("\"" + outline.value(of: member) + "\"", .jsonString)
        case .number: line.append(outline.value(of: member), .jsonNumber)
        case .literal: line.append(outline.value(of: member), .jsonLiteral)
        default: line.append(JSONInline.line(outline.value(of: member)))
        }
    }
}

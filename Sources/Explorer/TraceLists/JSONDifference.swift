import TraceAnalysis

/// Two JSON texts and where they differ; texts that are no JSON are compared as words.
enum JSONDifference {
    /// The most changes that are listed.
    private static let limit = 200
    /// The most characters of a value on a line.
    private static let valueWidth = 120

    static func lines(_ what: String, _ earlier: String, _ later: String) -> [DisplayLine] {
        guard let before = value(earlier), let after = value(later) else {
            return TextDifference.lines(what, earlier, later)
        }
        let changes = DiffValue.changes(from: before, to: after, limit: limit)
        if changes.isEmpty {
            return [DisplayLine("\(what): the same value, written differently", role: .header)]
        }
        if changes.count == 1, case .string(let old)? = changes[0].before, case .string(let new)? = changes[0].after {
            let path = changes[0].path.isEmpty ? what : "\(what): \(changes[0].path)"
            return TextDifference.lines(path, old, new)
        }
        let more = changes.count == limit ? "at least " : ""
        return [DisplayLine("\(what): \(more)\(changes.count) values differ", role: .header)] + changes.map(line)
    }

    private static func line(_ change: ValueChange) -> DisplayLine {
        var line = DisplayLine(indent: 2, hang: 2)
        let sign: String
        switch change.kind {
        case .added: sign = "+ "
        case .removed: sign = "- "
        case .changed: sign = "~ "
        }
        let role: Role = change.kind == .added ? .diffAdded : change.kind == .removed ? .diffRemoved : .text
        line.append(sign, role)
        line.append((change.path.isEmpty ? "the whole value" : change.path) + " ", .jsonKey)
        if let before = change.before { line.append("[-" + before.brief(width: valueWidth) + "-]", .diffRemoved) }
        if let after = change.after { line.append("{+" + after.brief(width: valueWidth) + "+}", .diffAdded) }
        return line
    }

    /// The text as a value; nil where it is no JSON, and for plain words.
    private static func value(_ text: String) -> DiffValue? {
        guard let first = text.first(where: { !$0.isWhitespace }), first == "{" || first == "[" else { return nil }
        return DiffValueReader.value(text)
    }
}

import FastJSON
import TraceAnalysis

/// Two texts as one, with what went and what came marked so that it shows without colour.
enum TextDifference {
    /// Unchanged stretches longer than this many words are told by their number.
    private static let contextWords = 12

    static func lines(_ what: String, _ earlier: String, _ later: String) -> [DisplayLine] {
        let diff = WordDiff(earlier, later)
        let words = diff.changedWords
        let count = words == 0 ? "white space and marks" : "\(words) word\(words == 1 ? "" : "s")"
        let rough = diff.isDetailed ? "" : ", too much to compare word by word"
        var line = DisplayLine(indent: 2)
        let runs = joined(diff.runs)
        for (place, run) in runs.enumerated() {
            switch run.kind {
            case .removed: line.append("[-" + run.text + "-]", .diffRemoved)
            case .added: line.append("{+" + run.text + "+}", .diffAdded)
            case .equal: line.append(context(run.text, isFirst: place == 0, isLast: place == runs.count - 1), .text)
            }
        }
        return [DisplayLine("\(what) differs in \(count)\(rough)", role: .header), line]
    }

    /// Changes with nothing but white space between them read as one.
    private static func joined(_ runs: [TextRun]) -> [TextRun] {
        var result: [TextRun] = []
        var removed = ""
        var added = ""
        func finish() {
            if !removed.isEmpty { result.append(TextRun(.removed, removed)) }
            if !added.isEmpty { result.append(TextRun(.added, added)) }
            removed = ""
            added = ""
        }
        for (place, run) in runs.enumerated() {
            switch run.kind {
            case .removed: removed += run.text
            case .added: added += run.text
            case .equal:
                let isBetween = !removed.isEmpty && !added.isEmpty && place + 1 < runs.count
                if isBetween, run.text.allSatisfy(\.isWhitespace) {
                    removed += run.text
                    added += run.text
                } else {
                    finish()
                    result.append(run)
                }
            }
        }
        finish()
        return result
    }

    /// The ends of an unchanged stretch that stand beside changes, and how much is left out between.
    private static func context(_ text: String, isFirst: Bool, isLast: Bool) -> String {
        let words = text.split(omittingEmptySubsequences: true) { $0 == " " || $0 == "\n" || $0 == "\t" }
        guard words.count > contextWords * 2 else { return text }
        let head = isFirst ? 0 : contextWords
        let tail = isLast ? 0 : contextWords
        let left = words.count - head - tail
        let start = head > 0 ? String(text[..<words[head - 1].endIndex]) + " " : ""
        let end = tail > 0 ? " " + String(text[words[words.count - tail].startIndex...]) : ""
        return start + "(\(left) words the same)" + end
    }
}

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

/// Reads JSON text as the values that are compared.
///
/// A stack of open containers takes the place of recursion.
enum DiffValueReader {
    private struct Container {
        var isObject: Bool
        var key = ""
        var items: [DiffValue] = []
        var members: [(key: String, value: DiffValue)] = []

        var value: DiffValue { isObject ? .object(members) : .array(items) }

        mutating func add(_ value: DiffValue) {
            if isObject { members.append((key, value)) } else { items.append(value) }
        }
    }

    /// The value that fills the text; nil where the text is no JSON.
    static func value(_ text: String) -> DiffValue? {
        var text = text
        return text.withUTF8 { try? read(UnsafeRawBufferPointer($0)) }
    }

    private static func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> DiffValue? {
        var tokenizer = JSONTokenizer(borrowing: bytes)
        var open: [Container] = []
        while true {
            var finished: DiffValue?
            switch try tokenizer.next() {
            case .beginObject: open.append(Container(isObject: true))
            case .beginArray: open.append(Container(isObject: false))
            case .key: open[open.count - 1].key = try tokenizer.text()
            case .endObject, .endArray: finished = open.popLast()?.value
            case .string: finished = .string(try tokenizer.text())
            case .number:
                finished = .number(tokenizer.int64.map { String($0) } ?? String(tokenizer.double))
            case .true: finished = .bool(true)
            case .false: finished = .bool(false)
            case .null: finished = .null
            case .endOfInput: return nil
            }
            guard let finished else { continue }
            if open.isEmpty { return try tokenizer.next() == .endOfInput ? finished : nil }
            open[open.count - 1].add(finished)
        }
    }
}

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

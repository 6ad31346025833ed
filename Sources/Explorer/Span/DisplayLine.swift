/// One line of a page before it is wrapped: its text and the role of each stretch.
struct DisplayLine: Equatable, Sendable {
    /// A stretch of text of one role, up to a UTF-8 offset.
    struct Run: Equatable, Sendable {
        var end: Int
        var role: Role
    }

    private(set) var text = ""
    private(set) var runs: [Run] = []
    /// Columns before the first row.
    var indent = 0
    /// Further columns before the rows after the first.
    var hang = 0

    init(indent: Int = 0, hang: Int = 0) {
        self.indent = indent
        self.hang = hang
    }

    init(_ text: String, role: Role, indent: Int = 0, hang: Int = 0) {
        self.init(indent: indent, hang: hang)
        append(text, role)
    }

    /// Adds text, tabs expanded to stops of four columns.
    mutating func append(_ more: String, _ role: Role) {
        if more.isEmpty { return }
        if more.utf8.contains(UInt8(ascii: "\t")) {
            appendExpandingTabs(more)
        } else {
            text += more
        }
        runs.append(Run(end: text.utf8.count, role: role))
    }

    private mutating func appendExpandingTabs(_ more: String) {
        var column = 0
        for scalar in more.unicodeScalars {
            switch scalar {
            case "\t":
                let count = 4 - column % 4
                text += String(repeating: " ", count: count)
                column += count
            case "\n":
                text.unicodeScalars.append(scalar)
                column = 0
            default:
                text.unicodeScalars.append(scalar)
                column += 1
            }
        }
    }
}

extension DisplayLine {
    /// Adds the text and roles of another line.
    mutating func append(_ other: DisplayLine) {
        var start = other.text.utf8.startIndex
        for run in other.runs {
            let end = other.text.utf8.index(other.text.utf8.startIndex, offsetBy: run.end)
            append(String(other.text[start..<end]), run.role)
            start = end
        }
    }
}

extension DisplayLine {
    /// A stretch of the line with its roles, behind so many blanks.
    func slice(_ range: Range<Int>, indent: Int) -> DisplayLine {
        var result = DisplayLine()
        if indent > 0 { result.append(String(repeating: " ", count: indent), .text) }
        var start = 0
        for run in runs {
            let part = max(start, range.lowerBound)..<max(start, range.lowerBound, min(run.end, range.upperBound))
            if !part.isEmpty { result.append(LongText.slice(text, part), run.role) }
            start = run.end
        }
        return result
    }
}

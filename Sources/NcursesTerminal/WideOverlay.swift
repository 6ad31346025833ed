import Canvas

/// Characters that the terminal draws two columns wide and curses would draw in one.
///
/// Terminals that make ambiguous characters wide do so without the C library's knowledge, by which curses measures.
/// Curses gets blanks in their place, and they are written over these when curses is done, each at its own position
/// and with the cursor saved, so that curses need not know.
struct WideOverlay {
    private struct Mark: Equatable {
        let column: Int
        let text: String
        let style: Style
    }

    private let reduction: ColorReduction
    /// What lies over curses' blanks, by row.
    private var marks: [Int: [Mark]] = [:]

    init(depth: ColorDepth) {
        reduction = ColorReduction(depth: depth)
    }

    var isEmpty: Bool { marks.isEmpty }

    /// The screen is blank.
    mutating func clear() { marks.removeAll() }

    /// What has to be written after curses redrew a row.
    ///
    /// - Parameters:
    ///   - columns: what the terminal shows of the row.
    ///   - isOverlaid: whether curses got blanks for a cell.
    mutating func sequence(for canvas: Canvas, row: Int, columns: Int, isOverlaid: (Cell) -> Bool) -> String {
        var fresh: [Mark] = []
        for column in 0..<columns {
            let cell = canvas[column, row]
            if cell.width == 2, column + 1 < columns, isOverlaid(cell) {
                fresh.append(Mark(column: column, text: cell.text, style: cell.style))
            }
        }
        let stale = marks[row] ?? []
        marks[row] = fresh.isEmpty ? nil : fresh
        var result = ""
        // Where curses had a blank and has one now it sends nothing, and the character would stay.
        for mark in stale {
            for column in mark.column..<min(mark.column + 2, columns) {
                let cell = canvas[column, row]
                if cell.text == " " { result += write(" ", column: column, row: row, cell.style) }
            }
        }
        for mark in fresh { result += write(mark.text, column: mark.column, row: row, mark.style) }
        return result.isEmpty ? "" : "\u{1B}7" + result + "\u{1B}8"
    }

    private func write(_ text: String, column: Int, row: Int, _ style: Style) -> String {
        "\u{1B}[\(row + 1);\(column + 1)H\u{1B}[" + parameters(style) + "m" + text
    }

    /// The style by the parameters of `SGR` (ECMA-48).
    private func parameters(_ style: Style) -> String {
        let attributes = reduction.attributes(style)
        var parameters = ["0"]
        let numbers: [(Style.Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ]
        for (attribute, number) in numbers where attributes.contains(attribute) { parameters.append(number) }
        parameters += color(style.foreground, base: 30) + color(style.background, base: 40)
        return parameters.joined(separator: ";")
    }

    private func color(_ color: Color, base: Int) -> [String] {
        let number = reduction.number(color)
        switch (number, reduction.depth) {
        case (..<0, _): return []
        case (0..<8, _): return ["\(base + number)"]
        case (8..<16, .sixteen): return ["\(base + 60 + number - 8)"]
        case (_, .direct): return ["\(base + 8)", "2", "\(number >> 16)", "\(number >> 8 & 255)", "\(number & 255)"]
        default: return ["\(base + 8)", "5", "\(number)"]
        }
    }
}

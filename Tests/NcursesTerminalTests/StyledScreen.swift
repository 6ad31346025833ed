import Canvas

@testable import NcursesTerminal

/// Screens as text and visible style, cell by cell, to compare canvases with what a terminal says that it shows.
enum StyledScreen {
    /// The cells of a canvas; blanks have only what shows on a blank.
    static func cells(of canvas: Canvas) -> [String] {
        let reduction = ColorReduction(depth: .palette)
        return canvas.cells.filter { $0.width > 0 }.map { cell in
            let style = cell.style
            let numbers: [(Style.Attributes, Int)] = [
                (.bold, 1), (.dim, 2), (.italic, 3), (.underline, 4), (.reverse, 7),
            ]
            return name(
                cell.text, foreground: reduction.number(style.foreground),
                background: reduction.number(style.background),
                attributes: Set(numbers.filter { style.attributes.contains($0.0) }.map(\.1)))
        }
    }

    /// The cells of what `tmux capture-pane -e` prints.
    static func cells(captured text: String, size: Size) -> [String] {
        var result: [String] = []
        var foreground = -1
        var background = -1
        var attributes: Set<Int> = []
        let blank = name(" ", foreground: -1, background: -1, attributes: [])
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(size.rows) {
            var column = 0
            var rest = Substring(line)
            while let first = rest.first {
                if first == "\u{1B}", let end = rest.firstIndex(of: "m") {
                    var numbers = rest[..<end].dropFirst(2).split(separator: ";", omittingEmptySubsequences: false)
                        .map { Int($0) ?? 0 }[...]
                    rest = rest[rest.index(after: end)...]
                    while let number = numbers.popFirst() {
                        switch number {
                        case 0: (foreground, background, attributes) = (-1, -1, [])
                        case 1...9: attributes.insert(number)
                        case 30...37: foreground = number - 30
                        case 90...97: foreground = number - 82
                        case 40...47: background = number - 40
                        case 100...107: background = number - 92
                        case 39: foreground = -1
                        case 49: background = -1
                        case 38, 48:
                            let color = numbers.dropFirst().first ?? -1
                            numbers = numbers.dropFirst(2)
                            if number == 38 { foreground = color } else { background = color }
                        default: attributes.remove(number - 20)
                        }
                    }
                    continue
                }
                rest.removeFirst()
                column += TextMetrics().width(of: String(first))
                result.append(
                    name(String(first), foreground: foreground, background: background, attributes: attributes))
            }
            // tmux leaves out blanks at the ends of lines.
            result += Array(repeating: blank, count: max(0, size.columns - column))
        }
        return result
    }

    private static func name(_ text: String, foreground: Int, background: Int, attributes: Set<Int>) -> String {
        if text == " " {
            let shown = attributes.intersection([4, 7])
            return "blank on \(background), \(shown.isEmpty ? -1 : foreground) \(shown.sorted())"
        }
        return "\(text) \(foreground) on \(background) \(attributes.sorted())"
    }
}

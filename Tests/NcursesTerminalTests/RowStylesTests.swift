import Canvas
import Testing

@testable import NcursesTerminal

@Suite struct RowStylesTests {
    private let red = Style(foreground: .indexed(1))
    private let blue = Style(foreground: .indexed(4), attributes: .bold)
    private let ground = Style(background: .indexed(2))

    /// One letter per cell: r and b and g for the styles above, x for reverse, a dot for plain.
    private func chosen(_ draw: (inout Canvas) -> Void) -> String {
        var canvas = Canvas(size: Size(columns: 30, rows: 1))
        draw(&canvas)
        return RowStyles.chosen(canvas.cells).map { style in
            style == red
                ? "r" : style == blue ? "b" : style == ground ? "g" : style.attributes == .reverse ? "x" : "."
        }.joined()
    }

    @Test func shortGapsGoWithTheWordBefore() {
        let row = chosen {
            $0.write("ab", column: 0, row: 0, style: red)
            $0.write("cd", column: 3, row: 0, style: blue)
            $0.write("e", column: 9, row: 0, style: red)
        }
        #expect(row == "rrrbbbbbbr....................")
    }

    @Test func gapsWithinAStyleKeepIt() {
        let row = chosen {
            $0.write("a", column: 0, row: 0, style: red)
            $0.write("b", column: 20, row: 0, style: red)
        }
        #expect(row == "rrrrrrrrrrrrrrrrrrrrr.........")
    }

    @Test func longGapsAndEndsArePlain() {
        let row = chosen {
            $0.write("ab" + String(repeating: " ", count: 13), column: 0, row: 0, style: red)
            $0.write("c ", column: 15, row: 0, style: blue)
        }
        #expect(row == "rr.............b..............")
    }

    @Test func whatShowsOnABlankStays() {
        let row = chosen {
            $0.write("a b", column: 0, row: 0, style: ground)
            $0.write("c d", column: 4, row: 0, style: Style(attributes: .reverse))
            $0.write("e", column: 8, row: 0, style: red)
        }
        #expect(row == "ggg.xxx.r.....................")
    }
}

import Basics
import Canvas
import TestSupport
import Testing

@Suite struct CanvasDrawingTests {
    private let bold = Style(attributes: .bold)

    private func text(_ canvas: Canvas, row: Int = 0) -> String {
        (0..<canvas.size.columns).map { canvas[$0, row].text }.joined()
    }

    @Test func writingIsCutAtTheEdges() {
        var canvas = Canvas(size: Size(columns: 6, rows: 2))
        #expect(canvas.write("hello world", column: 2, row: 0) == 4)
        #expect(text(canvas) == "  hell")
        #expect(canvas.write("hello", column: -2, row: 1) == 5)
        #expect(text(canvas, row: 1) == "llo   ")
        #expect(canvas.write("x", column: 6, row: 0) == 0)
        #expect(canvas.write("x", column: 0, row: 2) == 0)
        #expect(canvas.write("x", column: 0, row: -1) == 0)
        #expect(canvas.write("abc", column: 0, row: 0, limit: 2) == 2)
        #expect(text(canvas) == "abhell")
        #expect(canvas.write("abc", column: 0, row: 0, limit: 0) == 0)
    }

    @Test func aWideCharacterThatDoesNotFitIsNotWritten() {
        var canvas = Canvas(size: Size(columns: 5, rows: 1))
        #expect(canvas.write("日本語", column: 0, row: 0) == 4)
        #expect(text(canvas) == "日本 ")
        #expect(canvas.write("日", column: 4, row: 0) == 0)
    }

    @Test func overwritingHalfOfAWideCharacterBlanksTheOther() {
        var canvas = Canvas(size: Size(columns: 6, rows: 1))
        canvas.write("日本語", column: 0, row: 0)
        canvas.write("x", column: 1, row: 0, style: bold)
        #expect(text(canvas) == " x本語")
        canvas.write("日", column: 3, row: 0)
        #expect(text(canvas) == " x 日 ")
        canvas.fill(Rect(column: 0, row: 0, columns: 4, rows: 1), style: bold)
        #expect(text(canvas) == "      ")
        canvas.write("日本語", column: -1, row: 0)
        #expect(text(canvas) == " 本語 ")
    }

    @Test func restylingKeepsTheText() {
        var canvas = Canvas(size: Size(columns: 4, rows: 2))
        canvas.write("ab日", column: 0, row: 1)
        canvas.restyle(Rect(column: -3, row: 1, columns: 99, rows: 99)) { $0.adding(.reverse) }
        #expect(text(canvas, row: 1) == "ab日")
        #expect((0..<4).allSatisfy { canvas[$0, 1].style.attributes == .reverse })
        #expect((0..<4).allSatisfy { canvas[$0, 0] == .blank })
    }

    @Test func nothingOfHostileTextStays() {
        var canvas = Canvas(size: Size(columns: 40, rows: 1))
        canvas.write("\u{1B}[31m\u{202E}x\t\n", column: 0, row: 0)
        #expect(text(canvas).hasPrefix("␛[31m⟨U+202E⟩x→   ␊ "))
    }

    @Test func anEmptyCanvasTakesEverything() {
        var canvas = Canvas(size: Size(columns: 0, rows: -3))
        canvas.write("x", column: 0, row: 0)
        canvas.fill(Rect(column: 0, row: 0, columns: 5, rows: 5), style: bold)
        #expect(canvas.cells.isEmpty)
    }

    @Test(arguments: 0..<300) func noHalfCharacterIsEverLeft(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let size = Size(columns: Int.random(in: 1...30, using: &random), rows: Int.random(in: 1...5, using: &random))
        let metrics = RandomText.metrics[Int(seed) % RandomText.metrics.count]
        var canvas = Canvas(size: size, metrics: metrics)
        for _ in 0..<40 {
            let column = Int.random(in: -5...35, using: &random)
            let row = Int.random(in: -1...5, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let columns = Int.random(in: 0...10, using: &random)
                let rows = Int.random(in: 0...3, using: &random)
                canvas.fill(Rect(column: column, row: row, columns: columns, rows: rows), style: bold)
            case 1:
                canvas.restyle(Rect(column: column, row: row, columns: 4, rows: 2)) { $0.adding(.underline) }
            default:
                let limit = Bool.random(using: &random) ? Int.max : Int.random(in: 0...20, using: &random)
                let text = RandomText.make(&random)
                let used = canvas.write(text, column: column, row: row, limit: limit)
                #expect(used <= max(0, min(limit, size.columns - column)))
            }
            check(canvas)
        }
    }

    /// Every wide cell has its right half, every right half its wide cell, and all text is what fits.
    private func check(_ canvas: Canvas) {
        for row in 0..<canvas.size.rows {
            var column = 0
            while column < canvas.size.columns {
                let cell = canvas[column, row]
                guard (1...2).contains(cell.width), column + Int(cell.width) <= canvas.size.columns else {
                    Issue.record("half a character at column \(column)")
                    return
                }
                let isWhole =
                    cell.width == 1 || canvas[column + 1, row].width == 0 && canvas[column + 1, row].text == ""
                #expect(isWhole && canvas.metrics.width(of: cell.text) == Int(cell.width))
                column += Int(cell.width)
            }
        }
    }
}

import Canvas
import TestSupport
import Testing

/// The helper that other tests of screens rest on.
@Suite struct SnapshotTests {
    private func canvas() -> Canvas {
        var canvas = Canvas(size: Size(columns: 20, rows: 4))
        canvas.write("● chat 日本 é", column: 1, row: 0, style: Style(foreground: .indexed(4), attributes: .bold))
        canvas.write("\u{1B}[31m\u{202E}", column: 0, row: 1, style: Style(foreground: .rgb(255, 8, 0)))
        canvas.write("plain", column: 2, row: 2)
        canvas.fill(Rect(column: 0, row: 3, columns: 20, rows: 1), style: Style(attributes: .reverse))
        canvas.cursor = (column: 2, row: 2)
        return canvas
    }

    @Test func aCanvasIsAFile() {
        ScreenSnapshot.check(canvas(), "sample")
    }

    @Test func textStyleAndCursorAreAllInIt() {
        let text = ScreenSnapshot.text(of: canvas())
        var other = canvas()
        other.restyle(Rect(column: 2, row: 2, columns: 1, rows: 1)) { $0.adding(.underline) }
        #expect(ScreenSnapshot.text(of: other) != text)
        other = canvas()
        other.cursor = nil
        #expect(ScreenSnapshot.text(of: other) != text)
        #expect(text.contains(" ● chat 日本 é") && text.contains("b #ff0800 on default"))
    }

    @Test(.disabled(if: ScreenSnapshot.isRecording)) func aDifferenceAndAMissingFileAreIssues() {
        withKnownIssue { ScreenSnapshot.check(Canvas(size: Size(columns: 1, rows: 1)), "sample") }
        withKnownIssue { ScreenSnapshot.check(canvas(), "no such file") }
    }
}

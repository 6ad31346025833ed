import Canvas
import Explorer
import TestSupport
import Testing
import TraceModel
import TraceQuery

/// What the stream view looks like, cell by cell.
@Suite struct StreamScreenTests {
    private func check(
        _ name: String, _ columns: Int, _ rows: Int, theme: String = "dark", metrics: TextMetrics = TextMetrics(),
        details: [StreamDetail] = [StreamFixture.incident()], keys: String
    ) {
        var explorer = ScriptedExplorer.streaming(columns: columns, rows: rows, metrics: metrics, theme: theme)
        explorer.streams = details
        explorer.press(keys)
        ScreenSnapshot.check(Screens.render(explorer.state), "\(name)-\(columns)x\(rows)")
    }

    @Test(arguments: [(80, 24), (20, 5), (200, 60), (60, 14)]) func stream(columns: Int, rows: Int) {
        check("stream", columns, rows, keys: "p Space : 'seek_4.3s' Enter j")
    }

    @Test func reasoningAndArguments() {
        check("stream-tool", 80, 24, keys: "p Space : 'seek_#19' Enter . j")
    }

    @Test func withoutColour() {
        check("stream-mono", 80, 24, theme: "mono", keys: "p Space : 'seek_4.3s' Enter j")
    }

    @Test func inASCII() {
        check(
            "stream-ascii", 80, 24, theme: "mono", metrics: TextMetrics(asciiOnly: true),
            keys: "p Space i : 'seek_2.3s' Enter j")
    }

    @Test func withoutAClock() {
        check("stream-untimed", 80, 24, details: [StreamFixture.untimed()], keys: "p . . . j")
    }

    @Test func sideBySide() {
        var later = StreamFixture.incident()
        later.chunks.mapOffsets { $0.map { $0 + $0 / 5 + 300_000_000 } }
        later.info.durationNanos = (later.info.durationNanos ?? 0) * 6 / 5 + 300_000_000
        later.figures.stalls = []
        check(
            "stream-compare", 80, 24, details: [StreamFixture.incident(), later],
            keys: "Space j Space d Space : 'seek_3.9s' Enter j")
    }

    @Test func theHeadOfTheSpanTellsOfItsStreamAndFindings() throws {
        let stream = StreamFixture.incident()
        var explorer = ScriptedExplorer.streaming(stream, theme: "dark")
        explorer.press("Enter")
        let shown = try #require(explorer.state.trace?.pane.document?.detail)
        var detail = shown
        detail.stream = StreamBrief(info: stream.info, figures: stream.figures)
        detail.findings = stream.findings
        explorer.state.trace?.pane.document = LoadedSpan(
            detail, document: SpanDocument(detail: detail, metrics: TextMetrics()))
        let canvas = Screens.render(explorer.state)
        ScreenSnapshot.check(canvas, "span-stream-80x24")
        explorer.press("p")
        #expect(explorer.state.view == .stream)
    }

    @Test func wideCharactersCutByChunks() {
        let scalars = "你好，世界！👩‍💻 们把订单查了一遍。🇩🇪 und 🇫🇷: é, ok?\nzweite Zeile".unicodeScalars
        let chunks = scalars.enumerated().map { index, scalar in
            StreamChunk(
                offsetNanos: Int64(index + 1) * 50 * StreamFixture.millisecond, kind: .text, text: String(scalar))
        }
        check("stream-cjk", 40, 16, details: [StreamFixture.detail(chunks)], keys: "p Space : 'seek_#8' Enter j")
    }
}

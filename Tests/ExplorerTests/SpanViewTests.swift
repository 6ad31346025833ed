import Canvas
import Explorer
import Testing
import TraceModel
import TraceQuery

@Suite struct SpanViewTests {
    static let theme = Theme(name: "test", styles: [:])

    static func screen(
        _ detail: SpanDetail, columns: Int = 80, rows: Int = 24, _ actions: [SpanViewAction] = []
    ) -> [String] {
        let document = SpanDocument(detail: detail, metrics: TextMetrics())
        let size = Size(columns: columns, rows: rows)
        var state = SpanViewState()
        for action in actions { state.apply(action, document: document, size: size) }
        var canvas = Canvas(size: size)
        SpanView.render(state, document: document, theme: theme, into: &canvas, rect: Rect(size))
        return SpanFixtures.text(canvas)
    }

    @Test func show() {
        print(Self.screen(SpanFixtures.chat).joined(separator: "\n"))
        print(Self.screen(SpanFixtures.chat, columns: 80, rows: 30, [.showTab(.attributes)]).joined(separator: "\n"))
        print(Self.screen(SpanFixtures.chat, columns: 80, rows: 40, [.expandAll]).joined(separator: "\n"))
        print(Self.screen(SpanFixtures.chat, columns: 80, rows: 40, [.showTab(.attributes), .expandAll]).joined(separator: "\n"))
        print(Self.screen(SpanFixtures.chat, columns: 20, rows: 5, []).joined(separator: "\n"))
        print(Self.screen(SpanFixtures.chat, columns: 30, rows: 25, [.showTab(.attributes)]).joined(separator: "\n"))
    }
}

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
        for tab in SpanTab.allCases {
            print(
                Self.screen(SpanFixtures.failed, columns: 80, rows: tab == .raw ? 60 : 36, [.showTab(tab)]).joined(
                    separator: "\n"))
        }
        print(Self.screen(SpanFixtures.tool, columns: 80, rows: 14).joined(separator: "\n"))
        print(
            Self.screen(SpanFixtures.failed, columns: 80, rows: 24, [.showTab(.raw), .collapseAll]).joined(
                separator: "\n"))
        print(
            Self.screen(SpanFixtures.failed, columns: 80, rows: 24, [.showTab(.events), .search("line 19")]).joined(
                separator: "\n"))
    }
}

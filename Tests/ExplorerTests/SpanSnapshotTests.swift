import Canvas
import Explorer
import TestSupport
import Testing
import TraceModel
import TraceQuery

/// The span view, cell by cell.
@Suite struct SpanSnapshotTests {
    private static let sizes = [(80, 24), (20, 5), (200, 60)]

    private func check(
        _ name: String, _ detail: SpanDetail, _ columns: Int = 80, _ rows: Int = 24, theme: String = "dark",
        metrics: TextMetrics = TextMetrics(), actions: SpanViewAction...
    ) {
        let document = SpanDocument(detail: detail, metrics: metrics)
        let size = Size(columns: columns, rows: rows)
        var state = SpanViewState()
        for action in actions { state.apply(action, document: document, size: size) }
        var canvas = Canvas(size: size, metrics: metrics)
        SpanView.render(
            state, document: document, theme: Theme.named(theme) ?? Theme.fallback, into: &canvas, rect: Rect(size))
        ScreenSnapshot.check(canvas, "span-\(name)-\(columns)x\(rows)")
    }

    @Test(arguments: SpanSnapshotTests.sizes) func conversation(columns: Int, rows: Int) {
        check("chat", SpanFixtures.chat, columns, rows, actions: .move(3))
    }

    @Test(arguments: SpanSnapshotTests.sizes) func attributes(columns: Int, rows: Int) {
        check(
            "attributes", SpanFixtures.chat, columns, rows, actions: .showTab(.attributes), .search("gen_ai.input"),
            .toggleFold)
    }

    @Test(arguments: [false, true]) func whatTheCallBeforeWasGivenIsOneLine(isOpen: Bool) {
        var detail = SpanFixtures.chat
        detail.content.inputMessages = (0..<6).map {
            Message(role: $0 % 2 == 0 ? "user" : "assistant", parts: [.text("message \($0)")])
        }
        let now = detail.content.inputMessages
        let before = now[..<4] + [Message(role: "tool", parts: [.text("gone")]), Message(role: "user", parts: [])]
        detail.context = MessageContext(detail.content)
        detail.context?.compare(now, with: Array(before), of: LocalSpanID(SpanID(0xC1)))
        if isOpen {
            check("continued-open", detail, actions: .move(1), .toggleFold)
        } else {
            check("continued", detail)
        }
    }

    @Test func failureInMono() {
        check(
            "failed-mono", SpanFixtures.failed, theme: "mono", actions: .showTab(.events), .search("exception"),
            .nextHit(1))
    }

    @Test func failureInASCII() {
        check("failed-ascii", SpanFixtures.failed, metrics: TextMetrics(asciiOnly: true), actions: .showTab(.links))
    }

    @Test func toolWithNullResult() { check("tool", SpanFixtures.tool) }
    @Test func httpCall() { check("http", SpanFixtures.http, 60, 12) }
    @Test func retrieval() { check("retrieval", SpanFixtures.retrieval, actions: .move(2)) }
    @Test func nothings() { check("nothings", SpanFixtures.nothings, actions: .end) }
    @Test func hostileText() { check("hostile", SpanFixtures.hostile, actions: .toggleAll) }
    @Test func hostileAttributes() { check("hostile-raw", SpanFixtures.hostile, 50, 24, actions: .showTab(.raw)) }
    @Test func resource() { check("resource", SpanFixtures.failed, actions: .showTab(.resource)) }
    @Test func rawSpan() {
        check("raw", SpanFixtures.failed, actions: .showTab(.raw), .collapseAll, .move(3), .toggleFold)
    }
}

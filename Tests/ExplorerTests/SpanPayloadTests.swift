import Canvas
import Testing
import TraceModel
import TraceQuery

@testable import Explorer

/// The cost of large payloads, counted in lines laid out, never in time.
@Suite struct SpanPayloadTests {
    /// Lines that an action with its frame may lay out at 80×24: a few screens.
    private static let limit = 24 * 12

    private static func text(bytes: Int) -> String {
        let block = (0..<97).map { "line \($0) " + String(repeating: "word ", count: $0 % 37) + "\n" }.joined()
        return String(repeating: block, count: bytes / block.utf8.count + 1) + "the needle"
    }

    private static func json(bytes: Int) -> String {
        let block = #"{"id": 7, "text": "one\ntwo \u4f60 and more of it", "list": [[1, 2], {"a": null}]}, "#
        return "[" + String(repeating: block, count: bytes / block.utf8.count + 1) + "\"the needle\"]"
    }

    private static let payloads: [(name: String, detail: SpanDetail, tab: SpanTab)] = {
        func message(_ part: MessagePart) -> SpanDetail {
            SpanFixtures.detail("chat", .llm) {
                $0.content.outputMessages = [Message(role: "assistant", parts: [part])]
            }
        }
        let text = Self.text(bytes: 10_000_000)
        let json = Self.json(bytes: 10_000_000)
        let attributes = SpanFixtures.detail("x", .other) { $0.span.attributes = [Attribute("a", .string(text))] }
        let words = String(repeating: "word ", count: 2_000_000) + "needle"
        return [
            ("text", message(.text(text)), .messages),
            ("one line", message(.text(words)), .messages),
            ("one word", message(.text(String(repeating: "x", count: 10_000_000) + "needle")), .messages),
            ("JSON", message(.toolResult(id: "c", result: json)), .messages),
            ("attribute", attributes, .attributes),
            ("raw", attributes, .raw),
        ]
    }()

    @Test(arguments: 0..<6)
    func aTenMegabytePayloadCostsWhatIsVisible(index: Int) {
        let (name, detail, tab) = Self.payloads[index]
        var screen = SpanScreen(detail)
        var costs: [String: Int] = [:]
        for (label, action) in [
            ("open", SpanViewAction.showTab(tab)), ("unfold", .unfold), ("expand", .expandAll), ("page", .page(3)),
            ("end", .end), ("up", .page(-3)), ("home", .home), ("search", .search("needle")), ("fold", .toggleFold),
            ("collapse", .collapseAll),
        ] {
            let cost = screen.state.applied(action, document: screen.document, size: screen.size)
            var canvas = Canvas(size: screen.size)
            let drawn = SpanView.render(
                screen.state, document: screen.document, theme: SpanScreen.theme, into: &canvas, rect: Rect(screen.size)
            )
            costs[label] = cost + drawn
            if label == "search" {
                #expect(screen.state.searchOutcome == .found)
                #expect(screen.cursorLine?.contains("needle") == true, "\(name)")
            }
        }
        for (label, cost) in costs { #expect(cost <= Self.limit, "\(name): \(label) laid out \(cost) lines") }
    }

    @Test func whatIsHiddenIsCounted() {
        var screen = SpanScreen(Self.payloads[0].detail)
        let lines = screen.document.page(.messages).blocks[0].body?.lineCount ?? 0
        #expect(lines > 90_000)
        #expect(screen.text.contains("of \(lines)"))
        screen.apply(.toggleAll)
        screen.apply(.collapseAll)
        #expect(screen.text.contains("… \(lines - 1) more lines, 10.0MB, Enter"))
        var words = SpanScreen(Self.payloads[1].detail)
        words.apply(.collapseAll)
        #expect(words.text.contains("more lines, 10.0MB, Enter"))
    }

    @Test func jsonOfAnyDepthIsWalkedNotRecursed() {
        let depth = 100_000
        let deep = String(repeating: "{\"a\":[", count: depth) + "\"needle\"" + String(repeating: "]}", count: depth)
        let detail = SpanFixtures.detail("t", .tool) { $0.content.toolResult = deep }
        var screen = SpanScreen(detail)
        screen.apply(.search("needle"))
        #expect(screen.cursorLine?.contains("\"needle\"") == true)
        for _ in 0..<8 { screen.apply(.fold) }
        screen.apply(.collapseAll, .search("needle"))
        #expect(screen.cursorLine?.contains("\"needle\"") == true)
        screen.apply(.end, .home, .expandAll, .end)
        #expect(screen.cursorLine != nil)
    }

    @Test func attributesOfAnyDepthBecomeJSON() {
        var value = AttributeValue.int(1)
        for _ in 0..<2_000 { value = .map([Attribute("a", .array([value]))]) }
        let detail = SpanFixtures.detail("t", .tool) { $0.span.attributes = [Attribute("deep", value)] }
        var screen = SpanScreen(detail)
        screen.apply(.showTab(.attributes), .expandAll, .end)
        #expect(screen.document.page(.attributes).blocks[0].body?.lineCount ?? 0 > 7_000)
        screen.apply(.showTab(.raw), .search("intValue"))
        #expect(screen.state.searchOutcome == .found)
    }

    @Test func aTextOfLineBreaksCostsLessThanItself() {
        let lines = TextLines(String(repeating: "\n", count: 1_000_000))
        #expect(lines.count == 1_000_000)
        #expect(lines.range(of: 999_999) == 999_999..<999_999)
        #expect(lines.line(at: 777_777) == 777_777)
    }
}

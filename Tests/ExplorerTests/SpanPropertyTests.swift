import Basics
import Canvas
import TestSupport
import Testing
import TraceModel
import TraceQuery

@testable import Explorer

@Suite struct SpanPropertyTests {
    private static let details: [SpanDetail] = [
        SpanFixtures.chat, SpanFixtures.failed, SpanFixtures.hostile, SpanFixtures.retrieval, SpanFixtures.nothings,
        SpanFixtures.tool, SpanFixtures.http,
    ]

    private static func action(_ random: inout SplitMix64) -> SpanViewAction {
        let step = Int.random(in: -9...9, using: &random)
        switch Int.random(in: 0..<20, using: &random) {
        case 0...2: return .move(step)
        case 3: return .page(step)
        case 4: return .halfPage(step)
        case 5: return .scroll(step)
        case 6: return .block(step)
        case 7: return .point(row: Int.random(in: -2...70, using: &random))
        case 8: return .home
        case 9: return .end
        case 10: return .nextTab
        case 11: return .previousTab
        case 12...13: return .toggleFold
        case 14: return .fold
        case 15: return .unfold
        case 16: return [.expandAll, .collapseAll, .toggleAll].randomElement(using: &random) ?? .expandAll
        case 17:
            return .search(["order", "RULE", "Error", "世", "line 1", "", "{", "é"].randomElement(using: &random) ?? "")
        default: return .nextHit(step)
        }
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func randomActionsKeepTheCursorInSight(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let detail = Self.details[Int(seed) % Self.details.count]
        let columns = Int.random(in: 1...120, using: &random)
        let rows = Int.random(in: 2...40, using: &random)
        var screen = SpanScreen(detail, columns: columns, rows: rows, ascii: seed % 5 == 0)
        for step in 0..<60 {
            let action = Self.action(&random)
            screen.apply(action)
            let page = screen.state.page
            var walker = screen.state.walker(document: screen.document, columns: columns)
            #expect(walker.settled(page.cursor) == page.cursor, "seed \(seed) step \(step) \(action)")
            #expect(walker.settled(page.top) == page.top, "seed \(seed) step \(step) \(action)")
            #expect(screen.cursorLine != nil, "seed \(seed) step \(step) \(action)")
        }
    }

    @Test(arguments: 0..<12 as Range<UInt64>)
    func walkingUpMirrorsWalkingDown(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var screen = SpanScreen(
            Self.details[Int(seed) % Self.details.count], columns: Int.random(in: 8...90, using: &random))
        for _ in 0..<12 { screen.apply(Self.action(&random)) }
        var walker = screen.state.walker(document: screen.document, columns: screen.size.columns)
        var down = [SpanPosition()]
        while let next = walker.next(down[down.count - 1]) {
            #expect(next > down[down.count - 1])
            down.append(next)
        }
        #expect(down.last == walker.end())
        var up = [walker.end()]
        while let previous = walker.previous(up[up.count - 1]) { up.append(previous) }
        #expect(up.reversed() == down)
    }

    @Test func nothingIsDrawnOutsideTheRectangle() {
        for detail in Self.details {
            for tab in SpanTab.allCases {
                var canvas = Canvas(size: Size(columns: 60, rows: 20))
                canvas.fill(Rect(canvas.size), style: Style(foreground: .indexed(99)))
                let document = SpanDocument(detail: detail, metrics: canvas.metrics)
                var state = SpanViewState()
                let rect = Rect(column: 11, row: 3, columns: 37, rows: 14)
                state.apply(.showTab(tab), document: document, size: Size(columns: 37, rows: 14))
                state.apply(.expandAll, document: document, size: Size(columns: 37, rows: 14))
                SpanView.render(state, document: document, theme: SpanScreen.theme, into: &canvas, rect: rect)
                for row in 0..<20 {
                    for column in 0..<60
                    where !(11..<48).contains(column) || !(3..<17).contains(row) {
                        #expect(canvas[column, row].style.foreground == .indexed(99))
                    }
                }
            }
        }
    }

    @Test func everyRowFitsItsColumns() {
        let metrics = TextMetrics()
        for detail in Self.details {
            let document = SpanDocument(detail: detail, metrics: metrics)
            for tab in SpanTab.allCases {
                for columns in [4, 20, 33, 80] {
                    var state = SpanViewState()
                    state.tab = tab
                    var walker = state.walker(document: document, columns: columns)
                    var position: SpanPosition? = SpanPosition()
                    while let current = position {
                        let laid = walker.laid(current.block, current.line)
                        let room = walker.geometry.text(walker.page.blocks[current.block]).columns
                        for row in laid.rows {
                            let text = LongText.slice(laid.display.text, row.start..<row.end)
                            // A single character may be wider than all there is; it is cut when drawn.
                            if text.count > 1, !text.allSatisfy({ $0 == " " }) {
                                #expect(
                                    row.indent + metrics.width(of: text) <= room,
                                    "\(columns) columns: \(text.prefix(80).debugDescription)")
                            }
                        }
                        position = walker.next(current)
                    }
                }
            }
        }
    }
}

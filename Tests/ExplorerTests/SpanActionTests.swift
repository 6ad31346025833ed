import Canvas
import Testing
import TraceModel
import TraceQuery

@testable import Explorer

@Suite struct SpanActionTests {
    @Test func theCursorLineIsMarkedAcrossTheWidth() {
        var screen = SpanScreen(SpanFixtures.chat)
        #expect(screen.cursorLine == "  system     You are the support agent.")
        screen.apply(.move(3))
        #expect(screen.cursorLine == "  user       When does order 7731 arrive?")
        screen.apply(.end)
        #expect(screen.cursorLine?.hasPrefix("▸ tools offered 1") == true)
        screen.apply(.home)
        #expect(screen.cursorLine == "  system     You are the support agent.")
    }

    @Test func pagesScrollThroughLongText() {
        var screen = SpanScreen(SpanFixtures.chat, rows: 16)
        screen.apply(.expandAll, .page(1))
        #expect(screen.cursorLine == "             Rule 10: be brief, be kind, and never invent a day of delivery.")
        #expect(screen.text.contains("11–21 of 35"))
        screen.apply(.page(-1))
        #expect(screen.cursorLine == "  system     You are the support agent.")
        screen.apply(.scroll(3))
        #expect(screen.text.contains("4–14 of 35"))
        #expect(screen.cursorLine == "             Rule 3: be brief, be kind, and never invent a day of delivery.")
        screen.apply(.point(row: 7))
        #expect(screen.cursorLine == "             Rule 5: be brief, be kind, and never invent a day of delivery.")
        screen.apply(.page(.max), .page(.min))
        #expect(screen.cursorLine == "  system     You are the support agent.")
    }

    @Test func enterOpensAndClosesLongText() {
        var screen = SpanScreen(SpanFixtures.chat)
        screen.apply(.move(2), .toggleFold)
        #expect(screen.text.contains("Rule 15:"))
        screen.apply(.move(5), .toggleFold)
        #expect(screen.text.contains("… 16 more lines, Enter"))
        #expect(screen.cursorLine == "  system     You are the support agent.")
    }

    @Test func foldingGoesOutwards() {
        var screen = SpanScreen(SpanFixtures.failed, rows: 40)
        screen.apply(.showTab(.raw), .search("exception.type"))
        #expect(screen.cursorLine?.contains("exception.type") == true)
        screen.apply(.fold)
        #expect(screen.cursorLine?.contains("\"attributes\": [") == true)
        screen.apply(.fold)
        #expect(screen.cursorLine?.contains("▸         \"attributes\": [… ") == true)
        screen.apply(.fold, .fold, .unfold)
        #expect(screen.text.contains("▾       {"))
    }

    @Test func sectionsHideWhatIsUnderThem() {
        var screen = SpanScreen(SpanFixtures.failed, rows: 40)
        screen.apply(.showTab(.events), .block(2))
        #expect(screen.cursorLine?.contains("attempt") == true)
        screen.apply(.fold)
        #expect(screen.cursorLine?.contains("retry") == true)
        screen.apply(.fold)
        #expect(!screen.text.contains("attempt"))
        screen.apply(.move(1))
        #expect(screen.cursorLine?.contains("exception") == true)
        screen.apply(.move(-1), .unfold)
        #expect(screen.text.contains("attempt"))
        screen.apply(.collapseAll)
        #expect(!screen.text.contains("exception.type"))
        screen.apply(.toggleAll)
        #expect(screen.text.contains("line 9"))
    }

    @Test func searchRevealsWhatIsFolded() {
        var screen = SpanScreen(SpanFixtures.chat)
        screen.apply(.search("rule 17"))
        #expect(screen.cursorLine?.contains("Rule 17:") == true)
        #expect(screen.state.searchOutcome == .found)
        // The one line that stands for a closed block does not show all of it, so the block opens.
        screen.apply(.search("where an order"))
        #expect(screen.cursorLine?.contains("\"description\": \"Where an") == true)
        screen.apply(.search("order 7731"), .nextHit(1))
        #expect(screen.state.searchOutcome == .found)
        screen.apply(.search("Order 7731"))
        #expect(screen.state.searchOutcome == .notFound)
        #expect(screen.text.contains("not found"))
    }

    @Test func hitsAreVisitedInOrderAndAround() {
        var screen = SpanScreen(SpanFixtures.chat)
        screen.apply(.search("order"))
        var visited: [String] = []
        for _ in 0..<7 {
            visited.append(screen.cursorLine ?? "")
            screen.apply(.nextHit(1))
        }
        #expect(visited[0].contains("When does order"))
        #expect(visited[1].contains("asks about an order"))
        #expect(visited[2].contains("track_order"))
        #expect(visited[3].contains("Your order"))
        #expect(visited[4].contains("\"name\": \"track_order\""))
        #expect(visited[5].contains("order is\"}"))
        #expect(visited[6] == visited[0])
        screen.apply(.home, .nextHit(-1))
        #expect(screen.state.searchOutcome == .wrapped)
        #expect(screen.cursorLine?.contains("order is\"}") == true)
    }

    @Test func hitsStayVisibleUnderTheCursor() {
        var screen = SpanScreen(SpanFixtures.chat)
        screen.apply(.search("order"))
        let canvas = screen.canvas()
        let row = screen.lines.firstIndex { $0.contains("When does order") } ?? 0
        let selection = SpanScreen.theme[.selection]
        #expect(canvas[0, row].style == selection)
        #expect(canvas[23, row].style == selection.adding([.bold, .underline]))
        let other = screen.lines.firstIndex { $0.contains("Your order") } ?? 0
        #expect(canvas[18, other].style == SpanScreen.theme[.searchHit])
    }

    @Test func tabsKeepTheirPlaces() {
        var screen = SpanScreen(SpanFixtures.chat)
        screen.apply(.move(3), .nextTab, .move(2), .previousTab)
        #expect(screen.cursorLine == "  user       When does order 7731 arrive?")
        screen.apply(.previousTab)
        #expect(screen.state.tab == .findings)
        screen.apply(.nextTab, .nextTab)
        #expect(screen.cursorLine == "  gen_ai.usage.input_tokens   1210")
    }

    @Test func yankingTakesWholeTexts() {
        var screen = SpanScreen(SpanFixtures.chat)
        let prompt = screen.document.yankText(state: screen.state, size: screen.size)
        #expect(prompt.hasSuffix("Rule 18: be brief, be kind, and never invent a day of delivery."))
        screen.apply(.search("track_order"), .toggleFold, .move(1))
        #expect(screen.cursorLine?.contains("\"order\": 7731,") == true)
        #expect(screen.document.yankValue(state: screen.state, size: screen.size) == "7731")
        #expect(
            screen.document.yankText(state: screen.state, size: screen.size) == "{\"order\": 7731, \"deep\": null}")
        screen.apply(.showTab(.attributes), .search("Soon"), .toggleFold, .nextHit(1))
        #expect(
            screen.document.yankValue(state: screen.state, size: screen.size)
                == "When does 你好 arrive?\nSoon?")
        screen.apply(.home)
        #expect(screen.document.yankValue(state: screen.state, size: screen.size) == "chat")
    }

    @Test func aNewSizeKeepsTheCursorInSight() {
        var screen = SpanScreen(SpanFixtures.chat, columns: 40, rows: 12)
        screen.apply(.expandAll, .end, .move(-4))
        var narrow = SpanScreen(SpanFixtures.chat, columns: 22, rows: 6)
        narrow.state = screen.state
        #expect(narrow.cursorLine != nil)
        var wide = SpanScreen(SpanFixtures.chat, columns: 200, rows: 60)
        wide.state = screen.state
        #expect(wide.cursorLine != nil)
    }
}

import Canvas
import Explorer
import TestSupport
import Testing
import TraceModel
import TraceQuery

/// What stands where a text was redacted, on screens.
@Suite struct RedactionScreenTests {
    private static let key = "[STRIPE_KEY#a1b2c3d4]"

    private func explorer(
        _ columns: Int = 80, _ rows: Int = 24, theme: String = "dark", metrics: TextMetrics = TextMetrics()
    ) -> ScriptedExplorer {
        var explorer = ScriptedExplorer(columns: columns, rows: rows, metrics: metrics)
        explorer.state.theme = Theme.named(theme) ?? Theme.fallback
        let row = explorer.structure.spans.first { $0.spanID == SpanID(3) } ?? explorer.structure.spans[0]
        var detail = Fixture.detail(row, names: explorer.structure.names)
        detail.content.inputMessages = [
            Message(role: "user", parts: [.text("Charge \(Self.key) twice, then \(Self.key).")]),
            Message(
                role: "tool", parts: [.toolResult(id: nil, result: #"{"token": "[JWT#00ff00ff]", "next": "[B]"}"#)]),
        ]
        detail.span.attributes = [
            Attribute("http.auth", .string("Bearer [JWT#00ff00ff]")), Attribute("plain", .string("[INFO] not one")),
        ]
        explorer.details[SpanID(3)] = detail
        return explorer
    }

    /// The styles of the cells that show a text, where it is first on the screen.
    private func styles(of text: String, _ explorer: ScriptedExplorer) -> Set<Style> {
        let canvas = Screens.render(explorer.state)
        for (row, line) in explorer.screen.enumerated() {
            guard let range = line.ranges(of: text).first else { continue }
            let column = line.distance(from: line.startIndex, to: range.lowerBound)
            return Set((column..<column + text.count).map { canvas[$0, row].style })
        }
        return []
    }

    @Test func aPlaceholderLooksLikeOne() {
        var explorer = explorer()
        explorer.press("Enter j j Enter j")
        #expect(styles(of: Self.key, explorer) == [explorer.state.theme[.redacted]])
        explorer.press("2 j")
        #expect(styles(of: "[JWT#00ff00ff]", explorer) == [explorer.state.theme[.redacted]])
        #expect(!styles(of: "[INFO]", explorer).contains(explorer.state.theme[.redacted]))
    }

    @Test func theSelectionKeepsItsGroundUnderAPlaceholder() {
        var explorer = explorer()
        explorer.press("Enter j j Enter")
        #expect(styles(of: Self.key, explorer) == [explorer.state.theme[.selection].adding(.underline)])
    }

    @Test func namesInListsAndTreesShowPlaceholdersAlsoWhenTheyAreCut() {
        var explorer = explorer(160)
        explorer.summaries[1].name = "charge \(Self.key)"
        explorer.send(.dataChanged)
        #expect(styles(of: Self.key, explorer) == [explorer.state.theme[.redacted]])
        explorer.send(.resized(Size(columns: 80, rows: 24)))
        explorer.summaries[1].name = "[STRIPE_KEY#a1b2c3d4]"
        explorer.send(.dataChanged)
        #expect(!explorer.text.contains(Self.key))
        #expect(styles(of: "[STRIPE_KEY#", explorer) == [explorer.state.theme[.redacted]])
    }

    @Test func theSpanTellsWhichRulesReplacedWhat() {
        var explorer = explorer()
        explorer.press("Enter j j Enter")
        #expect(explorer.text.contains("redacted 3"))
        #expect(explorer.screen.contains { $0.contains("STRIPE_KEY  ") && $0.contains("2 times, 1 value") })
        explorer.press("2")
        #expect(explorer.text.contains("redacted 1"))
        #expect(explorer.text.contains("1 time, 1 value"))
    }

    @Test func theHeaderOfATraceTellsWhatWasReplacedAndWhatStandsRaw() {
        var explorer = explorer(160)
        explorer.press("Enter")
        #expect(!explorer.screen[0].contains("redacted"))
        #expect(!explorer.screen[0].contains("raw"))
        explorer.structure.redaction = TraceRedaction(
            policies: ["secrets"], spansRedacted: 20, spansRaw: 3, counts: RedactionCounts(["JWT": 12]))
        explorer.press("R")
        #expect(explorer.screen[0].contains("redacted 12  3 raw"))
        explorer.structure.redaction = TraceRedaction(spansRaw: 23)
        explorer.press("R")
        #expect(explorer.screen[0].contains("  raw"))
    }

    @Test func aSearchFindsEqualPlaceholders() {
        var explorer = explorer()
        explorer.press("Enter j j Enter 2 / '#00ff00ff' Enter")
        #expect(!explorer.text.contains("not found"))
        explorer.press("1 / '[JWT#' Enter")
        #expect(!explorer.text.contains("not found"))
    }

    @Test(arguments: [(80, 24), (200, 50)]) func span(columns: Int, rows: Int) {
        var explorer = explorer(columns, rows)
        explorer.press("Enter j j Enter j")
        ScreenSnapshot.check(Screens.render(explorer.state), "redacted-span-\(columns)x\(rows)")
    }

    @Test func withoutColourInASCII() {
        var explorer = explorer(theme: "mono", metrics: TextMetrics(asciiOnly: true))
        explorer.press("Enter j j Enter 2")
        ScreenSnapshot.check(Screens.render(explorer.state), "redacted-span-mono-80x24")
    }
}

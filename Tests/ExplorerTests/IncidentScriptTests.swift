import Canvas
import Explorer
import Testing
import TraceModel
import TraceQuery

/// Keystrokes that follow agents, steps, clocks and evidence.
@Suite struct IncidentScriptTests {
    private func explorer(columns: Int = 80, _ keys: String) -> ScriptedExplorer {
        var explorer = ScriptedExplorer(columns: columns)
        explorer.structure = IncidentFixture.structure()
        explorer.press(keys)
        return explorer
    }

    private func selected(_ explorer: ScriptedExplorer) -> SpanID? { explorer.state.trace?.selectedSpan?.spanID }

    @Test func labelsTellAttemptsApart() {
        let explorer = explorer("Enter")
        #expect(explorer.text.contains("◆ worker#1 ·try 2←critic"))
        #expect(explorer.text.contains("◆ ~critic#1 agent.run"))
        #expect(explorer.text.contains("side.lookup ?") == false)
    }

    @Test func rowsOfAWideTreeNameTheirAgent() {
        let explorer = explorer(columns: 200, "Enter")
        let rows = explorer.screen.filter { $0.contains("llm.invoke") }
        #expect(rows.count == 3)
        #expect(rows.filter { $0.contains("worker#1 ·try 2←critic") }.count == 2)
    }

    @Test func theHeaderTellsWhatIsMissing() {
        let explorer = explorer(columns: 200, "Enter")
        #expect(explorer.screen[0].contains("8 of ≥47 calls"))
        #expect(explorer.screen[0].contains("tok ≥40.0k in ≥1.20k out"))
        #expect(explorer.screen[0].contains("identifiable 8/10 80%"))
    }

    @Test func oneKeyShowsTimesAsRecorded() throws {
        var explorer = explorer("Enter")
        #expect(explorer.screen[0].contains("clocks adjusted (a)"))
        let adjusted = try #require(explorer.state.trace?.loaded?.structure.spans.first { $0.spanID == SpanID(5) })
        #expect(adjusted.startUnixNano == Fixture.start + 2_700_000_000)
        #expect(explorer.text.contains("»"))
        explorer.press("a")
        #expect(explorer.screen[0].contains("clocks raw (a)"))
        let raw = try #require(explorer.state.trace?.loaded?.structure.spans.first { $0.spanID == SpanID(5) })
        #expect(raw.startUnixNano == Fixture.start + 1_500_000_000)
        #expect(!explorer.text.contains("»"))
    }

    @Test func theCursorStaysOnItsSpanWhenClocksChange() {
        var explorer = explorer("Enter w w")
        #expect(selected(explorer) == IncidentFixture.tool)
        explorer.press("a")
        #expect(selected(explorer) == IncidentFixture.tool)
        explorer.press("a")
        #expect(selected(explorer) == IncidentFixture.tool)
    }

    @Test func oneClockNeedsNoAdjusting() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter a")
        #expect(explorer.state.notice == .information("this trace has one clock"))
        #expect(!explorer.screen[0].contains("clocks"))
    }

    @Test func findingsOfTheTraceAreReachedAtTheirEvidence() {
        var explorer = explorer("Enter w")
        #expect(selected(explorer) == IncidentFixture.model)
        explorer.press("Enter 7")
        #expect(explorer.text.contains("identity.alias_flip"))
        #expect(explorer.text.contains("about        the whole trace"))
    }

    @Test func evidenceLeadsToItsSpanAndBack() {
        var explorer = explorer("Enter w w Enter 7")
        #expect(explorer.text.contains("joint.empty_result"))
        explorer.press("/ 'Thursday' Enter Enter")
        #expect(selected(explorer) == IncidentFixture.answer)
        #expect(explorer.state.trace?.pane.view.tab == .messages)
        explorer.press("' '")
        #expect(selected(explorer) == IncidentFixture.tool)
        #expect(explorer.state.trace?.pane.view.tab == .findings)
    }

    @Test func evidenceThatIsNotStoredSaysSo() {
        var explorer = explorer("Enter w w Enter 7 / 'not_stored' Enter Enter")
        #expect(selected(explorer) == IncidentFixture.tool)
        #expect(explorer.state.notice?.text.contains("is stored in this trace") == true)
        explorer.press("g Enter")
        #expect(explorer.state.trace?.pane.view.tab == .findings)
    }

    @Test func stepsAreWalkedInOrder() {
        var explorer = explorer("Enter } }")
        #expect(selected(explorer) == IncidentFixture.tool)
        explorer.press("} }")
        #expect(selected(explorer) == IncidentFixture.answer)
        explorer.press("}")
        #expect(explorer.state.notice == .information("this is the last step"))
        explorer.press("{ { { {")
        #expect(explorer.state.notice == .information("this is the first step"))
        #expect(selected(explorer) == IncidentFixture.model)
    }

    @Test func aSpansAgentIsFollowedThroughItsAttempts() {
        var explorer = explorer("Enter j j j o o")
        #expect(selected(explorer) == SpanID(7))
        explorer.press("O")
        #expect(selected(explorer) == IncidentFixture.tool)
    }

    @Test func theSpanTellsWhatItCosts() {
        var explorer = explorer("Enter } } } } Enter")
        #expect(explorer.text.contains("without it the trace takes 13.6s (−6.40s)"))
        explorer.press("q / 'side' Enter Enter")
        #expect(explorer.text.contains("without it nothing is saved: off the critical path"))
    }

    @Test func theCriticalPathIsUnderlinedWithoutColour() {
        var explorer = explorer("Enter")
        func underlined() -> Int {
            let canvas = Screens.render(explorer.state)
            return (0..<canvas.size.rows).map { row in
                (0..<canvas.size.columns).count { canvas[$0, row].style.attributes.contains(.underline) }
            }.reduce(0, +)
        }
        let before = underlined()
        explorer.press("C")
        // Every moment of the trace has one row that decides; the cells at the ends of stretches are shared.
        #expect(underlined() - before >= 30)
    }

    @Test func whatWentBadUnderOKIsOneCommandAway() {
        var explorer = ScriptedExplorer()
        explorer.press(": 'ok-but-bad' Enter")
        #expect(explorer.state.traces.filterText == "errors=0 (severity:warning or severity:error)")
        #expect(explorer.state.traces.filter != nil)
        explorer.press("U")
        #expect(explorer.state.traces.filter == nil)
        explorer.press("B")
        #expect(explorer.state.traces.filter != nil)
    }

    @Test func theListMarksTotalsThatMissCalls() {
        var explorer = ScriptedExplorer(columns: 100)
        explorer.summaries[0].coverage = TraceCoverage(expectedAtLeast: 47, recorded: 8)
        explorer.summaries[0].severity = .error
        explorer.summaries[2].coverage = TraceCoverage(expectedAtLeast: 8, recorded: 8)
        explorer.send(.dataChanged)
        let rows = explorer.screen.filter { $0.contains("answer_ticket") || $0.contains("refund_flow") }
        #expect(rows.count == 2)
        #expect(rows[0].contains("≥23 ≥41.2k"))
        #expect(rows[0].contains("error"))
        #expect(!rows[1].contains("≥"))
    }
}

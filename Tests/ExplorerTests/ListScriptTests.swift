import Canvas
import Explorer
import Testing
import TraceModel
import TraceQuery

/// Keystrokes in lists.
@Suite struct ListScriptTests {
    @Test func digitsSwitchBetweenTheTreeAndTheLists() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter 2")
        #expect(explorer.state.view == .agents)
        #expect(explorer.screen[0].contains("agents 4, instances 5, attempts 7"))
        explorer.press("3")
        #expect(explorer.state.views == [.traces, .trace, .steps])
        explorer.press("4")
        #expect(explorer.state.view == .joints)
        explorer.press("5")
        #expect(explorer.screen[0].contains("8 of ≥47 calls recorded  39 missing"))
        explorer.press("1")
        #expect(explorer.state.views == [.traces, .trace])
        explorer.press("3 q")
        #expect(explorer.state.view == .trace)
        explorer.press(": 'joints' Enter")
        #expect(explorer.state.view == .joints)
        explorer.press(": 'tree' Enter")
        #expect(explorer.state.view == .trace)
    }

    @Test func digitsStayTabsInTheSpanPane() {
        var explorer = ScriptedExplorer(columns: 160, rows: 40)
        explorer.press("Enter j j Enter Tab 2")
        #expect(explorer.state.view == .trace)
        #expect(explorer.state.trace?.isPaneFocused == true)
    }

    @Test func enterGoesToTheSpanInTheTreeAndBackReturns() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter 2 j Enter")
        #expect(explorer.state.view == .trace)
        #expect(explorer.state.trace?.selectedSpan?.spanID == SpanID(4))
        explorer.press("q")
        #expect(explorer.state.view == .agents)
        explorer.press("4 w Enter")
        #expect(explorer.state.trace?.selectedSpan?.spanID == SpanID(6))
        explorer.press("5 j Enter")
        #expect(explorer.state.trace?.selectedSpan?.spanID == SpanID(9))
    }

    @Test func agentsFoldAndGroup() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter 2 j h")
        #expect(explorer.text.contains("+2"))
        explorer.press("l")
        #expect(explorer.text.contains("try 3"))
        explorer.press("r")
        #expect(!explorer.text.contains("try 3"))
        #expect(explorer.text.contains("×3"))
        explorer.press("r r")
        #expect(explorer.text.contains("try 3"))
        explorer.press("g j o")
        #expect(explorer.screen.contains { $0.contains("attempt 2, reason") })
        explorer.press("O")
        #expect(!explorer.screen.contains { $0.contains(", reason ") })
    }

    @Test func stepsOfOneAgent() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter 3 j o")
        #expect(explorer.state.list(.steps)?.count == 1)
        #expect(explorer.screen[0].contains("steps of worker#1"))
        explorer.press("o")
        #expect(explorer.state.list(.steps)?.count == 4)
        #expect(explorer.state.list(.steps)?.cursor == 1)
        #expect(explorer.text.contains("p95 of parts do not add up to the p95 of the whole."))
    }

    @Test func findingsOfAllTracesLeadToTheirTraces() {
        var explorer = ScriptedExplorer()
        explorer.press("f j")
        #expect(explorer.state.view == .findings)
        #expect(explorer.text.contains("joint.arguments_changed"))
        explorer.press("y i")
        #expect(explorer.effects.last == .copy("joint.empty_result"))
        explorer.press("y c")
        #expect(explorer.effects.last == .copy("spandrel findings --by rule"))
        explorer.press("Enter")
        #expect(explorer.state.view == .traces)
        #expect(explorer.state.traces.filterText == "finding:joint.empty_result")
        explorer.press("f")
        #expect(explorer.state.list(.findings)?.cursor == 1)
        explorer.press("q")
        #expect(explorer.state.view == .traces)
    }

    @Test func findingsAreReadAgainWhenTheDatabaseChanges() {
        var explorer = ScriptedExplorer()
        explorer.press("f")
        explorer.findingRules.removeLast()
        explorer.send(.dataChanged)
        #expect(explorer.state.list(.findings)?.count == 3)
        explorer.findingRules = []
        explorer.press("R")
        #expect(explorer.text.contains("Nothing was found in any trace."))
    }

    @Test func theRowsOfListsAreSearched() {
        var explorer = ScriptedExplorer()
        explorer.press("f / 'stall' Enter")
        #expect(explorer.state.list(.findings)?.cursor == 2)
        explorer.press("/ 'joint' Enter")
        #expect(explorer.state.list(.findings)?.cursor == 0)
        explorer.press("n")
        #expect(explorer.state.list(.findings)?.cursor == 1)
        explorer.press("N")
        #expect(explorer.state.list(.findings)?.cursor == 0)
        explorer.press("/ 'nowhere' Enter")
        #expect(explorer.text.contains("“nowhere” is not in this list"))
        explorer.press("q Enter 2 / 'critic' Enter")
        #expect(explorer.state.list(.agents).map { $0.cursor > 0 } == true)
    }

    @Test func copiesTheCommandLine() throws {
        var explorer = ScriptedExplorer()
        explorer.press("Enter 4 y c")
        let id = try #require(explorer.state.trace?.summary?.traceID)
        #expect(explorer.effects.last == .copy("spandrel joints \(id.hex)"))
    }

    @Test func changesWithOnlyBlanksBetweenReadAsOne() {
        var explorer = ScriptedExplorer(columns: 200, rows: 50)
        let answers: [(UInt64, String)] = [
            (4, "It comes on Monday at ten."), (20, "It arrived last Friday at ten."),
        ]
        for (id, answer) in answers {
            let row = explorer.structure.spans.first { $0.spanID == SpanID(id) } ?? explorer.structure.spans[0]
            var detail = Fixture.detail(row, names: explorer.structure.names)
            detail.content.outputMessages = [Message(role: "assistant", parts: [.text(answer)])]
            explorer.details[SpanID(id)] = detail
        }
        explorer.press("Enter 2 j j d")
        #expect(explorer.text.contains("It [-comes on Monday-]{+arrived last Friday+} at ten."))
        explorer.press("d")
        #expect(!explorer.text.contains("arrived last"))
    }

    @Test(arguments: ["2", "3", "4", "5"]) func anotherVersionOfTheAnalysisIsToldOnTheScreen(key: String) {
        var explorer = ScriptedExplorer(columns: 120, rows: 24)
        explorer.structure.summary.analysis = .other(version: 3)
        explorer.press("Enter")
        #expect(explorer.screen[0].contains("analysed by version 3"))
        #expect(explorer.text.contains("analysed by version 3; `spandrel analyze` re-runs it"))
        explorer.press(key)
        #expect(explorer.screen[0].contains("analysed by version 3"))
    }

    @Test func aListThatNobodyMadeSaysSo() {
        var explorer = ScriptedExplorer(columns: 120, rows: 24)
        explorer.structure.summary.analysis = .missing
        explorer.steps = []
        explorer.press("Enter 3")
        #expect(explorer.text.contains("not analysed; `spandrel analyze` does it"))
    }

    /// Of two spans with one id the second one is meant, wherever it is named.
    @Test func aSecondRecordIsNamedByItsNumber() throws {
        var explorer = ScriptedExplorer(columns: 120, rows: 40)
        let place = try #require(explorer.structure.spans.firstIndex { $0.spanID == SpanID(5) })
        explorer.structure.spans[place].spanID = SpanID(3)
        explorer.structure.spans[place].ordinal = 1
        explorer.press("Enter j j j j y i")
        let path = "0000000000000abc0000000000000001/0000000000000003#2"
        #expect(explorer.effects.last == .copy(path))
        explorer.press("x")
        #expect(
            explorer.state.export?.choices.contains { $0.arguments == ["--span", path] } == true)
    }

    @Test func answersForAnotherTraceAreDropped() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter")
        let effects = update(&explorer.state, .key(.character("2")))
        guard case .run(let id, let request)? = effects.last else {
            Issue.record("no request: \(effects)")
            return
        }
        #expect(request == AnyTraceRequest(AgentsRequest(.id(Fixture.traceID(1)))))
        let other = Fixture.summary(key: 2, name: "other")
        _ = explorer.answer(id, with: TraceAgents(summary: other, topology: AgentTopology()))
        #expect(explorer.state.list(.agents)?.hasContent == false)
        #expect(explorer.text.contains("Reading"))
    }

    @Test func aFailureSaysWhatToDo() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter")
        let effects = update(&explorer.state, .key(.character("3")))
        guard case .run(let id, _)? = effects.last else { return }
        _ = update(&explorer.state, .failed(id, .locked(path: "incidents.db")))
        #expect(explorer.text.contains("R reads again"))
        explorer.press("R")
        #expect(explorer.text.contains("planner"))
    }

    @Test func cyclesOfRunsAreListedOnce() {
        var explorer = ScriptedExplorer()
        explorer.topology.runs[0].parent = 3
        explorer.topology.runs[2].parent = 1
        explorer.topology.runs[4].firstAttempt = 99
        explorer.press("Enter 2 * * r r")
        explorer.press("r")
        #expect(ListScriptTests.rowCount(explorer) == 7)
    }

    private static func rowCount(_ explorer: ScriptedExplorer) -> Int {
        explorer.screen.last?.split(separator: "/").last.flatMap { Int($0.trimmingPrefix(" ").prefix(1)) } ?? 0
    }
}

import Canvas
import Explorer
import Testing
import TraceAnalysis
import TraceModel
import TraceQuery

/// Keystrokes in, screen out, without a terminal.
@Suite struct ScriptTests {
    @Test func opensATraceAndGoesBack() {
        var explorer = ScriptedExplorer()
        #expect(explorer.screen[0].contains("312 traces"))
        #expect(explorer.screen[3].contains("answer_ticket"))
        explorer.press("Enter")
        #expect(explorer.state.view == .trace)
        #expect(explorer.text.contains("invoke_agent planner"))
        #expect(explorer.text.contains("×12"))
        #expect(explorer.text.contains("missing parent"))
        explorer.press("q")
        #expect(explorer.state.view == .traces)
        explorer.press("q")
        #expect(explorer.effects.last != .quit)
        explorer.press("Q")
        #expect(explorer.effects.last == .quit)
    }

    @Test func foldsAndUnfoldsKeepingTheCursorOnItsSpan() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter")
        let all = explorer.state.trace?.rows.rows.count ?? 0
        explorer.press("j h")
        #expect(explorer.state.trace?.rows.rows.count == 4)
        #expect(explorer.screen[4].contains("+20"))
        explorer.press("l")
        #expect(explorer.state.trace?.rows.rows.count == all)
        explorer.press("*")
        #expect((explorer.state.trace?.rows.rows.count ?? 0) < all)
        explorer.press("*")
        #expect(explorer.state.trace?.rows.rows.count == all)
        explorer.press("r")
        #expect(explorer.state.trace?.rows.rows.count == all + 11)
    }

    @Test func unfoldsARunAndFoldsItAgainFromWithin() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter j j j j j j")
        let folded = explorer.state.trace?.rows.rows.count ?? 0
        #expect(explorer.state.trace?.selectedRow?.runLength == 12)
        explorer.press("Enter")
        #expect(explorer.state.trace?.rows.rows.count == folded + 11)
        explorer.press("j j j h")
        #expect(explorer.state.trace?.rows.rows.count == folded)
        #expect(explorer.state.trace?.selectedRow?.runLength == 12)
    }

    @Test func jumpsToErrorsAndFindingsWhereverTheyAreFolded() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter * e")
        #expect(explorer.state.trace?.selectedSpan?.isError == true)
        explorer.press("w")
        #expect(explorer.state.trace?.selectedSpan?.marks.contains(.unfinished) == true)
        explorer.press("g o")
        #expect(explorer.state.notice == .information("no agent is known here"))
    }

    @Test func zoomsPansAndFitsTheTimeAxis() throws {
        var explorer = ScriptedExplorer()
        explorer.press("Enter j j z")
        let window = try #require(explorer.state.trace?.window)
        let full = try #require(explorer.state.trace?.loaded?.extent)
        #expect(abs(window.length - full.length / 2) < 2)
        explorer.press("L")
        #expect((explorer.state.trace?.window?.start ?? 0) > window.start)
        explorer.press("0")
        #expect(explorer.state.trace?.window == nil)
        explorer.press("f")
        let fitted = try #require(explorer.state.trace?.window)
        #expect(fitted.length < 2.3e9)
        explorer.press("Z Z Z Z Z")
        #expect(explorer.state.trace?.window == nil)
    }

    @Test func searchesInTheTreeAndRoundTheEnd() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter / 'refund' Enter")
        #expect(explorer.text.contains("hit 1 of 1"))
        #expect(explorer.state.trace?.selectedSpan?.isCancelled == true)
        explorer.press("n")
        #expect(explorer.text.contains("round the end"))
        explorer.press("/ 'nowhere' Enter")
        #expect(explorer.text.contains("“nowhere” is in no name here"))
    }

    @Test func marksAPlaceAndJumpsBackToIt() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter j j m a G ' a")
        #expect(explorer.state.trace?.cursor == 2)
        explorer.press("' '")
        #expect(explorer.state.trace?.cursor != 2)
        explorer.press("' x")
        #expect(explorer.state.notice == .error("no mark x"))
    }

    @Test func sortsTagsAndCopies() {
        var explorer = ScriptedExplorer()
        explorer.press(">")
        #expect(explorer.state.traces.sort == .duration)
        explorer.press("Space Space")
        #expect(explorer.state.traces.tagged.count == 2)
        explorer.press("U")
        #expect(explorer.state.traces.tagged.isEmpty)
        explorer.press("y c")
        #expect(explorer.effects.last == .copy("spandrel traces --sort duration:desc"))
        explorer.press("y")
        #expect(explorer.screen.last?.contains("y …") == true)
        explorer.press("z")
        #expect(explorer.state.pendingKeys.isEmpty)
    }

    @Test func runsCommandsByNameWithCompletionAndHistory() {
        var explorer = ScriptedExplorer()
        explorer.press(": 'sort_dur' Tab")
        #expect(explorer.state.prompt?.text == "sort duration")
        explorer.press("Enter : Up")
        #expect(explorer.state.prompt?.text == "sort duration")
        explorer.press("Esc : 'nonsense' Enter")
        #expect(explorer.state.notice == .error("no command is called “nonsense”"))
        explorer.press(": 'zoom-in' Enter")
        #expect(explorer.state.notice == .error("“zoom-in” does not work in this view"))
    }

    @Test func completesFiltersAndFiltersByWhatStandsInTheLine() throws {
        var explorer = ScriptedExplorer()
        explorer.press("\\ 'age' Tab")
        #expect(explorer.state.prompt?.text == "agent:")
        explorer.press("'pl' Tab")
        #expect(explorer.state.prompt?.text == "agent:planner")
        #expect(explorer.state.traces.filter == (try FilterExpression.parse("agent:planner")))
        explorer.press("Esc")
        #expect(explorer.state.traces.filter == nil)
    }

    @Test func showsRowsOfAStatement() {
        var explorer = ScriptedExplorer()
        explorer.press("; 'select_1' Enter")
        #expect(explorer.text.contains("NULL"))
        explorer.press("j")
        #expect(explorer.state.results?.cursor == 1)
        explorer.press("y c")
        #expect(explorer.effects.last == .copy("spandrel sql 'select 1'"))
    }

    @Test func dropsAnswersThatNobodyWaitsFor() {
        var explorer = ScriptedExplorer()
        // Opening another trace gives up the first request, whose answer then comes late.
        let first = update(&explorer.state, .key(.enter))
        guard case .run(let id, _)? = first.first else {
            Issue.record("no request was sent")
            return
        }
        _ = update(&explorer.state, .key(.escape))
        _ = update(&explorer.state, .key(.down))
        _ = update(&explorer.state, .key(.enter))
        let before = explorer.state
        let effects = explorer.answer(id, with: explorer.structure)
        #expect(effects.isEmpty)
        #expect(explorer.state == before)
    }

    @Test func staysUsableDownToTheSmallestSize() {
        for (columns, rows) in [(20, 5), (39, 9), (40, 10), (80, 24), (200, 60)] {
            var explorer = ScriptedExplorer(columns: columns, rows: rows)
            explorer.press("j j Enter j j j G g Enter q ?")
            #expect(explorer.screen.count == rows)
            explorer.press("q Tab Tab")
            explorer.send(.resized(Size(columns: 20, rows: 5)))
            #expect(explorer.screen.count == 5)
        }
        let tiny = ScriptedExplorer(columns: 10, rows: 3)
        #expect(tiny.text.contains("too"))
    }

    @Test func randomKeysNeverTrap() {
        let keys = [
            "j", "k", "h", "l", "g", "G", "Enter", "q", "e", "w", "o", "z", "Z", "H", "L", "0", "f", "t", "r", "*", "+",
            "-", "{", "}", "Tab", "S-Tab", "n", "N", "?", "Esc", "/", "\\", ":", "a", "Backspace", "m", "'", "Space",
            "U", ">", "I", "F", "=", "PgDn", "PgUp", "^D", "^U", "y", "i", "1", "3", "6",
        ]
        var seed: UInt64 = 99
        for size in [(80, 24), (20, 5), (160, 40)] {
            var explorer = ScriptedExplorer(columns: size.0, rows: size.1)
            for _ in 0..<1_500 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                explorer.press(keys[Int(seed >> 33) % keys.count])
                let rows = explorer.state.trace?.rows.rows.count ?? 0
                let cursor = explorer.state.trace?.cursor ?? 0
                #expect(rows == 0 || (0..<rows).contains(cursor))
            }
            #expect(explorer.screen.count == size.1)
        }
    }
}

/// What arrives while the explorer is open.
@Suite struct LiveTests {
    @Test func newTracesLeaveTheCursorOnItsTrace() {
        var explorer = ScriptedExplorer()
        explorer.press("j j")
        let row = explorer.screen.firstIndex { $0.contains("refund_flow") }
        explorer.summaries.insert(Fixture.summary(key: 50, name: "newcomer", ago: -1), at: 0)
        explorer.send(.dataChanged)
        #expect(explorer.state.traces.selected?.name == "refund_flow")
        #expect(explorer.text.contains("newcomer"))
        #expect(row != nil)
    }

    @Test func followingGoesToTheNewest() {
        var explorer = ScriptedExplorer()
        explorer.press("j j F")
        explorer.press("j j")
        explorer.summaries.insert(Fixture.summary(key: 50, name: "newcomer", ago: -1), at: 0)
        explorer.send(.dataChanged)
        #expect(explorer.state.traces.selected?.name == "newcomer")
    }

    @Test func aPausedListStaysAsItIs() {
        var explorer = ScriptedExplorer()
        explorer.press("=")
        explorer.summaries.insert(Fixture.summary(key: 50, name: "newcomer", ago: -1), at: 0)
        explorer.send(.dataChanged)
        #expect(!explorer.text.contains("newcomer"))
        explorer.press("=")
        #expect(explorer.text.contains("newcomer"))
    }

    @Test func anOpenTraceGrowsWithItsFolds() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter j j j h")
        let folded = explorer.state.trace?.rows.rows.count ?? 0
        let span = explorer.state.trace?.selectedSpan?.local
        var late = SpanRow(arrival: 900, spanID: SpanID(900), parentSpanID: SpanID(2), name: 1)
        late.startUnixNano = Fixture.start + 29 * Fixture.second
        explorer.structure.spans.append(late)
        explorer.structure.summary.spanCount += 1
        explorer.summaries[0].spanCount += 1
        explorer.send(.dataChanged)
        #expect(explorer.state.trace?.rows.rows.count == folded + 1)
        #expect(explorer.state.trace?.selectedSpan?.local == span)
    }
}

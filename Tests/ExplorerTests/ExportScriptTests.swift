import Canvas
import Explorer
import Testing
import TraceExport
import TraceModel
import TraceQuery

/// The export dialog by keys, without a terminal and without files.
@Suite struct ExportScriptTests {
    private func scopes(_ explorer: ScriptedExplorer) -> [ExportScope] {
        explorer.state.export?.choices.map(\.scope) ?? []
    }

    private func orders(_ explorer: ScriptedExplorer) -> [ExportOrder] {
        explorer.effects.compactMap { if case .export(let order) = $0 { order } else { nil } }
    }

    @Test func proposesWhatIsTaggedThenTheFocusThenAllThatIsShown() throws {
        var explorer = ScriptedExplorer()
        explorer.press("x")
        #expect(explorer.state.view == .export)
        #expect(scopes(explorer) == [.listed([Fixture.traceID(1)]), .traces(nil)])
        #expect(explorer.state.export?.path == "spandrel-00000000.html")
        explorer.press("q Space Space \\ 'agent:planner' Enter x")
        let filter = try #require(try FilterExpression.parse("agent:planner"))
        #expect(
            scopes(explorer) == [
                .listed([Fixture.traceID(1), Fixture.traceID(2)]), .listed([Fixture.traceID(1)]), .traces(filter),
                .traces(nil),
            ])
        #expect(explorer.text.contains("the 2 tagged traces"))
        #expect(explorer.state.export?.path == "spandrel-traces.jsonl")
    }

    @Test func overATraceTheWholeComesFirstAndPartsAreNamedAsSuch() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter j j j x")
        #expect(
            scopes(explorer) == [
                .listed([Fixture.traceID(1)]), .spans(trace: Fixture.traceID(1), [LocalSpanID(SpanID(4))]),
                .subtree(trace: Fixture.traceID(1), span: LocalSpanID(SpanID(4))),
            ])
        #expect(!explorer.text.contains("part of a trace"))
        explorer.press("j j")
        #expect(explorer.text.contains("part of a trace: invoke_agent worker with all below it"))
        #expect(explorer.state.export?.path == "spandrel-00000000-part.html")
        explorer.press("y c")
        #expect(
            explorer.effects.last
                == .copy(
                    "spandrel export --span 0000000000000abc0000000000000001/0000000000000004 --subtree --to html "
                        + "--out 'spandrel-00000000-part.html'"))
    }

    @Test func tagsOfTheTreeAreOfferedFirst() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter j Space Space Space x")
        #expect(
            scopes(explorer).first
                == .spans(
                    trace: Fixture.traceID(1), [LocalSpanID(SpanID(2)), LocalSpanID(SpanID(3)), LocalSpanID(SpanID(4))])
        )
    }

    @Test func aMissingParentsChildrenAreNamedOneByOne() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter G")
        while explorer.state.trace?.selectedSpan != nil, explorer.state.trace?.cursor != 0 { explorer.press("k") }
        explorer.press("x")
        #expect(
            scopes(explorer) == [
                .listed([Fixture.traceID(1)]), .spans(trace: Fixture.traceID(1), [LocalSpanID(SpanID(9))]),
            ])
    }

    @Test func offersTheAgentOfTheRunInFocus() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter 2 j x")
        #expect(scopes(explorer).contains(.agent(trace: Fixture.traceID(1), label: "worker#1", number: 2)))
    }

    @Test func offersARangeOfStepsThatCanBeTyped() {
        var explorer = ScriptedExplorer()
        explorer.press("Enter 3 j x")
        #expect(scopes(explorer).contains(.steps(trace: Fixture.traceID(1), 2...2)))
        explorer.press("s ^U '3..9'")
        #expect(explorer.state.prompt?.fault?.message == "steps are A..B, from 1 to 4")
        explorer.press("Enter")
        #expect(explorer.state.prompt != nil)
        explorer.press("Backspace '4' Enter")
        #expect(explorer.state.prompt == nil)
        #expect(explorer.state.export?.order.scope == .steps(trace: Fixture.traceID(1), 3...4))
        #expect(explorer.text.contains("part of a trace: steps 3..4"))
    }

    @Test func theEndingOfTheNameFollowsTheFormat() {
        var explorer = ScriptedExplorer()
        explorer.press("x Tab k")
        #expect(explorer.state.export?.format == .markdown)
        #expect(explorer.state.export?.path == "spandrel-00000000.md")
        explorer.press("p ^U 'incident.md' Enter G")
        #expect(explorer.state.export?.path == "incident.db")
        explorer.press("p ^U 'incident' Enter g")
        #expect(explorer.state.export?.path == "incident")
        #expect(explorer.state.export?.format == .otlpJSON)
        // The format that was chosen is the one that is proposed the next time.
        explorer.press("q x")
        #expect(explorer.state.export?.format == .otlpJSON)
    }

    @Test func onlyTablesHaveRows() {
        var explorer = ScriptedExplorer()
        explorer.press("x r")
        #expect(explorer.state.notice == .information("only tables (csv, ndjson) have rows to choose"))
        explorer.press("q : 'export_csv' Enter r")
        #expect(explorer.state.export?.order.rows == .steps)
        #expect(explorer.text.contains("● steps"))
    }

    @Test func countsAnewForEachOrderAndDropsAnswersToEarlierOnes() throws {
        var explorer = ScriptedExplorer()
        explorer.estimate = nil
        explorer.press("x")
        let first = try #require(explorer.state.export?.order)
        explorer.press("j")
        explorer.send(.exportEstimated(first, ScriptedExplorer.smallEstimate))
        #expect(explorer.text.contains("counting"))
        let second = try #require(explorer.state.export?.order)
        explorer.send(.exportEstimated(second, ScriptedExplorer.smallEstimate))
        #expect(explorer.text.contains("3 traces, 41 spans, about 1.20MB, as html"))
        #expect(explorer.text.contains("stored redacted: 120 texts replaced by secrets"))
    }

    @Test func unredactedNeedsTheWordAndSaysThatItIsLogged() {
        var explorer = ScriptedExplorer()
        explorer.press("x u 'y' Enter")
        #expect(explorer.state.export?.isUnredacted == false)
        #expect(explorer.text.contains("the export stays redacted"))
        explorer.press("u Up")
        #expect(explorer.state.prompt?.text.isEmpty == true)
        explorer.press("'yes' Enter")
        #expect(explorer.state.export?.order.isUnredacted == true)
        #expect(explorer.text.contains("the audit log will tell"))
        explorer.press("u")
        #expect(explorer.state.export?.order.isUnredacted == false)
        #expect(explorer.text.contains("redacted again on export (secrets)"))
    }

    @Test func asksBeforeAFileIsReplaced() {
        var explorer = ScriptedExplorer()
        explorer.press("x Enter")
        explorer.send(.exported(.failure(message: "it exists", fileExists: true)))
        #expect(explorer.text.contains("spandrel-00000000.html exists: overwrite? y/n"))
        explorer.press("n")
        #expect(orders(explorer).count == 1)
        #expect(explorer.state.view == .export)
        explorer.press("Enter")
        explorer.send(.exported(.failure(message: "it exists", fileExists: true)))
        explorer.press("y")
        #expect(orders(explorer).map(\.replacesFile) == [false, false, true])
    }

    @Test func aFailureLeavesTheDialogAsItWas() {
        var explorer = ScriptedExplorer()
        explorer.press("x j Tab k p ^U 'a/b.md' Enter Enter")
        let order = explorer.state.export?.order
        explorer.send(.exported(.failure(message: "a/b.md: no such folder", fileExists: false)))
        #expect(explorer.text.contains("a/b.md: no such folder"))
        #expect(explorer.state.view == .export)
        #expect(explorer.state.export?.order == order)
        explorer.press("k")
        #expect(explorer.text.contains("no such folder") == false)
    }

    @Test func tellsWhatWasWritten() {
        var explorer = ScriptedExplorer(columns: 120)
        explorer.press("x Enter")
        explorer.send(
            .exported(.success(path: "a.html", traces: 3, spans: 41, bytes: 1_200_000, remarks: [])))
        #expect(explorer.state.view == .traces)
        #expect(explorer.text.contains("wrote 3 traces, 41 spans, 1.20MB to a.html (html, redacted: secrets)"))
        #expect(explorer.state.export == nil)
    }

    @Test func remarksAreReadBeforeTheDialogGoes() {
        var explorer = ScriptedExplorer()
        explorer.press("x Enter")
        explorer.send(
            .exported(
                .success(path: "a", traces: 1, spans: 2, bytes: 3, remarks: ["Links have no place in this format."])))
        #expect(explorer.text.contains("; 1 remark)"))
        #expect(explorer.text.contains("Links have no place in this format."))
        explorer.press("q")
        #expect(explorer.state.export == nil)
        #expect(explorer.state.view == .traces)
    }

    @Test func anExportGoesOnWhileTheUserBrowses() {
        var explorer = ScriptedExplorer()
        explorer.press("x Enter")
        explorer.send(.exportProgress(done: 41, total: 100))
        #expect(explorer.text.contains("writing 41%"))
        let order = explorer.state.export?.order
        #expect(explorer.screen.last?.contains("Esc stop  q close  ? help") == true)
        explorer.press("j p s u Tab")
        #expect(explorer.state.export?.order == order)
        #expect(explorer.state.prompt == nil)
        explorer.press("q Enter")
        #expect(explorer.state.view == .trace)
        #expect(explorer.screen.last?.contains("export 41%") == true)
        explorer.press("Q")
        #expect(explorer.effects.last != .quit)
        explorer.press("x Esc")
        #expect(explorer.effects.last == .cancelExport)
        explorer.send(.exported(.failure(message: "cancelled", fileExists: false)))
        #expect(explorer.state.notice == .information("stopped; nothing was written"))
        #expect(explorer.state.view == .export)
        explorer.press("Esc")
        #expect(explorer.state.view == .trace)
    }

    @Test func aFailureInTheBackgroundIsShownWhenTheDialogOpensAgain() {
        var explorer = ScriptedExplorer()
        explorer.press("x Enter q")
        explorer.send(.exported(.failure(message: "the disk is full", fileExists: false)))
        #expect(explorer.text.contains("the disk is full; x shows the export"))
        explorer.press("x")
        #expect(explorer.text.contains("the disk is full"))
        explorer.press("Enter")
        #expect(orders(explorer).count == 2)
    }

    @Test func hasNothingToOfferForRowsOfAStatement() {
        var explorer = ScriptedExplorer()
        explorer.press("; 'select_1' Enter x")
        #expect(explorer.state.view == .results)
        #expect(explorer.state.export == nil)
    }

    @Test func randomKeysNeverTrapAndNeverWriteUnredactedUnasked() {
        let keys = [
            "x", "j", "k", "g", "G", "Tab", "S-Tab", "Enter", "q", "Esc", "p", "s", "r", "u", "n", "1", "2", "3", "4",
            "Space", "l", "h", "PgDn", "PgUp", "?", "/", ":", "Backspace", "y", "i", "c", "m", "'",
        ]
        var seed: UInt64 = 7
        for size in [(80, 24), (20, 5), (40, 10), (200, 50)] {
            var explorer = ScriptedExplorer(columns: size.0, rows: size.1)
            for _ in 0..<500 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                explorer.press(keys[Int(seed >> 33) % keys.count])
                if seed % 97 == 0 { explorer.send(.exportProgress(done: Int(seed >> 60), total: 3)) }
                if seed % 89 == 0 {
                    explorer.send(.exported(.failure(message: "m", fileExists: seed % 2 == 0)))
                }
            }
            #expect(explorer.screen.count == size.1)
            #expect(!orders(explorer).isEmpty)
            #expect(orders(explorer).allSatisfy { !$0.isUnredacted })
        }
    }
}

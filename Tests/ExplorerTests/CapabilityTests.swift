import Canvas
import Testing
import TraceQuery

@testable import Explorer

/// What a back end cannot give is shown as unavailable with its reason, and asked for nowhere.
@Suite struct CapabilityTests {
    private func explorer() -> ScriptedExplorer {
        var explorer = ScriptedExplorer(columns: 120, rows: 40)
        explorer.state.capabilities = BackendCapabilities(missingFields: ["text": "no texts are indexed"]) { kind in
            kind == LedgerRequest.self || kind == SQLRequest.self || kind == FindingRulesRequest.self
                ? "this server keeps no ledger" : nil
        }
        return explorer
    }

    @Test func listsAndStatementsAreRefusedWithTheirReason() {
        var explorer = explorer()
        explorer.press("Enter")
        let asked = explorer.effects.count
        for command in ["5", ": 'ledger' Enter", ";", ": 'sql_SELECT_1' Enter"] {
            explorer.press(command)
            #expect(explorer.state.view == .trace && explorer.state.prompt == nil, "\(command)")
            #expect(explorer.state.notice?.severity == .error, "\(command)")
            #expect(explorer.state.notice?.text.hasSuffix("is not available: this server keeps no ledger") == true)
        }
        #expect(explorer.effects.count == asked)
        explorer.press("2")
        #expect(explorer.state.view == .agents)
    }

    @Test func helpAndFooterSayWhatIsNotThere() {
        var explorer = explorer()
        explorer.press("Enter")
        #expect(!explorer.screen[39].contains("ledger") && explorer.screen[39].contains("agents"))
        let lines = HelpText.lines(explorer.state)
        #expect(lines.contains(.unavailable(keys: "5", name: "ledger", reason: "this server keeps no ledger")))
        explorer.press(": 'led' Tab")
        #expect(explorer.state.prompt?.text == "led")
    }

    @Test func aFilterIsRefusedWhileItIsTyped() throws {
        var explorer = explorer()
        explorer.press("\\ 'kind:llm'")
        #expect(explorer.state.traces.filter == (try FilterExpression.parse("kind:llm")))
        explorer.press("'_refund'")
        #expect(explorer.state.prompt?.fault?.message == "'text' is not available: no texts are indexed")
        #expect(explorer.state.traces.filter == (try FilterExpression.parse("kind:llm")))
        explorer.press("Enter")
        #expect(explorer.state.prompt != nil)
        explorer.press("^u 't' Tab")
        #expect(explorer.state.prompt?.completions.contains("text:") == false)
    }

    @Test func aBackEndThatCanDoAllHidesNothing() {
        let state = ScriptedExplorer().state
        #expect(!HelpText.lines(state).contains { if case .unavailable = $0 { true } else { false } })
        #expect(CommandTable.all.allSatisfy { $0.missing(state) == nil })
    }
}

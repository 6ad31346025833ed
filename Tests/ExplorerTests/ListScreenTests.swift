import Canvas
import Explorer
import TestSupport
import Testing
import TraceModel
import TraceQuery

/// What lists look like, cell by cell.
@Suite struct ListScreenTests {
    private static let sizes = [(80, 24), (20, 5), (200, 60)]

    private func check(
        _ name: String, _ columns: Int, _ rows: Int, theme: String = "dark", metrics: TextMetrics = TextMetrics(),
        keys: String, change: (inout ScriptedExplorer) -> Void = { _ in }
    ) {
        var explorer = ScriptedExplorer(columns: columns, rows: rows, metrics: metrics)
        explorer.state.theme = Theme.named(theme) ?? Theme.fallback
        change(&explorer)
        explorer.press(keys)
        ScreenSnapshot.check(Screens.render(explorer.state), "\(name)-\(columns)x\(rows)")
    }

    @Test(arguments: ListScreenTests.sizes) func agents(columns: Int, rows: Int) {
        check("agents", columns, rows, keys: "Enter 2 j j")
    }

    @Test(arguments: ListScreenTests.sizes) func steps(columns: Int, rows: Int) {
        check("steps", columns, rows, keys: "Enter 3 j")
    }

    @Test(arguments: ListScreenTests.sizes) func joints(columns: Int, rows: Int) {
        check("joints", columns, rows, keys: "Enter 4 w")
    }

    @Test(arguments: ListScreenTests.sizes) func ledger(columns: Int, rows: Int) {
        check("ledger", columns, rows, keys: "Enter 5 j")
    }

    @Test(arguments: ListScreenTests.sizes) func findings(columns: Int, rows: Int) {
        check("findings", columns, rows, keys: "f j")
    }

    @Test func findingsInASCIIWithoutColour() {
        check("findings-mono", 80, 24, theme: "mono", metrics: TextMetrics(asciiOnly: true), keys: "f j j")
    }

    @Test(arguments: [("agents", "2"), ("steps", "3"), ("joints", "4"), ("ledger", "5")])
    func inASCIIWithoutColour(name: String, key: String) {
        check(
            "\(name)-mono", 80, 24, theme: "mono", metrics: TextMetrics(asciiOnly: true), keys: "Enter \(key) j j")
    }

    @Test func attemptsSideBySide() {
        check("agents-diff", 80, 24, theme: "mono", keys: "Enter 2 j j d") { explorer in
            let answers: [(UInt64, String)] = [(4, "It arrives on Monday."), (20, "It arrives on Thursday, I think.")]
            for (id, answer) in answers {
                let row = explorer.structure.spans.first { $0.spanID == SpanID(id) } ?? explorer.structure.spans[0]
                var detail = Fixture.detail(row, names: explorer.structure.names)
                detail.content.outputMessages = [Message(role: "assistant", parts: [.text(answer)])]
                explorer.details[SpanID(id)] = detail
            }
        }
    }

    @Test func payloadsThatDiffer() {
        check("joints-diff", 100, 30, theme: "mono", keys: "Enter 4 G d") { explorer in
            for id: UInt64 in [20, 11] {
                let row = explorer.structure.spans.first { $0.spanID == SpanID(id) } ?? explorer.structure.spans[0]
                var detail = Fixture.detail(row, names: explorer.structure.names)
                detail.content.toolResult = #"{"orders": [{"id": 7731, "day": "Thursday"}], "total": 2}"#
                detail.content.inputMessages = [
                    Message(
                        role: "tool",
                        parts: [.toolResult(id: nil, result: #"{"orders": [{"id": 7731, "day": "Monday"}]}"#)])
                ]
                explorer.details[SpanID(id)] = detail
            }
        }
    }

    @Test(arguments: [("agents", "2"), ("steps", "3"), ("joints", "4"), ("ledger", "5")])
    func emptyListsSayWhatToDo(name: String, key: String) {
        check("\(name)-empty", 80, 24, keys: "Enter \(key)") {
            $0.topology = AgentTopology()
            $0.steps = []
            $0.joints = []
            $0.ledger = TraceLedger()
        }
    }
}

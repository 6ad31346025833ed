import Canvas
import Explorer
import TestSupport
import Testing

/// How list, tree and span show agents, clocks, findings and what is missing, cell by cell.
@Suite struct IncidentScreenTests {
    private static let sizes = [(80, 24), (20, 5), (200, 60)]

    private func check(
        _ name: String, _ columns: Int, _ rows: Int, theme: String = "dark", metrics: TextMetrics = TextMetrics(),
        keys: String
    ) {
        var explorer = ScriptedExplorer(columns: columns, rows: rows, metrics: metrics)
        explorer.structure = IncidentFixture.structure()
        explorer.state.theme = Theme.named(theme) ?? Theme.fallback
        explorer.press(keys)
        ScreenSnapshot.check(Screens.render(explorer.state), "incident-\(name)-\(columns)x\(rows)")
    }

    @Test(arguments: IncidentScreenTests.sizes) func tree(columns: Int, rows: Int) {
        check("tree", columns, rows, keys: "Enter j j")
    }

    @Test(arguments: IncidentScreenTests.sizes) func treeInMono(columns: Int, rows: Int) {
        check("tree-mono", columns, rows, theme: "mono", keys: "Enter C")
    }

    @Test func treeAsRecordedInASCII() {
        check("tree-ascii", 80, 24, theme: "mono", metrics: TextMetrics(asciiOnly: true), keys: "Enter a C")
    }

    @Test(arguments: IncidentScreenTests.sizes) func findings(columns: Int, rows: Int) {
        check("findings", columns, rows, keys: "Enter w w Enter : 'tab-7' Enter")
    }

    @Test func findingsInMono() {
        check("findings-mono", 80, 24, theme: "mono", keys: "Enter w w Enter 7 j j j")
    }

    @Test func clockOfASpan() {
        check("clock", 80, 24, keys: "Enter w w Enter 5 G")
    }
}

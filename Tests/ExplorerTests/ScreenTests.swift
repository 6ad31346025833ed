import Canvas
import Explorer
import TestSupport
import Testing
import TraceQuery

/// What screens look like, cell by cell.
@Suite struct ScreenTests {
    private static let sizes = [(80, 24), (20, 5), (200, 60)]

    private func check(
        _ name: String, _ columns: Int, _ rows: Int, theme: String = "dark", metrics: TextMetrics = TextMetrics(),
        keys: String = "", change: (inout ScriptedExplorer) -> Void = { _ in }
    ) {
        var explorer = ScriptedExplorer(columns: columns, rows: rows, metrics: metrics)
        explorer.state.theme = Theme.named(theme) ?? Theme.fallback
        change(&explorer)
        explorer.press(keys)
        ScreenSnapshot.check(Screens.render(explorer.state), "\(name)-\(columns)x\(rows)")
    }

    @Test(arguments: ScreenTests.sizes) func traces(columns: Int, rows: Int) {
        check("traces", columns, rows, keys: "j j Space")
    }

    @Test(arguments: ScreenTests.sizes) func trace(columns: Int, rows: Int) {
        check("trace", columns, rows, keys: "Enter j j j")
    }

    @Test(arguments: ScreenTests.sizes) func span(columns: Int, rows: Int) {
        check("span", columns, rows, keys: "Enter j j Enter")
    }

    @Test func traceInASCIIWithoutColour() {
        check("trace-ascii", 80, 24, theme: "mono", metrics: TextMetrics(asciiOnly: true), keys: "Enter j j j")
    }

    @Test func traceWithAmbiguousWidths() {
        check("trace-ambiguous", 80, 24, metrics: TextMetrics(ambiguousIsWide: true), keys: "Enter")
    }

    @Test func zoomedTrace() {
        check("trace-zoomed", 100, 20, keys: "Enter j j j f t")
    }

    @Test func foldedTrace() {
        check("trace-folded", 80, 16, keys: "Enter * j")
    }

    @Test func mono() {
        check("traces-mono", 80, 24, theme: "mono", keys: "j / 'refund' Enter")
    }

    @Test func help() {
        check("help", 80, 24, keys: "Enter ? PgDn")
    }

    @Test func filterWithAFault() {
        check("filter-fault", 80, 24, keys: "\\ 'kidn:tool'")
    }

    @Test func emptyDatabase() {
        check("traces-empty", 80, 24) {
            $0.summaries = []
            $0.send(.dataChanged)
        }
    }

    @Test func failure() {
        check("traces-failed", 80, 24) { explorer in
            explorer.state.traces.rows = []
            let effects = update(&explorer.state, .dataChanged)
            guard case .run(let id, _)? = effects.last else { return }
            _ = update(&explorer.state, .failed(id, .locked(path: "incidents.db")))
        }
    }

    @Test func statement() {
        check("results", 80, 12, keys: "; 'select_name' Enter j")
    }

    @Test func everyThemeDrawsTheTrace() {
        for name in Theme.names {
            check("trace-\(name)", 80, 18, theme: name, keys: "Enter j j j j")
        }
    }
}

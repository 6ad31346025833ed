import Canvas
import Explorer
import TestSupport
import Testing
import TraceModel

/// What the export dialog looks like, cell by cell.
@Suite struct ExportScreenTests {
    private func check(
        _ name: String, _ columns: Int, _ rows: Int, theme: String = "dark", metrics: TextMetrics = TextMetrics(),
        keys: String, change: (inout ScriptedExplorer) -> Void = { _ in }
    ) {
        var explorer = ScriptedExplorer(columns: columns, rows: rows, metrics: metrics)
        explorer.state.theme = Theme.named(theme) ?? Theme.fallback
        explorer.press(keys)
        change(&explorer)
        ScreenSnapshot.check(Screens.render(explorer.state), "\(name)-\(columns)x\(rows)")
    }

    @Test(arguments: [(80, 24), (200, 50), (40, 10), (20, 5)]) func dialog(columns: Int, rows: Int) {
        check("export", columns, rows, keys: "Space Space x")
    }

    @Test(arguments: [(80, 24), (200, 50)]) func formats(columns: Int, rows: Int) {
        check("export-formats", columns, rows, keys: "Enter j j j x j j Tab k k k k")
    }

    @Test(arguments: [(80, 24), (200, 50)]) func tableUnredacted(columns: Int, rows: Int) {
        check("export-table", columns, rows, keys: "Enter 3 j : 'export_csv' Enter u 'yes' Enter")
    }

    @Test func inASCIIWithoutColour() {
        check(
            "export-ascii", 80, 24, theme: "mono", metrics: TextMetrics(asciiOnly: true), keys: "Enter 2 j x j j Tab")
    }

    @Test func withoutColour() {
        check("export-mono", 80, 24, theme: "mono", keys: "Enter j j j x j")
    }

    @Test func onItsWay() {
        check("export-running", 80, 24, keys: "x Enter") { $0.send(.exportProgress(done: 17, total: 41)) }
    }

    @Test func overwriting() {
        check("export-overwrite", 80, 24, keys: "x Enter") {
            $0.send(.exported(.failure(message: "m", fileExists: true)))
        }
    }

    @Test func askingForTheWord() {
        check("export-word", 80, 24, keys: "x u 'ye'")
    }

    @Test func remarks() {
        check("export-remarks", 80, 24, keys: "x Enter") {
            $0.send(
                .exported(
                    .success(
                        path: "spandrel-00000000.html", traces: 1, spans: 23, bytes: 48_000,
                        remarks: [
                            "2 spans without a start time stand at the end of the waterfall.",
                            "1 stream has no chunks with times; its gaps cannot be drawn.",
                        ])))
        }
    }
}

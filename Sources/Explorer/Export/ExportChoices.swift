import Tables
import TraceAnalysis
import TraceModel
import TraceQuery

/// What can be exported from where the user is, the first proposed.
///
/// What is tagged comes first, since somebody meant it. Else trajectories go whole: over an open trace that is the
/// trace, and its parts follow.
enum ExportChoices {
    static func list(_ state: AppState) -> [ExportChoice] { ViewRecord.of(state.view).exports(state) }

    // MARK: The list of traces

    @Sendable static func traces(_ state: AppState) -> [ExportChoice] {
        let list = state.traces
        var choices: [ExportChoice] = []
        if !list.tagged.isEmpty { choices.append(tagged(list)) }
        if let focus = list.selected { choices.append(whole(focus, title: "this trace: \(focus.name ?? "(no name)")")) }
        let matching = list.overview?.matching
        if let filter = list.filter {
            var shown = ExportChoice(.traces(filter), "all that the filter shows")
            shown.note = matching.map { Counted.text($0, "trace") } ?? ""
            shown.arguments = ["--filter", CommandLineText.quoted(list.filterText)]
            choices.append(shown)
        }
        guard let total = list.overview?.totalTraces, total > 0 else { return choices }
        var all = ExportChoice(.traces(nil), "all traces of the database")
        all.note = Counted.text(total, "trace")
        all.arguments = ["--all"]
        return choices + [all]
    }

    private static func tagged(_ list: TracesState) -> ExportChoice {
        let keys = list.tagged.sorted()
        let listed = list.rows.filter { list.tagged.contains($0.key) }
        var choice = ExportChoice(.listed(keys), "the \(Counted.text(keys.count, "tagged trace"))")
        choice.traceID = keys.count == 1 ? listed.first?.traceID : nil
        // A trace that another filter hides is tagged still; only its key is known then.
        if listed.count == keys.count { choice.arguments = listed.flatMap { ["--trace", $0.traceID.hex] } }
        return choice
    }

    /// A trace, whole.
    static func whole(_ trace: TraceSummary, title: String) -> ExportChoice {
        var choice = ExportChoice(.listed([trace.key]), title)
        choice.note = Counted.text(trace.spanCount, "span")
        choice.traceID = trace.traceID
        choice.arguments = ["--trace", trace.traceID.hex]
        return choice
    }

    // MARK: Hits of a search

    @Sendable static func hits(_ state: AppState) -> [ExportChoice] {
        guard let results = state.results, case .search(let page)? = results.content,
            page.hits.indices.contains(results.cursor)
        else { return [] }
        let hit = page.hits[results.cursor]
        var trace = ExportChoice(.listed([hit.traceKey]), "the trace of this hit")
        trace.traceID = hit.traceID
        trace.arguments = ["--trace", hit.traceID.hex]
        var span = ExportChoice(
            .spans(trace: hit.traceKey, [hit.row.key]), "the span \(page.names[hit.row.name] ?? "(no name)")")
        span.traceID = hit.traceID
        span.arguments = ["--span", hit.traceID.hex + "/" + hit.row.spanID.hex]
        var seen: Set<Int64> = []
        let traces = page.hits.filter { seen.insert($0.traceKey).inserted }
        guard traces.count > 1 else { return [trace, span] }
        let which = page.next == nil ? "all hits" : "the first \(page.hits.count) hits"
        var all = ExportChoice(.listed(traces.map(\.traceKey)), "the traces of \(which)")
        all.note = Counted.text(traces.count, "trace")
        all.arguments = traces.flatMap { ["--trace", $0.traceID.hex] }
        return [trace, all, span]
    }
}

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
        // A trace that another filter hides is tagged still.
        let listed = list.rows.map(\.traceID).filter { list.tagged.contains($0) }
        let ids = listed + list.tagged.subtracting(listed).sorted()
        var choice = ExportChoice(.listed(ids), "the \(Counted.text(ids.count, "tagged trace"))")
        choice.traceID = ids.count == 1 ? ids.first : nil
        choice.arguments = ids.flatMap { ["--trace", $0.hex] }
        return choice
    }

    /// A trace, whole.
    static func whole(_ trace: TraceSummary, title: String) -> ExportChoice {
        var choice = ExportChoice(.listed([trace.traceID]), title)
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
        var trace = ExportChoice(.listed([hit.traceID]), "the trace of this hit")
        trace.traceID = hit.traceID
        trace.arguments = ["--trace", hit.traceID.hex]
        var span = ExportChoice(
            .spans(trace: hit.traceID, [hit.row.local]), "the span \(page.names[hit.row.name] ?? "(no name)")")
        span.traceID = hit.traceID
        span.arguments = ["--span", hit.address.text]
        var seen: Set<TraceID> = []
        let traces = page.hits.filter { seen.insert($0.traceID).inserted }
        guard traces.count > 1 else { return [trace, span] }
        let which = page.next == nil ? "all hits" : "the first \(page.hits.count) hits"
        var all = ExportChoice(.listed(traces.map(\.traceID)), "the traces of \(which)")
        all.note = Counted.text(traces.count, "trace")
        all.arguments = traces.flatMap { ["--trace", $0.traceID.hex] }
        return [trace, all, span]
    }
}

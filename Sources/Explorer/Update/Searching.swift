import TraceAnalysis
package import TraceModel
import TraceQuery

/// Searching in what is shown: plain text, ignoring case unless it has an upper-case letter.
enum Searching {
    static func start(_ state: inout AppState, _ text: String) -> [Effect] {
        guard Keys.context(state) != .span else { return Panes.apply(&state, .search(text)) }
        setPattern(&state, text)
        guard !text.isEmpty else { return [] }
        return find(&state, direction: 1, includingCurrent: true)
    }

    /// Highlights while the line is typed, without moving.
    static func preview(_ state: inout AppState, _ text: String) -> [Effect] {
        guard Keys.context(state) != .span else { return [] }
        setPattern(&state, text)
        return []
    }

    static func next(_ state: inout AppState, direction: Int) -> [Effect] {
        guard Keys.context(state) != .span else { return Panes.apply(&state, .nextHit(direction)) }
        return find(&state, direction: direction, includingCurrent: false)
    }

    private static func setPattern(_ state: inout AppState, _ text: String) {
        switch state.view {
        case .traces: state.traces.search = text
        case .trace: state.trace?.search = text
        case .results: state.results?.search = text
        case .span, .stream, .export, .help, .agents, .steps, .joints, .ledger: break
        }
    }

    private static func find(_ state: inout AppState, direction: Int, includingCurrent: Bool) -> [Effect] {
        switch state.view {
        case .traces:
            let pattern = SearchPattern(state.traces.search)
            find(
                &state, pattern, count: state.traces.rows.count, from: state.traces.cursor, direction, includingCurrent
            ) {
                state, i in
                let row = state.traces.rows[i]
                return ([row.name, row.session].compactMap { $0 } + row.services + row.agents + row.models)
                    .contains(where: pattern.matches) || row.traceID.hex.hasPrefix(state.traces.search)
            } found: {
                $0.traces.cursor = $1
            }
        case .trace: findInTree(&state, direction: direction, includingCurrent: includingCurrent)
        case .results:
            let pattern = SearchPattern(state.results?.search ?? "")
            find(
                &state, pattern, count: state.results?.rowCount ?? 0, from: state.results?.cursor ?? 0, direction,
                includingCurrent
            ) { state, i in
                Results.cells(state, row: i).contains(where: pattern.matches)
            } found: {
                $0.results?.cursor = $1
            }
        case .span, .stream, .export, .help, .agents, .steps, .joints, .ledger: break
        }
        return []
    }

    private static func find(
        _ state: inout AppState, _ pattern: SearchPattern, count: Int, from cursor: Int, _ direction: Int,
        _ includingCurrent: Bool, matches: (AppState, Int) -> Bool, found: (inout AppState, Int) -> Void
    ) {
        guard !pattern.isEmpty else {
            state.notice = .information("nothing is searched for; / searches")
            return
        }
        guard count > 0 else { return }
        for step in (includingCurrent ? 0 : 1)...count {
            let index = ((cursor + direction * step) % count + count) % count
            if matches(state, index) {
                found(&state, index)
                if direction * (index - cursor) < 0 { state.notice = .information("round the end") }
                return
            }
        }
        state.notice = .error("“\(pattern.text)” is not in this list")
    }

    /// Searches the whole tree, folded parts too; names are compared once each, not once a span.
    private static func findInTree(_ state: inout AppState, direction: Int, includingCurrent: Bool) {
        guard var trace = state.trace, let loaded = trace.loaded, let here = trace.selected else { return }
        let pattern = SearchPattern(trace.search)
        guard !pattern.isEmpty else {
            state.notice = .information("nothing is searched for; / searches")
            return
        }
        let names = TreeMatches(pattern, in: loaded)
        let hits = loaded.nodes { names.contains($0) }
        let rank = loaded.ranks[Int(here)]
        let next =
            direction > 0
            ? hits.first {
                loaded.ranks[Int($0)] > rank || (includingCurrent && loaded.ranks[Int($0)] == rank)
            } : hits.last { loaded.ranks[Int($0)] < rank }
        guard let found = next ?? (direction > 0 ? hits.first : hits.last) else {
            state.notice = .error("“\(pattern.text)” is in no name here; ^P searches prompts and outputs")
            return
        }
        trace.reveal(found)
        state.trace = trace
        let position = (hits.firstIndex(of: found) ?? 0) + 1
        state.notice = .information("hit \(position) of \(hits.count)" + (next == nil ? ", round the end" : ""))
    }
}

/// Plain text to search for.
package struct SearchPattern: Equatable, Sendable {
    package let text: String
    private let folded: String?

    package init(_ text: String) {
        self.text = text
        folded = text.contains(where: \.isUppercase) ? nil : text.lowercased()
    }

    package var isEmpty: Bool { text.isEmpty }

    package func matches(_ candidate: String) -> Bool {
        guard !text.isEmpty else { return false }
        return folded.map { candidate.lowercased().contains($0) } ?? candidate.contains(text)
    }
}

/// The names of a trace that a search hits.
package struct TreeMatches: Sendable {
    private let hits: Set<NameIndex>
    private let idPrefix: String

    package init(_ pattern: SearchPattern, in trace: LoadedTrace) {
        var hits: Set<NameIndex> = []
        for index in 0..<NameIndex(trace.structure.names.count) {
            if let text = trace.text(index + 1), pattern.matches(text) { hits.insert(index + 1) }
        }
        self.hits = hits
        idPrefix = pattern.text.count >= 4 ? pattern.text.lowercased() : ""
    }

    package func contains(_ row: SpanRow) -> Bool {
        if !hits.isEmpty,
            hits.contains(row.name) || hits.contains(row.agent) || hits.contains(row.tool)
                || hits.contains(row.modelRequested) || hits.contains(row.modelResolved)
                || hits.contains(row.service) || hits.contains(row.errorType)
        {
            return true
        }
        return !idPrefix.isEmpty && row.spanID.hex.hasPrefix(idPrefix)
    }
}

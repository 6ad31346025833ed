import TraceAnalysis
package import TraceModel
import TraceQuery

/// Searching in what is shown: plain text, ignoring case unless it has an upper-case letter.
enum Searching {
    static func start(_ state: inout AppState, _ text: String) -> [Effect] {
        ViewRecord.of(Keys.context(state)).search?.start(&state, text) ?? []
    }

    /// Highlights while the line is typed, without moving.
    static func preview(_ state: inout AppState, _ text: String) -> [Effect] {
        ViewRecord.of(Keys.context(state)).search?.preview(&state, text)
        return []
    }

    static func next(_ state: inout AppState, direction: Int) -> [Effect] {
        ViewRecord.of(Keys.context(state)).search?.next(&state, direction) ?? []
    }

    /// Searches the whole tree, folded parts too; names are compared once each, not once a span.
    static func findInTree(
        _ state: inout AppState, _ pattern: SearchPattern, direction: Int, includingCurrent: Bool
    ) {
        guard var trace = state.trace, let loaded = trace.loaded, let here = trace.selected else { return }
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
        return !idPrefix.isEmpty && row.local.text.hasPrefix(idPrefix)
    }
}

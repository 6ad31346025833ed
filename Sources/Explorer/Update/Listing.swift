import TraceModel
import TraceQuery

/// The list of traces: what it holds and in which order.
enum Listing {
    /// The most rows that one request may bring when the end of the list is asked for.
    private static let wholeListLimit = 50_000

    /// The filter of traces that no status tells of: nothing failed, and yet a finding is no mere hint.
    static let okButBad = "errors=0 (severity:warning or severity:error)"

    /// Takes a filter over; an invalid one changes nothing but the notice.
    static func setFilter(_ state: inout AppState, _ text: String) -> [Effect] {
        do throws(QueryError) {
            state.traces.filter = try state.capabilities.filter(text)
        } catch {
            state.notice = .error(error.description)
            return []
        }
        state.traces.filterText = text
        state.traces.error = nil
        expectOtherRows(&state)
        if state.view != .traces { state.views = [.traces] }
        return Loading.refreshTraces(&state)
    }

    /// Goes to the top of a list that is still to come; what there is stays in view until then.
    private static func expectOtherRows(_ state: inout AppState) {
        state.traces.isOutdated = true
        state.traces.opensWhenListed = false
        state.traces.hasLoaded = !state.traces.rows.isEmpty
        state.traces.next = nil
        state.traces.cursor = 0
        state.traces.top = 0
    }

    /// Puts a fresh page in place; the cursor stays on its trace, and on the first row of another list.
    static func replace(_ state: inout AppState, with page: TracePage) {
        let selected = state.traces.isOutdated ? nil : state.traces.selected?.traceID
        let wasAtNewest = state.traces.isFollowing
        let knownFirst = state.traces.rows.first?.traceID
        state.traces.rows = page.rows
        state.traces.next = page.next
        if let overview = page.overview { state.traces.overview = overview }
        state.traces.hasLoaded = true
        state.traces.error = nil
        // The cursor went to the top when other rows were asked for; moves typed since then are meant for these.
        state.traces.isOutdated = false
        if wasAtNewest, page.rows.first?.traceID != knownFirst {
            state.traces.cursor = 0
        } else if let selected, let index = page.rows.firstIndex(where: { $0.traceID == selected }) {
            // The rows above may have grown: the row keeps its place on the screen.
            state.traces.top += index - state.traces.cursor
            state.traces.cursor = index
        }
    }

    /// Opens the trace that was chosen before its list was there.
    static func openIfAsked(_ state: inout AppState) -> [Effect] {
        guard state.traces.opensWhenListed else { return [] }
        state.traces.opensWhenListed = false
        guard state.view == .traces, state.prompt == nil else { return [] }
        state.traces.cursor = max(0, min(state.traces.cursor, state.traces.rows.count - 1))
        return Opening.openSelectedTrace(&state)
    }

    /// Asks for the next page when the cursor comes near the end of what is there.
    static func loadMoreIfNeeded(_ state: inout AppState) -> [Effect] {
        guard let next = state.traces.next, state.traces.cursor + Loading.pageSize / 2 > state.traces.rows.count,
            !state.requests.isOpen(.moreTraces), !state.requests.isOpen(.traces)
        else { return [] }
        return state.requests.send(state.traces.request(limit: Loading.pageSize, after: next), for: .moreTraces)
    }

    static func moveToEnd(_ state: inout AppState) -> [Effect] {
        state.traces.cursor = .max / 2
        guard let next = state.traces.next else { return [] }
        return state.requests.send(state.traces.request(limit: wholeListLimit, after: next), for: .moreTraces)
    }

    static func toggleTag(_ state: inout AppState) -> [Effect] {
        guard let id = state.traces.selected?.traceID else { return [] }
        if state.traces.tagged.remove(id) == nil { state.traces.tagged.insert(id) }
        state.traces.cursor += 1
        return []
    }

    static func untagAll(_ state: inout AppState) -> [Effect] {
        if state.traces.tagged.isEmpty {
            return state.traces.filterText.isEmpty ? [] : setFilter(&state, "")
        }
        state.notice = .information("untagged \(state.traces.tagged.count)")
        state.traces.tagged = []
        return []
    }

    static func shiftSort(_ state: inout AppState, by distance: Int) -> [Effect] {
        let keys = TraceListRequest.SortKey.allCases
        let index = keys.firstIndex(of: state.traces.sort) ?? 0
        return sort(&state, by: keys[(index + distance + keys.count) % keys.count])
    }

    static func setSort(_ state: inout AppState, _ column: String) -> [Effect] {
        guard let key = TraceListRequest.SortKey(rawValue: column) else {
            let known = TraceListRequest.SortKey.allCases.map(\.rawValue).joined(separator: ", ")
            state.notice = .error("sort by one of \(known)")
            return []
        }
        return sort(&state, by: key)
    }

    private static func sort(_ state: inout AppState, by key: TraceListRequest.SortKey) -> [Effect] {
        state.traces.sort = key
        state.traces.isDescending = key != .name
        return resort(&state)
    }

    static func invert(_ state: inout AppState) -> [Effect] {
        state.traces.isDescending.toggle()
        return resort(&state)
    }

    private static func resort(_ state: inout AppState) -> [Effect] {
        expectOtherRows(&state)
        state.notice = .information(
            "by \(state.traces.sort.rawValue), \(state.traces.isDescending ? "largest" : "smallest") first")
        return Loading.refreshTraces(&state)
    }

    static func toggleFollow(_ state: inout AppState) -> [Effect] {
        state.traces.isFollowing.toggle()
        state.notice = .information(state.traces.isFollowing ? "following new traces" : "not following")
        if state.traces.isFollowing { state.traces.cursor = 0 }
        return []
    }

    static func togglePause(_ state: inout AppState) -> [Effect] {
        state.traces.isPaused.toggle()
        state.notice = .information(state.traces.isPaused ? "paused; = goes on" : "showing what arrives")
        return state.traces.isPaused ? [] : Loading.refreshTraces(&state)
    }
}

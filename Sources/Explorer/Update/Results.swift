import Canvas
import TraceModel
import TraceQuery

/// The view of a search over all traces, or of an SQL statement.
enum Results {
    private static let pageSize = 50
    private static let sqlLimit = 5_000

    static func find(_ state: inout AppState, _ text: String) -> [Effect] {
        let request = SearchRequest(text: text, filter: state.traces.filter, limit: pageSize)
        return open(&state, title: "find “\(text)”", request)
    }

    static func sql(_ state: inout AppState, _ statement: String) -> [Effect] {
        open(&state, title: statement, SQLRequest(statement, limit: sqlLimit))
    }

    private static func open(_ state: inout AppState, title: String, _ request: some TraceRequest) -> [Effect] {
        state.results = ResultsState(title: title, request: request)
        state.views.removeAll { $0 == .results }
        state.views.append(.results)
        return state.requests.send(request, for: .results)
    }

    static func loadMoreIfNeeded(_ state: inout AppState) -> [Effect] {
        guard state.view == .results, let results = state.results, case .search(let page)? = results.content,
            let next = page.next, results.cursor + 10 > page.hits.count, !state.requests.isOpen(.moreResults),
            var request = results.request.base as? SearchRequest
        else { return [] }
        request.after = next
        return state.requests.send(request, for: .moreResults)
    }

    /// Adds a further page; its texts come with a table of their own.
    static func append(_ state: inout AppState, _ more: SearchPage) {
        guard case .search(var page)? = state.results?.content else { return }
        for var hit in more.hits {
            func move(_ index: NameIndex) -> NameIndex { page.names.intern(more.names[index]) }
            hit.row.name = move(hit.row.name)
            hit.row.service = move(hit.row.service)
            hit.row.agent = move(hit.row.agent)
            hit.row.agentInstance = move(hit.row.agentInstance)
            hit.row.modelRequested = move(hit.row.modelRequested)
            hit.row.modelResolved = move(hit.row.modelResolved)
            hit.row.tool = move(hit.row.tool)
            hit.row.errorType = move(hit.row.errorType)
            page.hits.append(hit)
        }
        page.next = more.next
        state.results?.content = .search(page)
    }

    /// The hit under the cursor.
    static func selectedHit(_ state: AppState) -> SearchPage.Hit? {
        guard let results = state.results, case .search(let page)? = results.content,
            page.hits.indices.contains(results.cursor)
        else { return nil }
        return page.hits[results.cursor]
    }

    static func openSelected(_ state: inout AppState) -> [Effect] {
        guard let hit = selectedHit(state) else { return [] }
        return Opening.openTrace(&state, hit.traceID, summary: nil, span: hit.row.local)
    }

    static func scroll(_ state: inout AppState, by distance: Int) -> [Effect] {
        guard case .table(let table)? = state.results?.content else { return [] }
        let first = (state.results?.firstColumn ?? 0) + distance
        state.results?.firstColumn = max(0, min(table.columns.count - 1, first))
        return []
    }

    /// The texts of a row, for searching and copying.
    static func cells(_ state: AppState, row: Int) -> [String] {
        switch state.results?.content {
        case .search(let page)?:
            guard page.hits.indices.contains(row) else { return [] }
            let hit = page.hits[row]
            return [page.names[hit.row.name] ?? "", page.names[hit.row.agent] ?? "", hit.excerpt ?? ""]
        case .table(let table)?:
            return table.rows.indices.contains(row) ? table.rows[row].map(\.displayText) : []
        case nil: return []
        }
    }
}

extension SQLTable.Value {
    /// The value as a cell of a table shows it; NULL is a word of its own, not an empty cell.
    package var displayText: String {
        switch self {
        case .null: "NULL"
        case .integer(let value): String(value)
        case .real(let value): String(value)
        case .text(let text): text
        case .blob(let bytes):
            "x'" + bytes.prefix(32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                + (bytes.count > 32 ? "…'" : "'")
        }
    }
}

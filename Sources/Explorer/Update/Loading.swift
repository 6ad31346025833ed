import Canvas
import TraceModel
import TraceQuery

/// Sends queries and applies their results.
enum Loading {
    static let pageSize = 200
    /// A trace with more spans than this shows its first rows before all of it is read.
    static let previewThreshold = 20_000
    static let previewSpans = 2_000

    static func start(_ state: inout AppState, _ options: StartOptions) -> [Effect] {
        var effects: [Effect] = []
        if !options.filter.isEmpty {
            do throws(QueryError) {
                state.traces.filter = try FilterExpression.parse(options.filter)
                state.traces.filterText = options.filter
            } catch {
                state.notice = .error(error.description)
            }
        }
        effects += refreshTraces(&state)
        if let prefix = options.traceIDPrefix { effects += Opening.openTrace(&state, prefix: prefix) }
        for command in options.commands { effects += Prompting.execute(&state, command) }
        return effects + Navigation.afterChange(&state)
    }

    /// Reads the list again, from its start to some way past the cursor.
    static func refreshTraces(_ state: inout AppState) -> [Effect] {
        let limit = state.traces.cursor + pageSize
        let buckets = max(8, state.size.columns - 2)
        return state.requests.send(state.traces.request(limit: limit, buckets: buckets), for: .traces)
    }

    static func reload(_ state: inout AppState) -> [Effect] {
        var effects = refreshTraces(&state)
        Lists.outdate(&state, overTrace: false)
        if let trace = state.trace {
            effects += state.requests.send(StructureRequest(.key(trace.key)), for: .structure)
        }
        state.notice = .information("reading again")
        return effects
    }

    static func dataChanged(_ state: inout AppState) -> [Effect] {
        Lists.outdate(&state, overTrace: false)
        return (state.traces.isPaused ? [] : refreshTraces(&state)) + Lists.follow(&state)
    }

    /// Reads the open trace again when the list says that it has grown.
    private static func refreshTrace(_ state: inout AppState) -> [Effect] {
        guard let trace = state.trace, let loaded = trace.loaded, state.views.contains(.trace),
            let listed = state.traces.rows.first(where: { $0.key == trace.key }),
            listed.spanCount != loaded.structure.summary.spanCount, !state.requests.isOpen(.structure)
        else { return [] }
        return state.requests.send(StructureRequest(.key(trace.key)), for: .structure)
    }

    static func loaded(
        _ state: inout AppState, _ purpose: PendingRequests.Purpose, _ answer: Answer
    ) -> [Effect] {
        var effects: [Effect] = []
        switch (purpose, answer.content) {
        case (.traces, .traces(let page)):
            Listing.replace(&state, with: page)
            effects += Listing.openIfAsked(&state) + refreshTrace(&state)
        case (.moreTraces, .traces(let page)):
            state.traces.rows += page.rows
            state.traces.next = page.next
        case (.structurePreview, .trace(let trace)):
            if state.trace?.loaded == nil { effects += Opening.show(&state, trace) }
        case (.structure, .trace(let trace)):
            effects += Opening.show(&state, trace)
            Lists.outdate(&state, overTrace: true)
        case (.shownClocks, .trace(let trace)): effects += Opening.show(&state, trace)
        case (.list(let view), .list(let content)): Lists.show(&state, view, content)
        case (.compared(let view, let isLater), .texts(let texts)):
            effects += Lists.compared(&state, view, texts, isLater: isLater)
        case (.difference(let view), .difference(let lines)): state.lists[view]?.comparison?.lines = lines
        case (.span, .span(let span)): Panes.show(&state, span)
        case (.spanPlace, .span(let span)): Panes.replace(&state, span)
        case (.stream, .stream(let tape)): Playing.loaded(&state, tape, isOther: false)
        case (.otherStream, .stream(let tape)): Playing.loaded(&state, tape, isOther: true)
        case (.results, .search(let page)):
            state.results?.content = .search(page)
        case (.results, .table(let table)):
            state.results?.content = .table(table)
        case (.moreResults, .search(let page)): Results.append(&state, page)
        case (.completion, .facets(let page)):
            effects += Prompting.offer(&state, page)
        default: break
        }
        return effects + Navigation.afterChange(&state)
    }

    static func failed(
        _ state: inout AppState, _ purpose: PendingRequests.Purpose, _ error: QueryError
    ) -> [Effect] {
        guard error != .cancelled else { return [] }
        switch purpose {
        case .traces, .moreTraces:
            state.traces.error = error
            state.traces.opensWhenListed = false
            state.traces.hasLoaded = true
        case .structure, .structurePreview:
            state.trace?.error = error
        case .span: state.trace?.pane.error = error
        case .stream: Playing.failed(&state, error, isOther: false)
        case .otherStream: Playing.failed(&state, error, isOther: true)
        case .results, .moreResults: state.results?.error = error
        case .list(let view): state.lists[view]?.error = error
        case .compared(let view, _): state.lists[view]?.comparison?.error = error
        case .completion, .shownClocks, .spanPlace, .difference: break
        }
        return Navigation.afterChange(&state)
    }
}

import Canvas
import TraceModel
import TraceQuery

/// Sending requests and taking in their answers.
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
        if let trace = state.trace {
            effects += state.requests.send(.structure(.key(trace.key), limit: nil), for: .structure)
        }
        state.notice = .information("reading again")
        return effects
    }

    static func dataChanged(_ state: inout AppState) -> [Effect] {
        state.traces.isPaused ? [] : refreshTraces(&state)
    }

    /// Reads the open trace again when the list says that it has grown.
    private static func refreshTrace(_ state: inout AppState) -> [Effect] {
        guard let trace = state.trace, let loaded = trace.loaded, state.views.contains(.trace),
            let listed = state.traces.rows.first(where: { $0.key == trace.key }),
            listed.spanCount != loaded.structure.summary.spanCount, !state.requests.isOpen(.structure)
        else { return [] }
        return state.requests.send(.structure(.key(trace.key), limit: nil), for: .structure)
    }

    static func loaded(
        _ state: inout AppState, _ purpose: RequestBook.Purpose, _ result: QueryResult
    ) -> [Effect] {
        switch (purpose, result) {
        case (.traces, .traces(let page)):
            Listing.replace(&state, with: page)
            return Listing.openIfAsked(&state) + refreshTrace(&state) + Navigation.afterChange(&state)
        case (.moreTraces, .traces(let page)):
            state.traces.rows += page.rows
            state.traces.next = page.next
        case (.structurePreview, .structure(let structure)):
            if state.trace?.loaded == nil { Opening.show(&state, structure) }
        case (.structure, .structure(let structure)):
            Opening.show(&state, structure)
            TraceLists.outdate(&state)
        case (.agents, .agents(let page)): Agents.show(&state, page)
        case (.steps, .steps(let page)): Steps.show(&state, page)
        case (.joints, .joints(let page)): Joints.show(&state, page)
        case (.ledger, .ledger(let page)): Ledgers.show(&state, page)
        case (.earlierAttempt, .span(let detail)): Agents.show(&state, detail, isLater: false)
        case (.laterAttempt, .span(let detail)): Agents.show(&state, detail, isLater: true)
        case (.earlierPayload, .span(let detail)): Joints.show(&state, detail, isLater: false)
        case (.laterPayload, .span(let detail)): Joints.show(&state, detail, isLater: true)
        case (.span, .span(let detail)): Panes.show(&state, detail)
        case (.stream, .stream(let detail)): Playing.loaded(&state, detail, isOther: false)
        case (.otherStream, .stream(let detail)): Playing.loaded(&state, detail, isOther: true)
        case (.results, .search(let page)):
            state.results?.content = .search(page)
        case (.results, .sql(let table)):
            state.results?.content = .table(table)
        case (.moreResults, .search(let page)): Results.append(&state, page)
        case (.completion, .facets(let page)):
            return Prompting.offer(&state, page) + Navigation.afterChange(&state)
        default: break
        }
        return Navigation.afterChange(&state)
    }

    static func failed(
        _ state: inout AppState, _ purpose: RequestBook.Purpose, _ error: QueryError
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
        case .completion: break
        case .agents: state.agents?.list.error = error
        case .steps: state.steps?.list.error = error
        case .joints: state.joints?.list.error = error
        case .ledger: state.ledger?.list.error = error
        case .earlierAttempt, .laterAttempt: Agents.failed(&state, error)
        case .earlierPayload, .laterPayload: Joints.failed(&state, error)
        }
        return Navigation.afterChange(&state)
    }
}

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
        _ state: inout AppState, _ purpose: RequestBook.Purpose, _ answer: Answer
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
            TraceLists.outdate(&state)
        case (.shownClocks, .trace(let trace)): effects += Opening.show(&state, trace)
        case (.agents, .agents(let key, let agents)): Agents.show(&state, agents, of: key)
        case (.steps, .steps(let key, let steps)): Steps.show(&state, steps, of: key)
        case (.joints, .joints(let key, let joints)): Joints.show(&state, joints, of: key)
        case (.ledger, .ledger(let key, let ledger)): Ledgers.show(&state, ledger, of: key)
        case (.earlierAttempt, .attempt(let texts)): effects += Agents.show(&state, texts, isLater: false)
        case (.laterAttempt, .attempt(let texts)): effects += Agents.show(&state, texts, isLater: true)
        case (.attemptDifference, .difference(let lines)): state.agents?.comparison?.lines = lines
        case (.earlierPayload, .payload(let text)): effects += Joints.show(&state, text, isLater: false)
        case (.laterPayload, .payload(let text)): effects += Joints.show(&state, text, isLater: true)
        case (.payloadDifference, .difference(let lines)): state.joints?.payloads?.lines = lines
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
        case .completion, .shownClocks, .spanPlace, .attemptDifference, .payloadDifference: break
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

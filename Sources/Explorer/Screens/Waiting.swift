extension Screens {
    /// True while the view on top has nothing to show but that it reads.
    package static func isWaiting(_ state: AppState) -> Bool {
        switch state.view {
        case .traces: !state.traces.hasLoaded && state.traces.error == nil
        case .trace: state.trace.map { $0.loaded == nil && $0.error == nil } ?? false
        case .span: state.trace.map { $0.pane.document == nil && $0.pane.error == nil } ?? false
        case .results: state.results.map { $0.content == nil && $0.error == nil } ?? false
        case .stream: state.stream.map { $0.tapes.isEmpty && $0.error == nil } ?? false
        case .export, .help: false
        case .agents, .steps, .joints, .ledger: TraceLists.isWaiting(state)
        }
    }
}

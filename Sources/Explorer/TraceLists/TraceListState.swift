package import TraceQuery

/// What the lists over the open trace have in common: whose they are, and where the cursor is.
package struct TraceListState: Equatable, Sendable {
    /// The trace that the rows belong to.
    package var traceKey: Int64
    package var error: QueryError?
    package var cursor = 0
    package var top = 0
    /// The first row of the detail that is shown.
    package var detailTop = 0
    /// The trace was read again since: the rows stand until the new ones arrive.
    package var isOutdated = false

    package init(traceKey: Int64) {
        self.traceKey = traceKey
    }
}

extension AppState {
    /// The list of the view on top; nil where that is none over the open trace.
    var traceList: TraceListState? {
        get {
            switch view {
            case .agents: agents?.list
            case .steps: steps?.list
            case .joints: joints?.list
            case .ledger: ledger?.list
            default: nil
            }
        }
        set {
            guard let newValue else { return }
            switch view {
            case .agents: agents?.list = newValue
            case .steps: steps?.list = newValue
            case .joints: joints?.list = newValue
            case .ledger: ledger?.list = newValue
            default: break
            }
        }
    }
}

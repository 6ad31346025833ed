import TraceModel

/// Taking the ledger in.
enum Ledgers {
    static func show(_ state: inout AppState, _ loaded: LoadedLedger, of traceKey: Int64) {
        guard state.ledger?.list.traceKey == traceKey else { return }
        state.ledger?.content = loaded
        state.ledger?.list.error = nil
    }
}

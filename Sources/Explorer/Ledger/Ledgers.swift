import TraceModel
import TraceQuery

/// Taking the ledger in.
enum Ledgers {
    static func show(_ state: inout AppState, _ page: TraceLedgerPage) {
        guard state.ledger?.list.traceKey == page.summary.key else { return }
        state.ledger?.content = LoadedLedger(page.ledger)
        state.ledger?.list.error = nil
    }
}

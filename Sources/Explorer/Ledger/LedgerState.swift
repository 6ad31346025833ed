package import TraceModel
import TraceQuery

/// What a trace should hold and what is missing, as a list.
package struct LedgerState: Equatable, Sendable {
    package var list: TraceListState
    package var content: LoadedLedger?

    package init(traceKey: Int64) {
        list = TraceListState(traceKey: traceKey)
    }

    /// The item under the cursor.
    var selected: LedgerItem? {
        guard let items = content?.ledger.items, items.indices.contains(list.cursor) else { return nil }
        return items[list.cursor]
    }
}

/// A ledger as it was read; shared, never copied.
package final class LoadedLedger: Sendable, Equatable {
    package let ledger: TraceLedger

    package init(_ ledger: TraceLedger) {
        self.ledger = ledger
    }

    package static func == (a: LoadedLedger, b: LoadedLedger) -> Bool { a === b }
}

/// Taking the ledger in.
enum Ledgers {
    static func show(_ state: inout AppState, _ page: TraceLedgerPage) {
        guard state.ledger?.list.traceKey == page.summary.key else { return }
        state.ledger?.content = LoadedLedger(page.ledger)
        state.ledger?.list.error = nil
    }
}

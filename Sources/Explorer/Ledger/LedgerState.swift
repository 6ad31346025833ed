import TraceModel

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

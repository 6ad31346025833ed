package import TraceModel

/// The agents of a trace: who invoked, handed off to or retried whom.
package struct AgentsState: Equatable, Sendable {
    package var list: TraceListState
    package var content: LoadedAgents?
    package var grouping = AgentGrouping.attempts
    /// The folded runs, by place in the content.
    var folded: Set<Int32> = []
    var rows: [AgentRow] = []
    /// Two attempts side by side; nil while none is asked for.
    var comparison: AttemptComparison?

    package init(traceKey: Int64) {
        list = TraceListState(traceKey: traceKey)
    }

    package var isComparing: Bool { comparison != nil }

    /// The row under the cursor.
    var selectedRow: AgentRow? { rows.indices.contains(list.cursor) ? rows[list.cursor] : nil }

    /// The first run of the row under the cursor.
    package var selectedRun: AgentRun? {
        guard let content, let row = selectedRow else { return nil }
        return content.runs[row.run]
    }

    /// Lists the rows again after folding or grouping changed and keeps the cursor on its run.
    mutating func relist() {
        guard let content else { return }
        let run = selectedRow?.run
        rows = content.rows(grouping, folded: folded)
        guard let run else { return }
        // The row that shows the run, or the nearest shown one above it.
        for shown in [run] + content.ancestors(of: run) {
            if let row = rows.firstIndex(where: { $0.run == shown || $0.members.contains(Int32(shown)) }) {
                list.cursor = row
                return
            }
        }
        list.cursor = max(0, min(list.cursor, rows.count - 1))
    }
}

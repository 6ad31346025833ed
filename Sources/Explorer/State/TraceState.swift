import Canvas
package import TraceAnalysis
package import TraceModel
package import TraceQuery

/// One trace as tree and waterfall.
package struct TraceState: Equatable, Sendable {
    /// Nil while only a prefix of it is known.
    package var id: TraceID?
    /// From the list, until the trace itself is there.
    package var summary: TraceSummary?
    package var loaded: LoadedTrace?
    package var rows = TreeRows()
    package var folds = TreeFolds()
    package var cursor = 0
    package var top = 0
    /// The stretch of time that the waterfall shows; nil fits the whole trace.
    package var window: TraceExtent?
    package var showsAbsoluteTime = false
    /// Times of clocks that are off are shown as the root's clock would have told them.
    package var adjustsClocks = true
    /// The critical path is marked in the waterfall.
    package var showsCriticalPath = false
    package var search = ""
    package var pane = SpanPaneState()
    package var isPaneOpen = false
    package var isPaneFocused = false
    package var error: QueryError?
    /// The span to go to once the trace is there.
    package var wantedSpan: WantedSpan?

    /// A span as it was named.
    package enum WantedSpan: Equatable, Sendable {
        case id(LocalSpanID)
        case prefix(SpanPrefix)
    }

    package init(id: TraceID?, summary: TraceSummary? = nil) {
        self.id = id
        self.summary = summary
    }

    /// The row under the cursor.
    package var selectedRow: TreeRows.Row? { rows.rows.indices.contains(cursor) ? rows.rows[cursor] : nil }

    /// The node under the cursor.
    package var selected: SpanForest.Node? { selectedRow?.node }

    /// The span under the cursor; nil on a placeholder.
    package var selectedSpan: SpanRow? { selected.flatMap { loaded?.row($0) } }

    /// The trace and the span under the cursor, as the command line names them.
    var selectedPath: String? {
        guard let id = summary?.traceID else { return nil }
        return selectedSpan.map { SpanAddress(id, $0.local).text } ?? id.hex
    }

    /// The time that the waterfall shows.
    package var shownExtent: TraceExtent? { window ?? loaded?.extent }

    /// Lists the rows again after folding changed and keeps the cursor on its node.
    package mutating func refold() {
        guard let loaded else { return }
        let node = selected
        rows = TreeRows(loaded, folds)
        if let node, let index = rows.index(of: node, in: loaded) { cursor = index }
        cursor = max(0, min(cursor, rows.rows.count - 1))
    }

    /// Opens whatever hides a node and puts the cursor on it.
    package mutating func reveal(_ node: SpanForest.Node) {
        guard let loaded else { return }
        var changed = false
        for ancestor in loaded.forest.path(to: node).dropLast() where folds.collapsed.remove(ancestor) != nil {
            changed = true
        }
        if changed { rows = TreeRows(loaded, folds) }
        if let index = rows.index(of: node, in: loaded), rows.rows[index].node != node,
            rows.rows[index].runLength > 1
        {
            folds.openRuns.insert(rows.rows[index].node)
            rows = TreeRows(loaded, folds)
        }
        if let index = rows.index(of: node, in: loaded) { cursor = index }
    }
}

/// The pane or screen that shows the span in focus.
package struct SpanPaneState: Equatable, Sendable {
    /// The span that is or will be shown.
    package var span: LocalSpanID?
    package var document: LoadedSpan?
    package var view = SpanViewState()
    package var error: QueryError?
}

/// A laid-out span; shared, never copied.
package final class LoadedSpan: Sendable, Equatable {
    package let detail: SpanDetail
    package let document: SpanDocument
    /// The trace that says what the span's own record does not; nil where it was not there yet.
    let trace: LoadedTrace?

    package init(_ detail: SpanDetail, document: SpanDocument, in trace: LoadedTrace? = nil) {
        self.detail = detail
        self.document = document
        self.trace = trace
    }

    /// Lays a span out, and the page of the tab that is to be seen first.
    convenience init(_ detail: SpanDetail, in trace: LoadedTrace?, metrics: TextMetrics, tab: SpanTab?) {
        let place = trace.map { $0.place(of: detail) } ?? SpanPlace()
        let document = SpanDocument(detail: detail, metrics: metrics, place: place)
        if let tab { _ = document.page(tab) }
        self.init(detail, document: document, in: trace)
    }

    package static func == (a: LoadedSpan, b: LoadedSpan) -> Bool { a === b }
}

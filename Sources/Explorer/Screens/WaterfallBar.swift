import Basics
import Canvas
import TraceAnalysis
import TraceModel

/// The bar of one row of the waterfall.
///
/// What a cell shows, without colour: `░` a model before its first chunk, `▓` a model answering, `█` a tool, `▒` other
/// work of its own, `─` time in which a child works, `·` a gap in which nothing that was recorded works, `┄` a span
/// without a record, `…` after a span that has not ended.
struct WaterfallBar {
    let state: AppState
    let loaded: LoadedTrace
    let extent: TraceExtent
    let rect: Rect
    let isSelected: Bool
    /// Nodes that the row stands for, from its own on: one, a run, or a folded subtree.
    let nodeCount: Int32
    /// The critical path is underlined.
    let showsPath: Bool

    private var ascii: Bool { state.isASCII }

    func render(_ item: TreeRows.Row, into canvas: inout Canvas) {
        guard let span = loaded.row(item.node) else {
            renderPlaceholder(item.node, into: &canvas)
            return
        }
        if item.runLength > 1 {
            renderRun(item, into: &canvas)
        } else {
            renderSpan(span, node: item.node, into: &canvas)
        }
        if showsPath { underlinePath(item.node, into: &canvas) }
    }

    /// Underlines where the row decides when the trace ends, over whatever glyph stands there.
    private func underlinePath(_ node: SpanForest.Node, into canvas: inout Canvas) {
        let rank = loaded.ranks[Int(node)]
        var drawn = -1
        for stretch in loaded.criticalPath.stretches(from: rank, count: nodeCount) {
            let from = max(0, Int(clamped: min(max(position(stretch.lowerBound), -1), Double(rect.columns))))
            let to = min(
                rect.columns - 1, Int(clamped: min(max(position(stretch.upperBound), -1), Double(rect.columns))))
            guard position(stretch.upperBound) >= 0, max(from, drawn + 1) <= to else { continue }
            let place = Rect(
                column: rect.column + max(from, drawn + 1), row: rect.row, columns: to - max(from, drawn + 1) + 1,
                rows: 1)
            canvas.restyle(place) { $0.adding(.underline) }
            drawn = to
        }
    }

    /// A time as a position in cells; what lies outside the window lies outside the rectangle.
    private func position(_ time: Int64) -> Double {
        extent.offset(of: time) / extent.length * Double(rect.columns)
    }

    /// A position in cells as a time.
    private func time(at position: Double) -> Int64 {
        extent.time(atOffset: position / Double(rect.columns) * extent.length)
    }

    private func put(_ text: String, at cell: Int, _ role: Role, reversed: Bool = false, into canvas: inout Canvas) {
        guard cell >= 0, cell < rect.columns else { return }
        var style = state.theme[isSelected ? .selection : role]
        if reversed {
            if style.attributes.contains(.reverse) {
                style.attributes.remove(.reverse)
            } else {
                style.attributes.insert(.reverse)
            }
        }
        canvas.write(text, column: rect.column + cell, row: rect.row, style: style)
    }

    private func renderSpan(_ span: SpanRow, node: SpanForest.Node, into canvas: inout Canvas) {
        guard let start = span.startUnixNano else {
            put("?", at: 0, .warning, into: &canvas)
            return
        }
        let isOpen = span.endUnixNano == nil
        let end = max(start, span.endUnixNano ?? loaded.extent.end)
        let from = position(start)
        let to = position(end)
        guard to >= 0, from <= Double(rect.columns) else {
            renderOutside(isBefore: to < 0, into: &canvas)
            return
        }
        let firstChunk = span.timeToFirstChunkNanos.flatMap { start.addingIfFits($0) }.map { position($0) }
        let role = role(span)
        for cell in BarPlot.cells(from: from, to: to, width: rect.columns, ascii: ascii) {
            let isWhole = cell.glyph == nil
            let glyph = cell.glyph ?? body(span, node: node, cell: cell.column, firstChunk: firstChunk)
            let isGap = isWhole && glyph == gap
            put(
                glyph, at: cell.column, isGap ? .waterfallGap : role, reversed: !isWhole && cell.isReversed,
                into: &canvas)
        }
        if let firstChunk, to - from >= 2 {
            let cell = Int(clamped: firstChunk)
            if firstChunk >= from, firstChunk <= to { put(ascii ? ":" : "┇", at: cell, role, into: &canvas) }
        }
        let last = Int(clamped: min(to, Double(rect.columns - 1)))
        if isOpen {
            put(Glyphs.unfinished(ascii: ascii), at: last, .warning, into: &canvas)
        } else if span.isError || span.isCancelled {
            // Behind the bar where there is room, else on its last cell.
            let place = last + 1 < rect.columns ? last + 1 : last
            let sign = span.isError ? Glyphs.error(ascii: ascii) : Glyphs.cancelled(ascii: ascii)
            put(sign, at: place, span.isError ? .error : .cancelled, into: &canvas)
        }
    }

    /// The glyph of a cell that the span fills.
    private func body(_ span: SpanRow, node: SpanForest.Node, cell: Int, firstChunk: Double?) -> String {
        if loaded.cover.isCovered(node, from: time(at: Double(cell)), to: time(at: Double(cell + 1))) {
            return ascii ? "-" : "─"
        }
        switch Layer(span.kind) {
        case .model:
            if let firstChunk, Double(cell) < firstChunk.rounded(.down) { return ascii ? "," : "░" }
            return ascii ? "m" : "▓"
        case .tool: return ascii ? "#" : "█"
        case .harness:
            // Where an agent has children, what they leave over is nobody's recorded work.
            return loaded.forest.children(of: node).isEmpty ? (ascii ? "=" : "▒") : gap
        }
    }

    private var gap: String { ascii ? "." : "·" }

    private func role(_ span: SpanRow) -> Role {
        if span.isError { return .waterfallError }
        switch Layer(span.kind) {
        case .model: return .waterfallModel
        case .tool: return .waterfallTool
        case .harness: return span.kind == .agent ? .waterfallAgent : .waterfallOther
        }
    }

    /// An arrow at the edge behind which the span lies.
    private func renderOutside(isBefore: Bool, into canvas: inout Canvas) {
        put(isBefore ? "<" : ">", at: isBefore ? 0 : rect.columns - 1, .dim, into: &canvas)
    }

    private func renderRun(_ item: TreeRows.Row, into canvas: inout Canvas) {
        guard let whole = loaded.runExtent(item) else { return }
        let first = Int(clamped: max(0, position(whole.start)))
        let last = Int(clamped: min(Double(rect.columns - 1), position(whole.end)))
        guard first <= last, let span = loaded.row(item.node) else { return }
        var busy = [Bool](repeating: false, count: last - first + 1)
        for member in loaded.runNodes(item).compactMap({ loaded.row($0) }) {
            guard let start = member.startUnixNano else { continue }
            let from = Int(clamped: max(Double(first), position(start)))
            let to = Int(clamped: min(Double(last), position(member.endUnixNano ?? start)))
            if from <= to { for cell in from...to { busy[cell - first] = true } }
        }
        let role = role(span)
        for cell in first...last {
            if busy[cell - first] {
                put(body(span, node: item.node, cell: cell, firstChunk: nil), at: cell, role, into: &canvas)
            } else {
                put(gap, at: cell, .waterfallGap, into: &canvas)
            }
        }
    }

    /// Where the children of a missing parent ran.
    private func renderPlaceholder(_ node: SpanForest.Node, into canvas: inout Canvas) {
        let children = loaded.forest.children(of: node)
        guard let first = children.first.flatMap({ loaded.row($0)?.startUnixNano }) else { return }
        // The first children by start bound the beginning; a few hundred suffice for the end.
        let last = children.prefix(500).compactMap { loaded.row($0)?.endUnixNano }.max() ?? first
        let from = Int(clamped: max(0, position(first)))
        let to = Int(clamped: min(Double(rect.columns - 1), position(last)))
        guard from <= to else { return }
        for cell in from...to { put(Glyphs.placeholder(ascii: ascii), at: cell, .placeholder, into: &canvas) }
    }
}

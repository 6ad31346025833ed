import Basics
import Canvas
import Tables
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceTables

/// Draws one row of the tree with its bar.
struct TreeRowPainter {
    let state: AppState
    let trace: TraceState
    let loaded: LoadedTrace
    let extent: TraceExtent
    let columns: Layout.TreeColumns
    private let matches: TreeMatches?
    private let tagged: Set<SpanAddress>

    init(
        state: AppState, trace: TraceState, loaded: LoadedTrace, extent: TraceExtent, columns: Layout.TreeColumns
    ) {
        self.state = state
        self.trace = trace
        self.loaded = loaded
        self.extent = extent
        self.columns = columns
        let pattern = SearchPattern(trace.search)
        tagged = Set(state.taggedSpans.map(\.address))
        matches = pattern.isEmpty ? nil : TreeMatches(pattern, in: loaded)
    }

    func render(index: Int, row: Int, into canvas: inout Canvas) {
        let item = trace.rows.rows[index]
        let isSelected = index == trace.cursor
        let span = loaded.row(item.node)
        if isSelected {
            let end = max(columns.bars.endColumn, columns.name.endColumn)
            canvas.fill(
                Rect(column: columns.mark, row: row, columns: end - columns.mark, rows: 1),
                style: state.theme[.selection])
        }
        let sign = mark(span)
        if let sign { canvas.write(sign.text, column: columns.mark, row: row, style: style(sign.role, isSelected)) }
        renderName(item, span, isSelected, row: row, into: &canvas)
        renderAgent(span, isSelected, row: row, into: &canvas)
        renderFigures(item, span, isSelected, row: row, into: &canvas)
        let second = [span.flatMap(tagMark), span.flatMap(findingMark)].compactMap { $0 }
            .first { $0.text != sign?.text }
        if let second {
            // Where a failure has taken the first column, the finding stands behind the name; a tag before that.
            canvas.write(
                second.text, column: columns.name.endColumn, row: row, style: style(second.role, isSelected),
                limit: columns.name.columns > 12 ? 1 : 0)
        }
        renderShift(span, isSelected, row: row, into: &canvas)
        guard !columns.bars.isEmpty else { return }
        let bar = WaterfallBar(
            state: state, loaded: loaded, extent: extent,
            rect: Rect(
                column: columns.bars.column, row: row, columns: columns.bars.columns, rows: 1),
            isSelected: isSelected, nodeCount: nodeCount(item), showsPath: trace.showsCriticalPath)
        bar.render(item, into: &canvas)
    }

    /// The nodes that a row stands for; they follow each other in the tree.
    private func nodeCount(_ item: TreeRows.Row) -> Int32 {
        if item.runLength > 1 { return item.runLength }
        return trace.folds.collapsed.contains(item.node) ? loaded.forest.descendantCounts[Int(item.node)] + 1 : 1
    }

    private func style(_ role: Role, _ isSelected: Bool) -> Style {
        state.theme[isSelected ? .selection : role]
    }

    /// The sign before the row: what is wrong with the span, gravest first.
    private func mark(_ span: SpanRow?) -> (text: String, role: Role)? {
        let ascii = state.isASCII
        guard let span else { return (Glyphs.placeholder(ascii: ascii), .placeholder) }
        if span.isError { return (Glyphs.error(ascii: ascii), .error) }
        if span.isCancelled { return (Glyphs.cancelled(ascii: ascii), .cancelled) }
        if span.marks.contains(.unfinished) { return (Glyphs.unfinished(ascii: ascii), .warning) }
        return findingMark(span) ?? tagMark(span)
    }

    /// The sign of what was found about a span; nil where nothing was.
    private func findingMark(_ span: SpanRow) -> (text: String, role: Role)? {
        guard loaded.hasFinding(span) else { return nil }
        let role = loaded.severity(of: span).map { Role($0.tone) } ?? .finding
        return (Glyphs.finding(ascii: state.isASCII), role)
    }

    private func tagMark(_ span: SpanRow) -> (text: String, role: Role)? {
        !tagged.isEmpty && tagged.contains(SpanAddress(loaded.structure.summary.traceID, span.local))
            ? (Glyphs.chosen(ascii: state.isASCII), .tag) : nil
    }

    private func renderName(
        _ item: TreeRows.Row, _ span: SpanRow?, _ isSelected: Bool, row: Int, into canvas: inout Canvas
    ) {
        let ascii = state.isASCII
        let forest = loaded.forest
        var column = columns.name.column
        let end = columns.name.endColumn
        // The name keeps at least half of the room, however deep the tree.
        let levels = min(Int(item.depth), max(0, columns.name.columns / 2 / 2))
        let hidden = Int(item.depth) - levels
        var guides: [String] = []
        var node = item.node
        for _ in 0..<levels {
            node = forest.parents[Int(node)]
            let goesOn = node >= 0 && !forest.isLastSibling(node) && forest.parents[Int(node)] >= 0
            guides.append(goesOn ? Glyphs.guide(ascii: ascii) + " " : "  ")
        }
        for (index, guide) in guides.reversed().enumerated() {
            // Depth that has no room is told as a number at the left.
            let text = index == 0 && hidden > 0 ? "\(min(hidden, 99))" : guide
            canvas.write(text, column: column, row: row, style: style(.guide, isSelected), limit: 2)
            column += 2
        }
        let hasChildren = !forest.children(of: item.node).isEmpty
        let isFolded = item.runLength > 1 || trace.folds.collapsed.contains(item.node)
        if hasChildren || item.runLength > 1 {
            let sign = isFolded ? Glyphs.folded(ascii: ascii) : Glyphs.open(ascii: ascii)
            canvas.write(sign, column: column, row: row, style: style(.dim, isSelected))
        }
        column += 2
        guard let span else {
            let id = forest.missingParent(of: item.node)?.hex.prefix(8) ?? ""
            let count = forest.descendantCounts[Int(item.node)]
            canvas.write(
                "missing parent \(id)\(Glyphs.more(ascii: ascii)) \(count) below",
                in: Rect(column: column, row: row, columns: end - column, rows: 1),
                style: style(.placeholder, isSelected))
            return
        }
        canvas.write(
            Glyphs.kind(span.kind, ascii: ascii), column: column, row: row, style: style(kindRole(span), isSelected),
            limit: end - column)
        column += 2
        var trailing = ""
        if item.runLength > 1 {
            trailing = "×\(item.runLength)"
        } else if isFolded {
            trailing = "+\(Figures.count(Int64(forest.descendantCounts[Int(item.node)])))"
        }
        if ascii { trailing = trailing.replacing("×", with: "x") }
        if !trailing.isEmpty {
            let width = canvas.metrics.width(of: trailing)
            canvas.write(trailing, column: end - width, row: row, style: style(.accent, isSelected))
            column += renderTitle(
                span, in: Rect(column: column, row: row, columns: end - column - width - 1, rows: 1),
                isSelected, into: &canvas)
        } else {
            column += renderTitle(
                span, in: Rect(column: column, row: row, columns: end - column, rows: 1), isSelected, into: &canvas)
        }
    }

    /// The name, and after it what the name leaves out: the model that answered, the tool, the agent.
    ///
    /// Where the span is the agent's own, its label comes first: `agent.run` tells nobody which one it was.
    private func renderTitle(
        _ span: SpanRow, in rect: Rect, _ isSelected: Bool, into canvas: inout Canvas
    ) -> Int {
        let name = loaded.text(span.name) ?? "(no name)"
        let isHit = matches?.contains(span) ?? false
        var used = 0
        let run = loaded.run(of: span)
        let isInvocation = run.map { $0.span == span.local && $0.name != nil } ?? false
        if isInvocation {
            let label = AgentLabel(span, in: loaded, columns: rect.columns, metrics: canvas.metrics)
            used += canvas.write(
                label.text, in: rect, style: label.style(state.theme, isSelected: isSelected))
            used += 1
            guard used + 4 < rect.columns else { return used }
        }
        let nameStyle =
            isHit
            ? (isSelected ? state.theme[.selection].adding(.underline) : state.theme[.searchHit])
            : isInvocation
                ? style(.dim, isSelected).adding(.dim) : style(span.name == 0 ? .dim : .text, isSelected)
        used += canvas.write(
            name, in: Rect(column: rect.column + used, row: rect.row, columns: rect.columns - used, rows: 1),
            style: nameStyle)
        for (text, role) in additions(to: name, of: span) where used + 4 < rect.columns {
            used += 1
            used += canvas.write(
                text,
                in: Rect(column: rect.column + used, row: rect.row, columns: rect.columns - used, rows: 1),
                style: style(role, isSelected))
        }
        if columns.agent.isEmpty, !isInvocation, run != nil || span.agent != 0 {
            let room = rect.columns - used - 1
            let label = AgentLabel(span, in: loaded, columns: room, metrics: canvas.metrics)
            // A label that does not fit is in the rows above: the agent's own row has the most room.
            if room >= 4, canvas.metrics.width(of: label.text) <= room {
                used += 1
                used += canvas.write(
                    label.text, column: rect.column + used, row: rect.row,
                    style: label.style(state.theme, isSelected: isSelected))
            }
        }
        return used
    }

    /// What a name leaves out.
    private func additions(to name: String, of span: SpanRow) -> [(String, Role)] {
        var additions: [(String, Role)] = []
        if let resolved = loaded.text(span.modelResolved) {
            let isSame = span.modelResolved == span.modelRequested || name.contains(resolved)
            if !isSame { additions.append((Glyphs.right(ascii: state.isASCII) + " " + resolved, .kindModel)) }
        } else if let requested = loaded.text(span.modelRequested), !name.contains(requested) {
            additions.append((requested, .kindModel))
        }
        if let tool = loaded.text(span.tool), !name.contains(tool) { additions.append((tool, .kindTool)) }
        return additions
    }

    private func renderAgent(_ span: SpanRow?, _ isSelected: Bool, row: Int, into canvas: inout Canvas) {
        guard !columns.agent.isEmpty, let span else { return }
        var place = columns.agent
        place.row = row
        place.columns -= 1
        let label = AgentLabel(span, in: loaded, columns: place.columns, metrics: canvas.metrics)
        canvas.write(label.text, in: place, style: label.style(state.theme, isSelected: isSelected))
    }

    /// The sign of a row whose times are not as recorded, which way they were moved.
    private func renderShift(_ span: SpanRow?, _ isSelected: Bool, row: Int, into canvas: inout Canvas) {
        guard let span, !columns.bars.isEmpty else { return }
        let shift = loaded.clocks.shift(of: span)
        guard shift != 0 else { return }
        canvas.write(
            Glyphs.shifted(later: shift > 0, ascii: state.isASCII), column: columns.bars.column - 1, row: row,
            style: style(.accent, isSelected))
    }

    private func renderFigures(
        _ item: TreeRows.Row, _ span: SpanRow?, _ isSelected: Bool, row: Int, into canvas: inout Canvas
    ) {
        guard let span, let trace = trace.summary?.traceID else { return }
        var line = SpanLine(traceID: trace, row: span, names: loaded.structure.names, run: loaded.run(of: span))
        line.selfNanos = loaded.cover.selfNanos[Int(item.node)]
        let rowStyle = RowStyle(theme: state.theme, isSelected: isSelected)
        let words = state.words
        for figure in columns.figures {
            let column = SpanColumns.listed[figure.index]
            var text = column.listText(line, words)
            var style = rowStyle[tone: column.list?.tone(line) ?? .plain]
            if column.name == "duration_ns" {
                // Of a run of siblings its whole length.
                if item.runLength > 1 { text = words.duration(runDuration(item)) }
                if span.marks.contains(.endBeforeStart) { style = self.style(.error, isSelected) }
            } else if item.runLength > 1 {
                continue
            }
            canvas.write(
                text, endingAt: figure.place.endColumn, row: row, style: style, limit: figure.place.columns)
        }
    }

    /// From the first start to the last end of a run.
    private func runDuration(_ item: TreeRows.Row) -> Int64? {
        guard let extent = loaded.runExtent(item) else { return nil }
        return extent.end.subtractingIfFits(extent.start)
    }

    private func kindRole(_ span: SpanRow) -> Role {
        switch Layer(span.kind) {
        case .model: .kindModel
        case .tool: .kindTool
        case .harness: span.kind == .agent ? .kindAgent : .kindOther
        }
    }
}

extension LoadedTrace {
    /// The siblings that a row stands for.
    func runNodes(_ row: TreeRows.Row) -> [SpanForest.Node] {
        (0..<Int(row.runLength)).compactMap { forest.sibling(of: row.node, distance: $0) }
    }

    /// The time from the first start to the last end of a run; nil where no member has times.
    func runExtent(_ row: TreeRows.Row) -> TraceExtent? {
        TraceExtent(runNodes(row).compactMap { self.row($0) })
    }
}

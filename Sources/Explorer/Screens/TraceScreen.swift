import Basics
import Canvas
import Tables
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceTables

/// A trace: tree and waterfall on the same rows.
enum TraceScreen {
    static let record = ViewRecord(
        view: .trace, render: render, isWaiting: { $0.trace.map { $0.loaded == nil && $0.error == nil } ?? false },
        rows: { state in
            ShownRows(
                place: Layout.trace(state).list, top: state.trace?.top ?? 0, cursor: state.trace?.cursor ?? 0,
                count: state.trace?.rows.rows.count ?? 0)
        },
        move: { state, movement in
            if var cursor = state.trace?.cursor {
                movement.apply(to: &cursor)
                state.trace?.cursor = cursor
            }
            return []
        },
        search: ViewSearch(pattern: { $0.trace?.search ?? "" }, setPattern: { $0.trace?.search = $1 }) {
            Searching.findInTree(&$0, $1, direction: $2, includingCurrent: $3)
            return []
        },
        id: { $0.trace?.selectedPath },
        text: { state in state.trace?.selectedSpan.flatMap { state.trace?.loaded?.text($0.name) } },
        command: { $0.trace?.summary.map { "spandrel trace \($0.traceID.hex)" } },
        exports: { TraceExportChoices($0).list() })

    static func render(_ state: AppState, into canvas: inout Canvas) {
        guard let trace = state.trace else { return }
        let layout = Layout.trace(state)
        renderHeader(state, trace, in: layout.header, into: &canvas)
        guard let loaded = trace.loaded, let extent = trace.shownExtent else {
            let sentence = trace.error.map { "\($0)" } ?? "Reading …"
            canvas.write(
                sentence, in: Rect(column: 1, row: layout.list.row, columns: layout.list.columns - 2, rows: 1),
                style: state.theme[trace.error == nil ? .dim : .error])
            return
        }
        let columns = Layout.tree(layout.list)
        Minimap.render(state, loaded, window: trace.window, in: layout.overview, into: &canvas)
        TimeAxis.render(state, trace, extent: extent, columns: columns, row: layout.titles, into: &canvas)
        let painter = TreeRowPainter(state: state, trace: trace, loaded: loaded, extent: extent, columns: columns)
        let last = min(trace.rows.rows.count, trace.top + layout.list.rows)
        for index in trace.top..<max(trace.top, last) {
            painter.render(index: index, row: layout.list.row + index - trace.top, into: &canvas)
        }
        if !layout.pane.isEmpty {
            let guide = Glyphs.guide(ascii: state.isASCII)
            let style = state.theme[trace.isPaneFocused ? .accent : .rule]
            for row in layout.pane.row..<layout.pane.endRow {
                canvas.write(guide, column: layout.pane.column - 1, row: row, style: style)
            }
            SpanScreen.render(state, in: layout.pane, into: &canvas)
        }
    }

    private static func renderHeader(
        _ state: AppState, _ trace: TraceState, in rect: Rect, into canvas: inout Canvas
    ) {
        let marks = TraceFigures(state: state, trace: trace)
        let clock = WallClock(state.timeZone)
        // Where columns are few, the date gives way to what must be known before reading on.
        let isNarrow = rect.columns < 100
        let start = trace.summary?.startUnixNano.map { (isNarrow ? "" : clock.date($0) + " ") + clock.time($0) } ?? ""
        let right = isNarrow && marks.hasWarnings ? "" : start
        Header.render(
            state, title: trace.summary?.name ?? "trace", figures: marks.texts, right: right, in: rect, into: &canvas)
    }
}

/// The whole trace in one row: which layer ran when, and which part the waterfall shows.
enum Minimap {
    static func render(
        _ state: AppState, _ loaded: LoadedTrace, window: TraceExtent?, in rect: Rect, into canvas: inout Canvas
    ) {
        guard rect.rows > 0, rect.columns > 4 else { return }
        let ascii = state.isASCII
        let width = rect.columns - 2
        let stretches = loaded.activity.stretches
        for cell in 0..<width {
            let from = cell * stretches.count / width
            let to = min(stretches.count, max(from + 1, (cell + 1) * stretches.count / width))
            let part = stretches[from..<to]
            let layer = part.compactMap(\.layer).max { $0.rawValue < $1.rawValue }
            let hasError = part.contains { $0.hasError }
            var style = state.theme[Minimap.role(layer, hasError: hasError)]
            if let window {
                // The part in sight is underlined, so that it shows without colour too.
                let start = Double(cell) / Double(width) * loaded.extent.length
                let end = Double(cell + 1) / Double(width) * loaded.extent.length
                if end > loaded.extent.offset(of: window.start), start < loaded.extent.offset(of: window.end) {
                    style = style.adding(.underline)
                } else {
                    style = style.adding(.dim)
                }
            }
            canvas.write(
                Minimap.glyph(layer, hasError: hasError, ascii: ascii), column: rect.column + 1 + cell, row: rect.row,
                style: style)
        }
    }

    private static func role(_ layer: Layer?, hasError: Bool) -> Role {
        if hasError { return .waterfallError }
        switch layer {
        case .model: return .waterfallModel
        case .tool: return .waterfallTool
        case .harness: return .waterfallOther
        case nil: return .waterfallGap
        }
    }

    private static func glyph(_ layer: Layer?, hasError: Bool, ascii: Bool) -> String {
        if hasError { return Glyphs.error(ascii: ascii) }
        switch layer {
        case .model: return ascii ? "m" : "▓"
        case .tool: return ascii ? "#" : "█"
        case .harness: return ascii ? "-" : "▒"
        case nil: return ascii ? "." : "·"
        }
    }
}

/// The ruled time axis above the bars.
enum TimeAxis {
    static func render(
        _ state: AppState, _ trace: TraceState, extent: TraceExtent, columns: Layout.TreeColumns, row: Rect,
        into canvas: inout Canvas
    ) {
        guard !row.isEmpty else { return }
        let dim = state.theme[.dim]
        func title(_ text: String, _ rect: Rect, isNumber: Bool) {
            guard !rect.isEmpty else { return }
            if isNumber {
                canvas.write(text, endingAt: rect.endColumn, row: row.row, style: dim, limit: rect.columns)
            } else {
                var place = rect
                place.row = row.row
                canvas.write(text, in: place, style: dim)
            }
        }
        title("span", columns.name, isNumber: false)
        title("agent", columns.agent, isNumber: false)
        for figure in columns.figures {
            let column = SpanColumns.listed[figure.index]
            title(column.listTitle(ascii: state.isASCII), figure.place, isNumber: column.figure.isNumber)
        }
        guard let full = trace.loaded?.extent, columns.bars.columns >= 8 else { return }
        let offset = full.offset(of: extent.start)
        var free = columns.bars.column
        let ticks = marks(
            from: offset, to: offset + extent.length, width: columns.bars.columns, isASCII: state.isASCII,
            absolute: trace.showsAbsoluteTime ? (full, WallClock(state.timeZone)) : nil)
        for (tick, text) in ticks {
            let column =
                columns.bars.column + Int(clamped: (tick - offset) / extent.length * Double(columns.bars.columns))
            // A label stands at its tick, or before it at the right edge.
            let width = canvas.metrics.width(of: text)
            let start = min(column, columns.bars.endColumn - width)
            guard start >= free else { continue }
            canvas.write(text, column: start, row: row.row, style: state.theme[.axis])
            free = start + width + 2
        }
    }

    /// Offsets from the start of the trace, in nanoseconds, at which the axis is ruled, with what stands there.
    ///
    /// As many as have room beside each other with all digits that tell one from the next.
    package static func marks(
        from: Double, to: Double, width: Int, isASCII: Bool, absolute: (extent: TraceExtent, clock: WallClock)? = nil
    ) -> [(tick: Double, text: String)] {
        var most = max(2, width / 8)
        while true {
            let ticks = AxisTicks(from: from, to: to, most: most)
            let texts =
                if let absolute {
                    ticks.values.map { tick in
                        absolute.clock.mark(absolute.extent.time(atOffset: tick), step: ticks.step)
                    }
                } else {
                    ticks.labels.map { isASCII ? $0.replacing("µ", with: "u") : $0 }
                }
            let widest = texts.reduce(0) { max($0, $1.count) }
            let room = ticks.step / (to - from) * Double(width)
            if most <= 2 || Double(widest + 2) <= room { return Array(zip(ticks.values, texts)) }
            most -= 1
        }
    }
}

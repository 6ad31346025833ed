import Canvas
import Tables
import TraceModel
import TraceQuery
import TraceTables

/// The rows of the list of traces, with the columns that fit a width.
struct TraceListTable {
    private let columns: ListColumns<TraceSummary>
    private let clock: WallClock
    /// The longest duration in sight, which fills the bar.
    private let longest: Int64

    /// Names of columns that share what room is left over.
    private static let growing = ["agents", "models", "services"]
    private static let sortKeys: [String: TraceListRequest.SortKey] = [
        "start_unix_nano": .start, "duration_ns": .duration, "name": .name, "span_count": .spans, "tokens": .tokens,
        "error_count": .errors,
    ]

    /// Gives each column its width, the most needed ones first; the root takes what is left.
    init(_ state: AppState, width: Int, rows: ArraySlice<TraceSummary>, clock: WallClock) {
        self.clock = clock
        longest = rows.compactMap(\.durationNanos).max() ?? 0
        let startWidth = rows.map { $0.startUnixNano.map { clock.brief($0, now: state.nowUnixNano).count } ?? 1 }.max()
        let leastRoot = width < 60 ? 10 : 16
        var free = width - 2 - leastRoot
        var widths: [String: Int] = [:]
        for (column, _) in Self.byNeed {
            let wanted = column.name == "start_unix_nano" ? startWidth : nil
            let columns = wanted ?? column.list?.width.cells(width) ?? 0
            guard free >= columns + 1 else { continue }
            widths[column.name] = columns
            free -= columns + 1
        }
        // Beyond its least, room is shared between the texts.
        if free > 30 {
            for column in Self.growing where widths[column] != nil {
                let more = min(10, free / 6)
                widths[column, default: 0] += more
                free -= more
            }
        }
        widths["name"] = leastRoot + free
        columns = ListColumns(TraceColumns.all, widths: widths, from: 2)
    }

    private static let byNeed = TraceColumns.all.compactMap { column in
        column.list?.need.map { (column: column, need: $0) }
    }.sorted { $0.need < $1.need }

    func renderTitles(_ state: AppState, row: Int, into canvas: inout Canvas) {
        let style = state.theme[.dim]
        let ascii = state.isASCII
        let arrow = ascii ? (state.traces.isDescending ? "v" : "^") : (state.traces.isDescending ? "↓" : "↑")
        for (column, place) in columns.places(row: row) {
            let title = column.listTitle(ascii: ascii)
            let isNumber = column.figure.isNumber
            let isSorted = Self.sortKeys[column.name].map { $0 == state.traces.sort } ?? false
            // A longer title may reach into the gap on its left, and that of the duration beyond: a time of day is
            // wider than its own title.
            let reach = !isNumber ? 0 : column.name == "duration_ns" ? 2 : 1
            canvas.write(
                isSorted ? (isNumber ? arrow + title : title + arrow) : title,
                in: Rect(column: place.column - reach, row: row, columns: place.columns + reach, rows: 1),
                isNumber: isNumber, style: isSorted ? style.adding(.bold) : style)
        }
    }

    func render(_ state: AppState, index: Int, row: Int, into canvas: inout Canvas) {
        let trace = state.traces.rows[index]
        let style = RowStyle(theme: state.theme, isSelected: index == state.traces.cursor)
        let ascii = state.isASCII
        if style.isSelected {
            canvas.fill(Rect(column: 0, row: row, columns: canvas.size.columns, rows: 1), style: style[.selection])
        }
        if state.traces.tagged.contains(trace.traceID) {
            canvas.write(Glyphs.chosen(ascii: ascii), column: 0, row: row, style: style[.tag])
        }
        let pattern = SearchPattern(state.traces.search)
        let words = state.words
        func found(_ text: String, _ cell: ListCell<TraceSummary>) -> Style {
            pattern.matches(text) && !style.isSelected ? state.theme[.searchHit] : cell.own
        }
        columns.render(trace, index: index, row: row, style: style, words: words, into: &canvas) { cell, canvas in
            switch cell.column {
            case "bar":
                guard let duration = trace.durationNanos, longest > 0 else { return .done }
                let bar = BarPlot.leftAligned(
                    share: Double(duration) / Double(longest), width: cell.place.columns, ascii: ascii)
                canvas.write(
                    bar, column: cell.place.column, row: row, style: style[.histogram], limit: cell.place.columns)
                return .done
            case "start_unix_nano":
                let text = trace.startUnixNano.map { clock.brief($0, now: state.nowUnixNano) } ?? Figures.unknown
                canvas.write(text, in: cell.place, style: found(text, cell))
                return .done
            default: return .text(cell.isNumber ? nil : found(cell.text, cell))
            }
        }
    }
}

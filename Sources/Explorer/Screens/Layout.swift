package import Canvas
import Tables
import TraceTables

/// Where the parts of each view stand; used by drawing and by moving alike.
package enum Layout {
    /// The parts of a view with a list; parts that do not fit are empty.
    package struct ListView: Equatable, Sendable {
        package var header: Rect
        /// The histogram of the list of traces, the minimap of a trace.
        package var overview: Rect
        /// The column titles or the time axis.
        package var titles: Rect
        package var filter: Rect
        package var list: Rect
        /// The span beside the tree.
        package var pane: Rect
        package var footer: Rect
    }

    /// Takes the rows of a view from the outside in; below the small size only list and footer remain.
    static func frame(_ state: AppState, overview: Int, titles: Int, filter: Int) -> ListView {
        let all = Rect(state.size)
        let small = AppState.smallSize
        let isSmall = state.size.columns < small.columns || state.size.rows < small.rows
        let (body, footer) = all.splitBottom(1)
        let (header, afterHeader) = body.splitTop(isSmall ? 0 : 1)
        let (overviewRect, afterOverview) = afterHeader.splitTop(isSmall ? 0 : overview)
        let (filterRect, afterFilter) = afterOverview.splitTop(isSmall ? 0 : filter)
        let (titlesRect, list) = afterFilter.splitTop(isSmall ? 0 : titles)
        return ListView(
            header: header, overview: overviewRect, titles: titlesRect, filter: filterRect, list: list,
            pane: Rect(column: 0, row: 0, columns: 0, rows: 0), footer: footer)
    }

    package static func traces(_ state: AppState) -> ListView {
        frame(
            state, overview: state.size.rows >= 16 ? 1 : 0, titles: 1,
            filter: state.traces.filterText.isEmpty && state.prompt?.kind != .filter ? 0 : 1)
    }

    package static func trace(_ state: AppState) -> ListView {
        var view = frame(state, overview: state.size.rows >= 14 ? 1 : 0, titles: 1, filter: 0)
        if state.trace?.isPaneOpen == true, state.hasRoomForPane {
            let paneColumns = max(56, state.size.columns * 45 / 100)
            let body = Rect(
                column: 0, row: view.header.endRow, columns: state.size.columns,
                rows: view.footer.row - view.header.endRow)
            let (_, pane) = body.splitLeft(state.size.columns - paneColumns)
            view.pane = pane
            let left = state.size.columns - paneColumns - 1
            view.overview.columns = left
            view.titles.columns = left
            view.list.columns = left
        }
        return view
    }

    package static func results(_ state: AppState) -> ListView {
        frame(state, overview: 0, titles: 1, filter: 0)
    }

    package static func help(_ state: AppState) -> Rect {
        frame(state, overview: 0, titles: 0, filter: 0).list
    }

    /// The rectangle of the span, beside the tree or over it.
    package static func span(_ state: AppState) -> Rect {
        if state.view != .span, !Layout.trace(state).pane.isEmpty { return Layout.trace(state).pane }
        return Rect(state.size).splitBottom(1).rest
    }

    /// How the columns of the tree are shared out.
    package struct TreeColumns: Equatable, Sendable {
        /// One column for the state of the span.
        package var mark: Int
        package var name: Rect
        package var agent: Rect
        /// The figures of the span, as `SpanColumns.listed` has them.
        package var figures: [Figure]
        package var bars: Rect

        package struct Figure: Equatable, Sendable {
            var index: Int
            var place: Rect
        }
    }

    /// The columns of the tree, for one row of its list; parts without room are empty.
    package static func tree(_ list: Rect) -> TreeColumns {
        let width = list.columns
        let shown = SpanColumns.listed.enumerated().filter { ($0.element.list?.from ?? 0) <= width }
            .map { (index: $0.offset, width: $0.element.list?.width.cells(width) ?? 0) }
        let figureWidth = shown.isEmpty ? 0 : shown.reduce(1) { $0 + $1.width }
        // Wide enough for a label with its attempt where the terminal is.
        let agentWidth = width >= 150 ? 24 : width >= 110 ? 16 : 0
        let barShare = width < 34 ? 0 : width * (width >= 110 ? 45 : 48) / 100
        let nameWidth = max(0, width - 1 - agentWidth - figureWidth - barShare)
        var rest = Rect(column: list.column + 1, row: list.row, columns: width - 1, rows: 1)
        func take(_ columns: Int) -> Rect {
            let (part, remainder) = rest.splitLeft(columns)
            rest = remainder
            return part
        }
        // A column stays free behind the name for the sign of a finding, and one more before a label,
        // so that neither counts nor signs touch what follows.
        var name = take(nameWidth)
        name.columns = max(0, name.columns - (agentWidth > 0 ? 2 : 1))
        let agent = take(agentWidth)
        let figures = shown.map { TreeColumns.Figure(index: $0.index, place: take($0.width)) }
        _ = take(barShare > 0 ? 1 : 0)
        return TreeColumns(
            mark: list.column, name: name, agent: agent, figures: figures, bars: rest)
    }
}

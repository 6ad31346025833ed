package import Canvas
package import TraceModel

/// Draws one span: head, tabs, and the page of the tab that is shown.
package struct SpanView {
    /// Draws the view into a rectangle.
    ///
    /// Only the rows that are visible are laid out; returns how many lines that took.
    @discardableResult
    package static func render(
        _ state: SpanViewState, document: SpanDocument, context: SpanViewContext = SpanViewContext(), theme: Theme,
        into canvas: inout Canvas, rect: Rect
    ) -> Int {
        guard !rect.isEmpty else { return 0 }
        canvas.fill(rect, style: theme[.text])
        var state = state
        let size = Size(columns: rect.columns, rows: rect.rows)
        let layout = SpanViewLayout(document: document, size: size)
        var walker = state.walker(document: document, columns: size.columns)
        state.settle(&walker, height: max(1, layout.bodyRows))
        let view = SpanView(
            state: state, document: document, context: context, rect: rect, layout: layout, theme: theme)
        let bottom = view.drawBody(&walker, &canvas)
        view.drawHead(bottom: bottom, &canvas)
        return walker.laidOutLines
    }

    let state: SpanViewState
    let document: SpanDocument
    let context: SpanViewContext
    let rect: Rect
    let layout: SpanViewLayout
    let theme: Theme

    var isASCII: Bool { document.metrics.asciiOnly }
    var ellipsis: String { Glyphs.more(ascii: isASCII) }
}

/// What the span view shows beside the span itself.
package struct SpanViewContext: Equatable, Sendable {
    /// The label of the span's agent, such as `worker#3`; nil to take what the span itself says.
    package var agentLabel: String?
    package var agentSource: IdentitySource?
    /// The start of the trace; with it the head shows when in the trace the span began.
    package var traceStartUnixNano: Int64?
    /// The start of the span as the trace shows it; nil to take what the span itself says.
    package var startUnixNano: Int64?
    /// Keys go to this view: the cursor line is drawn as such.
    package var isFocused: Bool

    package init(
        agentLabel: String? = nil, agentSource: IdentitySource? = nil, traceStartUnixNano: Int64? = nil,
        startUnixNano: Int64? = nil, isFocused: Bool = true
    ) {
        self.agentLabel = agentLabel
        self.agentSource = agentSource
        self.traceStartUnixNano = traceStartUnixNano
        self.startUnixNano = startUnixNano
        self.isFocused = isFocused
    }
}

/// The rows of the view: head, tabs, rule, body.
struct SpanViewLayout: Equatable, Sendable {
    /// Rows of the head under the title.
    let headRows: [DisplayLine]
    let hasRule: Bool
    /// The row of the tab bar; nil where there is no room.
    let tabRow: Int?
    let bodyRow: Int
    let bodyRows: Int

    init(document: SpanDocument, size: Size) {
        // The head never takes more than a third of a low view.
        let limit =
            switch size.rows {
            case ..<7: 0
            case ..<11: 1
            case ..<17: 2
            case ..<25: 4
            default: 6
            }
        headRows = SpanHead(document: document).rows(columns: size.columns, limit: limit)
        hasRule = size.rows >= 12
        var row = 1 + headRows.count
        tabRow = size.rows >= 3 ? row : nil
        if tabRow != nil { row += 1 }
        if hasRule { row += 1 }
        bodyRow = min(row, max(0, size.rows - 1))
        bodyRows = max(0, size.rows - bodyRow)
    }
}

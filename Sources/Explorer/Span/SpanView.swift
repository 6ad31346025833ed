package import Canvas

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

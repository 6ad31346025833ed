import Canvas
import TraceModel

/// The ledger of a trace: one row for each thing that is missing, withheld or contradictory.
enum LedgerScreen {
    static func render(_ state: AppState, into canvas: inout Canvas) {
        let ascii = state.isASCII
        var content = TraceListScreen.Content()
        content.columns = [
            ListColumn(title: "", width: 1),
            ListColumn(title: "kind", width: 26),
            ListColumn(title: "expected", width: 8, isNumber: true, from: 70),
            ListColumn(title: "recorded", width: 8, isNumber: true, from: 70),
            ListColumn(title: "missing", width: 7, isNumber: true, from: 30),
            ListColumn(title: "certainty", width: 11, from: 60),
            ListColumn(title: "what", width: 0, from: 78),
        ]
        content.emptySentence = emptySentence
        if let ledger = state.ledger?.content?.ledger { content.figures = summary(ledger, ascii: ascii) }
        // Narrow lists name the kind in what room there is.
        let columns = Layout.traceList(state).list.columns
        if columns < 70 { content.columns[1].width = columns < 30 ? columns - 4 : min(26, columns - 13) }
        TraceListScreen.render(state, content, into: &canvas) { index, columns, row, style, canvas in
            guard let item = state.ledger?.content?.ledger.items[index] else { return }
            let unknown = Glyphs.unknown(ascii: ascii)
            columns.write(
                item.missing > 0 ? Glyphs.finding(ascii: ascii) : Glyphs.dot(ascii: ascii), 0, row: row,
                style: style[item.missing > 0 ? .finding : .dim], into: &canvas)
            columns.write(words(item.kind), 1, row: row, style: style[.text], into: &canvas)
            let atLeast = item.isLowerBound ? (ascii ? ">=" : "≥") : ""
            columns.write(
                item.expected.map { atLeast + Figures.count($0) } ?? unknown, 2, row: row, style: style[.text],
                into: &canvas)
            columns.write(
                item.recorded.map { Figures.count($0) } ?? unknown, 3, row: row, style: style[.text], into: &canvas)
            columns.write(
                (item.missing > 0 ? atLeast : "") + Figures.count(item.missing), 4, row: row,
                style: style[item.missing > 0 ? .warning : .dim], into: &canvas)
            columns.write(Certainty.word(item.certainty), 5, row: row, style: style[.dim], into: &canvas)
            columns.write(item.message, 6, row: row, style: style[.text], into: &canvas)
        }
    }

    static let emptySentence =
        "Nothing is known to be missing. What nobody recorded cannot be seen here. 1 goes back to the tree."

    /// The first line: how much is known to be missing.
    static func summary(_ ledger: TraceLedger, ascii: Bool) -> [String] {
        if ledger.missing == 0 { return ["\(ledger.recorded) calls recorded", "none known to be missing"] }
        let expected = Glyphs.atLeast(ascii: ascii) + "\(ledger.expectedAtLeast)"
        return ["\(ledger.recorded) of \(expected) calls recorded", "\(ledger.missing) missing"]
    }

    /// The kind in words.
    static func words(_ kind: LedgerItem.Kind) -> String { kind.name.replacing("_", with: " ") }
}

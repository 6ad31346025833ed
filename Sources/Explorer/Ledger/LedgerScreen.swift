import Canvas
import Tables
import TraceModel
import TraceTables

/// The ledger of a trace: one row for each thing that is missing, withheld or contradictory.
enum LedgerScreen {
    static func render(_ state: AppState, into canvas: inout Canvas) {
        let ascii = state.isASCII
        let ledger = state.ledger?.content?.ledger
        var content = TraceListScreen.Content(columns: LedgerColumns.items)
        content.emptySentence = emptySentence
        if let ledger { content.figures = summary(ledger, ascii: ascii) }
        TraceListScreen.render(state, content, into: &canvas, row: { ledger?.items[$0] }) {
            cell, canvas in
            guard cell.column == "mark" else { return .text() }
            let isMissing = cell.item.missing > 0
            let sign = isMissing ? Glyphs.finding(ascii: ascii) : Glyphs.dot(ascii: ascii)
            canvas.write(sign, in: cell.place, style: cell.style[isMissing ? .finding : .dim])
            return .done
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
}

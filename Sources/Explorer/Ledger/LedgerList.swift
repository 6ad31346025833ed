import Canvas
import Tables
import TraceModel
import TraceQuery
import TraceTables

extension View {
    package static let ledger = View(rawValue: "ledger")
}

extension ListView {
    /// What a trace says it contains against what was recorded: one row for each thing that is missing, withheld or
    /// contradictory.
    static let ledger = ListView(
        view: .ledger,
        source: ListSource({ LedgerRequest($0) }) { LedgerList(page: $0) },
        emptySentence:
            "Nothing is known to be missing. What nobody recorded cannot be seen here. 1 goes back to the tree.",
        opening: ("what is known to be missing from the trace", "5", ("ledger", 16)))
}

/// The items of a ledger.
private struct LedgerList: ListContent {
    static let columns = LedgerColumns.items

    let page: TraceLedgerPage

    var traceID: TraceID? { page.summary.traceID }
    var analysis: AnalysisState { page.summary.analysis }
    private var ledger: TraceLedger { page.ledger }

    var count: Int { ledger.items.count }

    func row(_ index: Int) -> LedgerItem { ledger.items[index] }

    func span(_ index: Int) -> LocalSpanID? { ledger.items[index].spanID.map { LocalSpanID($0) } }

    /// How much is known to be missing.
    func figures(_ state: AppState) -> [String] {
        if ledger.missing == 0 { return ["\(ledger.recorded) calls recorded", "none known to be missing"] }
        let expected = Glyphs.atLeast(ascii: state.isASCII) + "\(ledger.expectedAtLeast)"
        return ["\(ledger.recorded) of \(expected) calls recorded", "\(ledger.missing) missing"]
    }

    func draw(
        _ cell: ListCell<LedgerItem>, among columns: ListColumns<LedgerItem>, _ state: AppState,
        into canvas: inout Canvas
    ) -> CellDrawing {
        guard cell.column == "mark" else { return .text() }
        let isMissing = cell.item.missing > 0
        let sign = isMissing ? Glyphs.finding(ascii: state.isASCII) : Glyphs.dot(ascii: state.isASCII)
        canvas.write(sign, in: cell.place, style: cell.style[isMissing ? Role.finding : .dim])
        return .done
    }

    /// The item in full, with its evidence.
    func detail(_ index: Int, _ list: ListState, _ state: AppState) -> [DisplayLine] {
        let item = ledger.items[index]
        var head = DisplayLine(hang: 2)
        head.append(item.message, .text)
        var basis = DisplayLine(hang: 2)
        basis.append("\(item.certainty.words): ", .dim)
        basis.append(item.kind.words, .text)
        if item.countsCalls { basis.append(", counted among the missing calls", .dim) }
        if item.isLowerBound { basis.append(", at least: more may be missing", .dim) }
        if let span = item.spanID { basis.append("  span \(span.hex.prefix(8))", .dim) }
        return [head, basis] + item.evidence.map { EvidenceLine.line($0) }
    }
}

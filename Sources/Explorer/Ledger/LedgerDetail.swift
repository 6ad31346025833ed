import Canvas
import TraceModel
import TraceTables

/// The selected line of the ledger in full, with its evidence.
enum LedgerDetail {
    static func lines(_ state: AppState) -> [DisplayLine] {
        guard let item = state.ledger?.selected else { return [] }
        var head = DisplayLine(hang: 2)
        head.append(item.message, .text)
        var lines = [head]
        var rests = DisplayLine(hang: 2)
        rests.append("\(item.certainty.words): ", .dim)
        rests.append(item.kind.words, .text)
        if item.countsCalls { rests.append(", counted among the missing calls", .dim) }
        if item.isLowerBound { rests.append(", at least: more may be missing", .dim) }
        if let span = item.spanID { rests.append("  span \(span.hex.prefix(8))", .dim) }
        lines.append(rests)
        lines += item.evidence.map { EvidenceLine.line($0) }
        return lines
    }
}

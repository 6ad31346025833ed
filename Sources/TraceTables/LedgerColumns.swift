import Canvas
import FastJSON
package import Tables
package import TraceModel
package import TraceQuery

/// The columns of `spandrel ledger`, and of the lines of a ledger.
package enum LedgerColumns {
    package static let all: [Column<TraceLedgerPage>] = [
        Column("trace_id", "32 hexadecimal digits", .id) { $0.summary.traceID.hex },
        Column("expected_at_least", "calls of models, tools and agents that must exist: a lower bound") {
            $0.ledger.expectedAtLeast
        },
        Column("recorded", "those that are recorded") { $0.ledger.recorded },
        Column("missing", "at least so many are not") { $0.ledger.missing },
        Column(
            "items",
            "`kind, expected, recorded, missing, is_lower_bound, counts_calls, certainty, message, span_id, evidence[]`; "
                + "an evidence is `span_id, label, value`",
            type: "object[]"
        ) { page in TableCell.nested { $0.rows(page.ledger.items, items.inFiles()) } },
    ]

    /// The lines of a ledger: objects in JSON, rows of the table and of the explorer's list.
    package static let items: [Column<LedgerItem>] = [
        .mark,
        Column("kind") { $0.kind.name }
            .inTable("what", 4, minimum: 12)
            .inList("kind", 1, width: ListWidth(kindWidth), text: { item, _ in item.kind.words }),
        Column("expected", "", .count) { $0.expected }
            .inTable("expected", 2, rank: 2) { item, _ in item.expected.map(String.init) ?? "" }
            .inList(
                "expected", 2, width: 8, from: 70,
                text: { item, words in
                    item.expected.map { words.sign(item.bound) + Figures.count($0) } ?? words.unknown
                }),
        Column("recorded", "", .count) { $0.recorded }
            .inTable("recorded", 3, rank: 2) { item, _ in item.recorded.map(String.init) ?? "" }
            .inList("recorded", 3, width: 8, from: 70),
        Column("missing", "", .count, type: "integer") { item in
            TableCell(.integer(item.missing), item.missing > 0 ? item.bound : .stated)
        }
        .inTable("missing", 1) { item, _ in item.missing == 0 ? "" : (item.isLowerBound ? "≥" : "") + "\(item.missing)"
        }
        .inList("missing", 4, width: 7, from: 30, tone: { $0.missing > 0 ? .warning : .dim }),
        Column("is_lower_bound") { $0.isLowerBound },
        Column("counts_calls") { $0.countsCalls },
        Column("certainty") { $0.certainty.name }
            .inTable("certainty", 5, rank: 1)
            .inList("certainty", 5, width: 11, from: 60, tone: { _ in .dim }) { item, _ in item.certainty.words },
        Column("message") { $0.message }
            .inTable("message", 6, minimum: 24)
            .inList("what", 6, width: 0, from: 78),
        Column("span_id", "", .id) { $0.spanID?.hex }.inTable("span", 7, rank: 3),
        Column("evidence", type: "object[]") { item in TableCell.nested { $0.evidence(item.evidence) } },
    ]

    /// Narrow lists name the kind in what room there is.
    @Sendable private static func kindWidth(_ list: Int) -> Int {
        list < 30 ? list - 4 : list < 70 ? min(26, list - 13) : 26
    }

    /// The ledger in one sentence.
    package static func sentence(_ ledger: TraceLedger) -> String {
        guard ledger.missing > 0 else {
            return "\(ledger.recorded) calls recorded; none is known to be missing"
        }
        return "\(ledger.recorded) of at least \(ledger.expectedAtLeast) calls recorded; \(ledger.missing) missing"
    }
}

extension LedgerItem {
    fileprivate var bound: TableCell.Standing { isLowerBound ? .atLeast : .stated }
}

extension LedgerItem.Kind {
    /// The kind in words.
    package var words: String { name.replacing("_", with: " ") }
}

extension FindingCertainty {
    /// What a statement rests on, in words.
    package var words: String { name.replacing("_", with: " ") }
}

import Canvas
import FastJSON
import TraceModel
package import TraceQuery

/// The fields of `spandrel ledger`.
package enum LedgerColumns {
    package static let all: [Column<TraceLedgerPage>] = [
        Column("trace_id", "string", "32 hexadecimal digits") { .text($0.summary.traceID.hex) },
        Column("expected_at_least", "integer", "calls of models, tools and agents that must exist: a lower bound") {
            FieldValue($0.ledger.expectedAtLeast)
        },
        Column("recorded", "integer", "those that are recorded") { FieldValue($0.ledger.recorded) },
        Column("missing", "integer", "at least so many are not") { FieldValue($0.ledger.missing) },
        Column(
            "items", "object[]",
            "`kind, expected, recorded, missing, is_lower_bound, counts_calls, certainty, message, span_id, evidence[]`; "
                + "an evidence is `span_id, label, value`"
        ) {
            let items = $0.ledger.items
            return .nested { json in json.list(items) { item(&$0, $1) } }
        },
    ]

    private static func item(_ json: inout JSONWriter, _ item: LedgerItem) {
        json.beginObject()
        json.member("kind", item.kind.name)
        json.member("expected", item.expected)
        json.member("recorded", item.recorded)
        json.member("missing", item.missing)
        json.member("is_lower_bound", item.isLowerBound)
        json.member("counts_calls", item.countsCalls)
        json.member("certainty", item.certainty.name)
        json.member("message", item.message)
        json.member("span_id", item.spanID?.hex)
        json.key("evidence")
        json.evidence(item.evidence)
        json.endObject()
    }

    /// The ledger in one sentence.
    static func sentence(_ ledger: TraceLedger) -> String {
        guard ledger.missing > 0 else {
            return "\(ledger.recorded) calls recorded; none is known to be missing"
        }
        return "\(ledger.recorded) of at least \(ledger.expectedAtLeast) calls recorded; \(ledger.missing) missing"
    }

    static func table(idDigits: Int) -> [TableColumn<LedgerItem>] {
        [
            TableColumn("missing", .right) { $0.missing == 0 ? "" : ($0.isLowerBound ? "≥" : "") + "\($0.missing)" },
            TableColumn("expected", .right, rank: 2) { $0.expected.map(String.init) ?? "" },
            TableColumn("recorded", .right, rank: 2) { $0.recorded.map(String.init) ?? "" },
            TableColumn("what", minimum: 12) { $0.kind.name },
            TableColumn("certainty", rank: 1) { $0.certainty.name },
            TableColumn("message", minimum: 24) { $0.message },
            TableColumn("span", rank: 3) { $0.spanID.map { String($0.hex.prefix(idDigits)) } ?? Figures.unknown },
        ]
    }
}

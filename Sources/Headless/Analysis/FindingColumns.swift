import Canvas
import FastJSON
import TraceModel
package import TraceQuery

/// The fields of `spandrel findings`.
package enum FindingColumns {
    package static let all: [Column<FindingPage.Row>] = [
        Column("trace_id", "string", "32 hexadecimal digits") { .text($0.traceID.hex) },
        Column("span_id", "string", nullable: true, "null where the finding is about the trace") {
            FieldValue($0.finding.spanID?.hex)
        },
        Column("rule", "string", "the rule, as `spandrel rules` lists it") { .text($0.finding.rule) },
        Column("severity", "string", "`hint`, `warning` or `error`") { .text($0.finding.severity.name) },
        Column("certainty", "string", "`proven`, `inferred` or `cannot_tell`") { .text($0.finding.certainty.name) },
        Column("message", "string", "one sentence with the figures in it") { .text($0.finding.message) },
        Column("evidence", "object[]", "`span_id, label, value`: the values that it rests on") {
            let evidence = $0.finding.evidence
            return .nested { $0.evidence(evidence) }
        },
    ]

    static func table(idDigits: Int) -> [TableColumn<FindingPage.Row>] {
        [
            TableColumn("severity") { $0.finding.severity.name },
            TableColumn("certainty", rank: 2) { $0.finding.certainty.name },
            TableColumn("rule", minimum: 16, rank: 1) { $0.finding.rule },
            TableColumn("message", minimum: 24) { $0.finding.message },
            TableColumn("evidence", minimum: 16, rank: 3) { evidence($0.finding.evidence) },
            TableColumn("trace/span") { row in
                let span = row.finding.spanID.map { "/" + $0.hex.prefix(idDigits) } ?? ""
                return row.traceID.hex.prefix(idDigits) + span
            },
        ]
    }

    private static func evidence(_ evidence: [FindingEvidence]) -> String {
        evidence.isEmpty ? Figures.unknown : evidence.map { "\($0.label): \($0.value)" }.joined(separator: "; ")
    }
}

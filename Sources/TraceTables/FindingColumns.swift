import Canvas
import FastJSON
package import Tables
package import TraceModel
package import TraceQuery

/// The columns of `spandrel findings`.
package enum FindingColumns {
    package static let all: [Column<FindingPage.Row>] = [
        Column("trace_id", "32 hexadecimal digits", .id) { $0.traceID.hex },
        Column("span_id", "null where the finding is about the trace", .id) { $0.finding.spanID?.hex },
        Column("rule", "the rule, as `spandrel rules` lists it") { $0.finding.rule }
            .inTable("rule", 3, minimum: 16, rank: 1),
        Column("severity", "`hint`, `warning` or `error`") { $0.finding.severity.name }.inTable("severity", 1),
        Column("certainty", "`proven`, `inferred` or `cannot_tell`") { $0.finding.certainty.name }
            .inTable("certainty", 2, rank: 2),
        Column("message", "one sentence with the figures in it") { $0.finding.message }
            .inTable("message", 4, minimum: 24),
        Column("evidence", "`span_id, label, value`: the values that it rests on", type: "object[]") { row in
            TableCell.nested { $0.evidence(row.finding.evidence) }
        }.inTable("evidence", 5, minimum: 16, rank: 3) { row, words in
            let evidence = row.finding.evidence.map { "\($0.label): \($0.value)" }
            return evidence.isEmpty ? words.unknown : evidence.joined(separator: "; ")
        },
        .shown("place").inTable("trace/span", 99) { row, words in
            let span = row.finding.spanID.map { "/" + $0.hex.prefix(words.idDigits) } ?? ""
            return row.traceID.hex.prefix(words.idDigits) + span
        },
    ]
}

/// The columns of `spandrel findings --by rule` and of the findings of the explorer.
package enum FindingRuleColumns {
    package static let all: [Column<FindingRuleCount>] = [
        Column("rule", "the rule, as `spandrel rules` lists it") { $0.rule }
            .inTable("rule", 2, minimum: 16)
            .inList("rule", 2, width: 0),
        Column("severity", "`hint`, `warning` or `error`: that of the gravest finding") { $0.severity.name }
            .inTable("severity", 1)
            .inList("severity", 1, width: 8, tone: { $0.severity.tone }),
        Column("traces", "traces with such a finding", .count) { $0.traceCount }
            .inTable("traces", 3)
            .inList("traces", 3, width: 6, tone: { _ in .strong }),
        Column("findings", "findings in them", .count) { $0.findingCount }
            .inTable("findings", 4)
            .inList("findings", 4, width: 8, from: 50),
        Column("newest_trace_id", "the trace with such a finding that started last", .id) { $0.newestTraceID.hex }
            .inTable("trace", 6)
            .inList("trace", 6, width: 8, from: 90, tone: { _ in .dim }),
        Column("newest_start_unix_nano", "when it started", .time) { $0.newestStartUnixNano }
            .inTable("newest", 5)
            .inList(
                "newest", 5, width: 19, from: 60,
                // To the second.
                text: { row, words in
                    row.newestStartUnixNano.map { String(words.time.text(nanos: $0).prefix(19)) } ?? words.unknown
                }),
    ]
}

/// The columns of `spandrel rules`.
package enum RuleColumns {
    package static let all: [Column<FindingRule>] = [
        Column("rule", "the identifier, for `finding:` in filters") { $0.id }.inTable("rule", 1),
        Column("title", "in a few words") { $0.title }.inTable("title", 3, minimum: 24),
        Column("severity", "`hint`, `warning` or `error`") { $0.severity.name }.inTable("severity", 2),
        Column("proves", "what a finding of the rule proves") { $0.proves }.inTable("proves", 4, minimum: 24, rank: 1),
        Column("cannot_tell", "what it cannot") { $0.cannotTell }.inTable("cannot tell", 5, minimum: 24, rank: 2),
        Column("limits", "the limits that it uses") { $0.limits }.inTable("limits", 6, minimum: 24, rank: 3),
    ]
}

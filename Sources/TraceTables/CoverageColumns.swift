import FastJSON
package import Tables
package import TraceModel

/// The columns of what sources tell.
package enum CoverageColumns {
    package static let all: [Column<SourceCoverage>] =
        [
            Column("source", "the instrumentation scope") { $0.name.isEmpty ? "(no scope)" : $0.name }
                .inTable("source", 1),
            Column("version") { $0.version.isEmpty ? nil : $0.version }.inTable("version", 2),
            Column("spans", "", .count) { Int64($0.spans) }.inTable("spans", 3),
            Column("same_call", "spans that tell of a call which another span counts for", .count) {
                Int64($0.sameCalls)
            },
            Column("kinds", "how many spans of each kind", type: "object") { row in
                TableCell.nested { json in
                    json.object {
                        for kind in SpanKind.allCases { if let count = row.kinds[kind] { $0.member(kind.name, count) } }
                    }
                }
            },
        ]
        + SourceCoverage.Trait.allCases.enumerated().map { number, trait in
            Column<SourceCoverage>(
                trait.rawValue, "how many of its \(trait.bearers) tell it, of how many; null where it has none",
                nullable: true
            ) { row in
                row.traits[trait].map { TableCell.text($0.text) } ?? .missing
            }.inTable(trait.rawValue.replacing("_", with: " "), 4 + number)
        } + [
            Column("agents", "the names of agents") { $0.agents.sorted() },
            Column("sessions", "how many", .count) { Int64($0.sessions.count) },
            Column("kind_rules", "what told the kinds, and of how many spans", type: "object") { row in
                TableCell.nested { $0.counts(row.kindRules) }
            },
            Column("facts", "for each fact the attributes that stated it, and on how many spans", type: "object") {
                row in
                TableCell.nested { json in
                    json.beginObject()
                    for (fact, keys) in row.facts.sorted(by: { $0.key < $1.key }) {
                        json.key(fact)
                        json.counts(keys)
                    }
                    json.endObject()
                }
            },
            Column("left", "the attributes that no rule reads, and on how many spans they stand", type: "object") {
                row in
                TableCell.nested { $0.counts(row.left) }
            },
            Column("not_recorded", "what none of its spans tell though they might") {
                $0.notRecorded.map(\.rawValue)
            },
        ]
}

extension JSONWriter {
    fileprivate mutating func counts(_ counts: [String: Int]) {
        beginObject()
        for (key, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) { member(key, count) }
        endObject()
    }
}

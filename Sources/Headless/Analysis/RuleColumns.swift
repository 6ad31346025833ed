package import TraceModel

/// The fields of `spandrel rules`.
package enum RuleColumns {
    package static let all: [Column<FindingRule>] = [
        Column("rule", "string", "the identifier, for `finding:` in filters") { .text($0.id) },
        Column("title", "string", "in a few words") { .text($0.title) },
        Column("severity", "string", "`hint`, `warning` or `error`") { .text($0.severity.name) },
        Column("proves", "string", "what a finding of the rule proves") { .text($0.proves) },
        Column("cannot_tell", "string", "what it cannot") { .text($0.cannotTell) },
        Column("limits", "string", "the limits that it uses") { .text($0.limits) },
    ]

    static let table: [TableColumn<FindingRule>] = [
        TableColumn("rule") { $0.id },
        TableColumn("severity") { $0.severity.name },
        TableColumn("title", minimum: 24) { $0.title },
        TableColumn("proves", minimum: 24, rank: 1) { $0.proves },
        TableColumn("cannot tell", minimum: 24, rank: 2) { $0.cannotTell },
        TableColumn("limits", minimum: 24, rank: 3) { $0.limits },
    ]
}

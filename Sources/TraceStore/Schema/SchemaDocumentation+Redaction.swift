extension SchemaDocumentation {
    static let redactionTables = [
        SchemaDocumentation(
            "trace_redaction", "What is known of the redaction of each trace; a trace without a row: nothing.",
            [
                Column("trace", "Key of the trace."),
                Column("spans_redacted", "Spans whose texts a redactor saw before they were stored."),
                Column("spans_raw", "Spans that were stored as they came, on request."),
                Column("policies", "The redaction policies that were applied, a JSON array of names."),
                Column("counts", "How many texts each rule replaced, a JSON object by the label of the rule."),
            ]),
        SchemaDocumentation(
            "audit_log", "Who exported text unredacted, and who mended or purged the database.",
            [
                Column("id", "Number of the line."),
                Column("time_ns", "When it was done, nanoseconds since the Unix epoch."),
                Column("user", "Login name of who did it."),
                Column("action", "What was done: export, fix or purge."),
                Column("traces", "Trace ids that it was about, a JSON array."),
                Column("format", "Format of an export; empty for other actions."),
                Column("policy", "Redaction policy; unredacted where none was applied."),
                Column("selection", "What was selected, in words."),
            ]),
        SchemaDocumentation(
            "provenance", "Where the database comes from, if it is a part of another one.",
            [
                Column("name", "What is told: program, selection or policy."),
                Column("value", "The word for it."),
            ]),
    ]
}

extension SchemaDocumentation {
    static let analysisTables = [
        SchemaDocumentation(
            "span_evidence", "What the payload of a span says for the analysis of its trace, read once at import.",
            [
                Column("key", "Key of the span; a span whose payload says nothing of the sort has no row."),
                Column("data", "The evidence in a compact form of our own; `spandrel analyze` rebuilds it."),
            ]),
        SchemaDocumentation(
            "analysis", "What the analysis of each trace says; the commands agents, steps, joints and ledger print it.",
            [
                Column("trace", "Key of the trace."),
                Column("version", "Version of the analysis; `spandrel analyze` re-runs an older one."),
                Column("spans", "Spans that it covers."),
                Column("identified_spans", "Spans whose agent is declared by themselves or by their agent's run."),
                Column("expected_calls", "Calls that must exist by the evidence, a lower bound."),
                Column("recorded_calls", "Calls that are recorded."),
                Column("agents", "The agent runs, in a compact form of the program's own."),
                Column("steps", "The steps with their phases, likewise."),
                Column("joints", "The tool calls on their way through the layers, likewise."),
                Column("ledger", "The lines of the ledger, likewise."),
                Column("clocks", "The clocks with their shifts, likewise."),
            ]),
    ]

    /// The columns that the analysis adds to `span`.
    static let analysedColumns = [
        Column("agent_run", "Agent run in its trace, by number; null for none."),
        Column("attempt", "Attempt of that run, from 1; null without a run."),
        Column(
            "attempt_reason",
            "Why it was tried again: 0 unknown, 1 transport, 2 critic, 3 validation, 4 timeout, 5 user; null for a "
                + "first attempt."),
        Column("step", "Step in its trace, by number; null for none."),
        Column("clock", "Clock that its times come from, by number in its trace, from 0."),
    ]
}

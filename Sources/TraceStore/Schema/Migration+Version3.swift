import TraceModel

extension Migration {
    /// The third schema: what payloads say for the analysis of traces, and what that analysis says.
    static let version3: [String] = analysisTables + analysisColumns + analysisIndexes + spansView

    private static let analysisTables = [
        "CREATE TABLE span_evidence (key INTEGER PRIMARY KEY, data BLOB NOT NULL)",
        """
        CREATE TABLE analysis (
            trace INTEGER PRIMARY KEY, version INTEGER NOT NULL, spans INTEGER NOT NULL,
            identified_spans INTEGER NOT NULL, expected_calls INTEGER NOT NULL, recorded_calls INTEGER NOT NULL,
            agents BLOB NOT NULL, steps BLOB NOT NULL, joints BLOB NOT NULL, ledger BLOB NOT NULL, clocks BLOB NOT NULL)
        """,
    ]

    private static let analysisColumns = [
        "ALTER TABLE span ADD COLUMN agent_run INTEGER",
        "ALTER TABLE span ADD COLUMN attempt INTEGER",
        "ALTER TABLE span ADD COLUMN attempt_reason INTEGER",
        "ALTER TABLE span ADD COLUMN step INTEGER",
        "ALTER TABLE span ADD COLUMN clock INTEGER",
    ]

    private static let analysisIndexes = [
        // Retries are few, and the first thing that is asked for.
        "CREATE INDEX span_attempt ON span (attempt, trace) WHERE attempt > 1",
        // When which model answered to a name that was asked for.
        """
        CREATE INDEX span_alias ON span (model_requested, model_resolved, start_ns) WHERE model_resolved IS NOT NULL
        """,
        // Traces with missing calls.
        "CREATE INDEX analysis_missing ON analysis (trace) WHERE expected_calls > recorded_calls",
    ]

    private static let reasons = AttemptReason.allCases.map { ($0.rawValue, $0.name) }

    /// Replaces the view of spans.
    static let spansView = [
        "DROP VIEW spans",
        views[1].replacing(
            "span_payload.status_message, span_payload.attributes,",
            with: """
                span.agent_run, span.attempt, \(words("span.attempt_reason", reasons)) AS attempt_reason, span.step,
                span_payload.status_message, span_payload.attributes,
                """),
    ]
}

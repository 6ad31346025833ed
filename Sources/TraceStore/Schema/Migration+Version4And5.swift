extension Migration {
    /// The fourth schema: what was redacted, and who took or changed what.
    static let version4: [String] = [
        """
        CREATE TABLE trace_redaction (
            trace INTEGER PRIMARY KEY, spans_redacted INTEGER NOT NULL, spans_raw INTEGER NOT NULL,
            policies TEXT NOT NULL, counts TEXT NOT NULL)
        """,
        """
        CREATE TABLE audit_log (
            id INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL,
            traces TEXT NOT NULL, format TEXT NOT NULL, policy TEXT NOT NULL, selection TEXT NOT NULL)
        """,
        "CREATE TABLE provenance (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "ALTER TABLE log_record ADD COLUMN redaction TEXT",
    ]

    /// The fifth schema: spans that several records tell of, who provided a model, and what each model used.
    static let version5: [String] =
        [
            "ALTER TABLE span ADD COLUMN provider INTEGER",
            "ALTER TABLE span ADD COLUMN tokens_input_stated INTEGER",
            "ALTER TABLE span ADD COLUMN sources INTEGER",
            """
            CREATE TABLE span_source (
                span INTEGER NOT NULL, digest INTEGER NOT NULL, keys INTEGER NOT NULL, resource INTEGER NOT NULL,
                scope INTEGER NOT NULL, PRIMARY KEY (span, digest, keys)) WITHOUT ROWID
            """,
            """
            CREATE TABLE trace_usage (
                trace INTEGER NOT NULL, model INTEGER NOT NULL, provider INTEGER NOT NULL, calls INTEGER NOT NULL,
                calls_with_tokens INTEGER NOT NULL, calls_without_cache INTEGER NOT NULL, input INTEGER,
                input_stated INTEGER, output INTEGER, cache_read INTEGER, cache_write INTEGER, reasoning INTEGER,
                PRIMARY KEY (trace, model, provider)) WITHOUT ROWID
            """,
        ] + sourcedSpansView

    private static let sourcedSpansView = [
        spansView[0],
        spansView[1].replacing(
            "span.tokens_input, ",
            with: "\(text("span.provider")) AS provider, span.tokens_input, span.tokens_input_stated, "
        ).replacing("span.marks, ", with: "span.marks, ifnull(span.sources, 1) AS sources, "),
    ]
}

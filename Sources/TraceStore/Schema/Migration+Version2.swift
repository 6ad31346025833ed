import TraceModel

extension Migration {
    /// The second schema: streams of chunks, findings, and the spans of responses.
    static let version2: [String] = streamTables + streamIndexes + newFacetFields + backfill + streamViews

    private static let streamTables = [
        """
        CREATE TABLE stream (
            key INTEGER PRIMARY KEY, span INTEGER NOT NULL UNIQUE, digest INTEGER NOT NULL UNIQUE,
            from_span INTEGER NOT NULL, waits_for TEXT, stand_in_text TEXT,
            timing INTEGER NOT NULL, clock TEXT, start_ns INTEGER, duration_ns INTEGER, end_cause INTEGER NOT NULL,
            finish_reason TEXT, tokens_billed INTEGER, tokens_delivered INTEGER, tokens_reasoning INTEGER,
            source TEXT NOT NULL, wire_protocol TEXT, dropped_chunks INTEGER NOT NULL, error_message TEXT,
            remarks TEXT NOT NULL, chunks INTEGER NOT NULL, text_bytes INTEGER NOT NULL,
            analysis_version INTEGER NOT NULL, figures TEXT NOT NULL)
        """,
        """
        CREATE TABLE stream_block (
            key INTEGER PRIMARY KEY, stream INTEGER NOT NULL, latest_ns INTEGER, data BLOB NOT NULL)
        """,
        """
        CREATE TABLE finding (
            id INTEGER PRIMARY KEY, trace INTEGER NOT NULL, span INTEGER, rule INTEGER NOT NULL,
            severity INTEGER NOT NULL, certainty INTEGER NOT NULL, message TEXT NOT NULL, evidence TEXT NOT NULL)
        """,
        "CREATE TABLE response (id TEXT NOT NULL, span INTEGER NOT NULL, PRIMARY KEY (id, span)) WITHOUT ROWID",
    ]

    private static let streamIndexes = [
        // Recordings whose span may still come.
        "CREATE INDEX stream_waiting ON stream (waits_for) WHERE waits_for IS NOT NULL",
        // Where in a stream a time lies, without a look at its blocks.
        "CREATE INDEX stream_block_time ON stream_block (stream, latest_ns)",
        "CREATE INDEX finding_span ON finding (span, rule)",
        "CREATE INDEX finding_trace ON finding (trace, span)",
    ]

    private static let newFacetFields = [
        TraceFacet.Field.finding, .severity, .certainty, .stream,
    ].map { "INSERT INTO facet_field (id, name) VALUES (\($0.rawValue), '\($0.name)')" }

    /// The marks of the structure that are findings of a trace: their bits and names as of this version.
    private static let structuralMarks = [
        (1 << 1, "duplicate_span_id"), (1 << 2, "self_parent"), (1 << 3, "parent_cycle"), (1 << 4, "missing_parent"),
    ]

    /// What older files tell about their spans in other places.
    private static let backfill: [String] =
        structuralMarks.flatMap { bit, name in
            [
                """
                INSERT INTO name (text) SELECT 'structure.\(name)'
                WHERE NOT EXISTS (SELECT 1 FROM name WHERE text = 'structure.\(name)')
                """,
                """
                INSERT INTO facet (trace, field, value, spans)
                SELECT trace, 16, (SELECT id FROM name WHERE text = 'structure.\(name)'), spans
                FROM facet WHERE field = 14 AND value = \(bit)
                """,
            ]
        } + [
            """
            INSERT OR IGNORE INTO response (id, span)
            SELECT response, key FROM (
                SELECT
                    span.key AS key,
                    coalesce(
                        json_extract(attributes, '$."gen_ai.response.id"'),
                        json_extract(attributes, '$."ai.response.id"'),
                        json_extract(attributes, '$."llm.response.id"')) AS response
                FROM span CROSS JOIN span_payload ON span_payload.key = span.key
                WHERE json_valid(attributes))
            WHERE typeof(response) = 'text' AND response <> ''
            """
        ]

    // Readers trust no schema, so that a view must do without the JSON functions of SQLite.
    private static let streamViews = [
        """
        CREATE VIEW streams AS SELECT
            stream.key AS key, lower(hex(trace.id)) AS trace_id, printf('%016x', span.id) AS span_id,
            \(text("span.name")) AS span_name, \(words("stream.timing", timings)) AS timing, stream.clock,
            stream.start_ns AS start_unix_nano, stream.duration_ns, \(words("stream.end_cause", causes)) AS end_cause,
            stream.finish_reason, stream.tokens_billed, stream.tokens_delivered, stream.tokens_reasoning,
            stream.source, stream.wire_protocol, stream.chunks, stream.text_bytes, stream.dropped_chunks,
            stream.figures, stream.error_message
        FROM stream JOIN span ON span.key = stream.span JOIN trace ON trace.key = span.trace
        """,
        """
        CREATE VIEW findings AS SELECT
            finding.id AS id, lower(hex(trace.id)) AS trace_id,
            CASE WHEN span.id IS NOT NULL THEN printf('%016x', span.id) END AS span_id,
            \(text("finding.rule")) AS rule, \(words("finding.severity", severities)) AS severity,
            \(words("finding.certainty", certainties)) AS certainty, finding.message, finding.evidence
        FROM finding JOIN trace ON trace.key = finding.trace LEFT JOIN span ON span.key = finding.span
        """,
    ]

    private static let timings = TimingQuality.allCases.map { ($0.rawValue, $0.name) }
    private static let causes = StreamEndCause.allCases.map { ($0.rawValue, $0.name) }
    private static let severities = FindingSeverity.allCases.map { ($0.rawValue, $0.name) }
    private static let certainties = FindingCertainty.allCases.map { ($0.rawValue, $0.name) }
}

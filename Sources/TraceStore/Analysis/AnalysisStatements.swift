/// The compiled statements of the writer that concern the analysis of traces; used on the writer's queue only.
struct AnalysisStatements {
    let insertEvidence: PreparedStatement
    let deleteEvidence: PreparedStatement
    let selectEvidence: PreparedStatement
    let selectResource: PreparedStatement
    let selectStreams: PreparedStatement
    let selectStreamFindings: PreparedStatement
    let insertAnalysis: PreparedStatement
    let deleteFindings: PreparedStatement
    let selectTraces: PreparedStatement
    let countTraces: PreparedStatement
    let selectSpanKeys: PreparedStatement

    init(_ connection: OpaquePointer) throws(SQLiteFailure) {
        func prepare(_ sql: String) throws(SQLiteFailure) -> PreparedStatement {
            try PreparedStatement(sql, on: connection)
        }
        insertEvidence = try prepare(SQL.insertEvidence)
        deleteEvidence = try prepare(SQL.deleteEvidence)
        selectEvidence = try prepare(SQL.selectEvidence)
        selectResource = try prepare(SQL.selectResource)
        selectStreams = try prepare(SQL.selectStreams)
        selectStreamFindings = try prepare(SQL.selectStreamFindings)
        insertAnalysis = try prepare(SQL.insertAnalysis)
        deleteFindings = try prepare(SQL.deleteFindings)
        selectTraces = try prepare(SQL.selectTraces)
        countTraces = try prepare(SQL.countTraces)
        selectSpanKeys = try prepare(SQL.selectSpanKeys)
    }

    /// The SQL behind the statements.
    enum SQL {
        static let insertEvidence = "INSERT OR REPLACE INTO span_evidence (key, data) VALUES (?1, ?2)"
        static let deleteEvidence = "DELETE FROM span_evidence WHERE key = ?1"
        static let selectEvidence = "SELECT key, data FROM span_evidence WHERE key BETWEEN ?1 AND ?2 ORDER BY key"
        static let selectResource = "SELECT attributes FROM resource WHERE id = ?1"
        /// The streams of a trace, also for spans that do not state their first chunk.
        static let selectStreams = "SELECT span, timing, figures FROM stream WHERE span BETWEEN ?1 AND ?2"
        /// The findings of the streams of a trace.
        static let selectStreamFindings = """
            SELECT name.text, severity, certainty, span
            FROM finding INDEXED BY finding_trace CROSS JOIN name ON name.id = finding.rule
            WHERE finding.trace = ?1
                AND name.text >= 'stream.' COLLATE NOCASE AND name.text < 'stream/' COLLATE NOCASE
            """
        static let insertAnalysis = """
            INSERT OR REPLACE INTO analysis (
                trace, version, spans, identified_spans, expected_calls, recorded_calls, agents, steps, joints,
                ledger, clocks)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """
        /// The findings of a trace but those of its streams, which are not the analysis's.
        static let deleteFindings = """
            DELETE FROM finding
            WHERE trace = ?1 AND rule NOT IN (
                SELECT id FROM name WHERE text >= 'stream.' COLLATE NOCASE AND text < 'stream/' COLLATE NOCASE)
            """
        /// Traces from a key on whose analysis is older than a version, or all of them.
        static let selectTraces = """
            SELECT trace.key, trace.span_count FROM trace LEFT JOIN analysis ON analysis.trace = trace.key
            WHERE trace.key > ?1 AND (?2 OR analysis.version IS NULL OR analysis.version <> ?3)
            ORDER BY trace.key LIMIT 256
            """
        static let countTraces = """
            SELECT count(*) FROM trace LEFT JOIN analysis ON analysis.trace = trace.key
            WHERE ?1 OR analysis.version IS NULL OR analysis.version <> ?2
            """
        static let selectSpanKeys = "SELECT key FROM span WHERE key BETWEEN ?1 AND ?2 ORDER BY key"
    }
}

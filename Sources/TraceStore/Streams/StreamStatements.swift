/// The compiled statements of the writer that concern streams and findings; used on the writer's queue only.
struct StreamStatements {
    let selectStreamOfDigest: PreparedStatement
    let selectStreamOfSpan: PreparedStatement
    let selectWaiting: PreparedStatement
    let selectIsWaiting: PreparedStatement
    let insertStream: PreparedStatement
    let insertBlock: PreparedStatement
    let deleteStream: PreparedStatement
    let deleteBlocks: PreparedStatement
    let moveStream: PreparedStatement
    let updateFigures: PreparedStatement
    let insertFinding: PreparedStatement
    let deleteFindings: PreparedStatement
    let insertResponse: PreparedStatement
    let deleteResponse: PreparedStatement
    let selectResponse: PreparedStatement
    let selectPacked: PreparedStatement
    let selectTraceID: PreparedStatement
    let deleteSpan: PreparedStatement
    let deletePayload: PreparedStatement
    let deleteText: PreparedStatement
    let deleteTrace: PreparedStatement
    let selectHasStreams: PreparedStatement
    let countRules: PreparedStatement
    let countSeverities: PreparedStatement
    let countCertainties: PreparedStatement
    let countTimings: PreparedStatement

    init(_ connection: OpaquePointer) throws(SQLiteFailure) {
        func prepare(_ sql: String) throws(SQLiteFailure) -> PreparedStatement {
            try PreparedStatement(sql, on: connection)
        }
        selectStreamOfDigest = try prepare(SQL.selectStreamOfDigest)
        selectStreamOfSpan = try prepare(SQL.selectStreamOfSpan)
        selectWaiting = try prepare(SQL.selectWaiting)
        selectIsWaiting = try prepare(SQL.selectIsWaiting)
        insertStream = try prepare(SQL.insertStream)
        insertBlock = try prepare(SQL.insertBlock)
        deleteStream = try prepare(SQL.deleteStream)
        deleteBlocks = try prepare(SQL.deleteBlocks)
        moveStream = try prepare(SQL.moveStream)
        updateFigures = try prepare(SQL.updateFigures)
        insertFinding = try prepare(SQL.insertFinding)
        deleteFindings = try prepare(SQL.deleteFindings)
        insertResponse = try prepare(SQL.insertResponse)
        deleteResponse = try prepare(SQL.deleteResponse)
        selectResponse = try prepare(SQL.selectResponse)
        selectPacked = try prepare(SQL.selectPacked)
        selectTraceID = try prepare(SQL.selectTraceID)
        deleteSpan = try prepare(SQL.deleteSpan)
        deletePayload = try prepare(SQL.deletePayload)
        deleteText = try prepare(SQL.deleteText)
        deleteTrace = try prepare(SQL.deleteTrace)
        selectHasStreams = try prepare(SQL.selectHasStreams)
        countRules = try prepare(SQL.countRules)
        countSeverities = try prepare(SQL.countSeverities)
        countCertainties = try prepare(SQL.countCertainties)
        countTimings = try prepare(SQL.countTimings)
    }
}

extension StreamStatements {
    /// The SQL behind the statements.
    enum SQL {
        private static let streamColumns = """
            SELECT key, span, waits_for, from_span, timing, text_bytes, digest, stand_in_text FROM stream
            """
        static let selectStreamOfDigest = streamColumns + " WHERE digest = ?1"
        static let selectStreamOfSpan = streamColumns + " WHERE span = ?1"
        static let selectWaiting = streamColumns + " WHERE waits_for = ?1 ORDER BY key"
        /// Whether anything waits between two texts.
        static let selectIsWaiting = "SELECT 1 FROM stream WHERE waits_for >= ?1 AND waits_for < ?2 LIMIT 1"
        static let insertStream = """
            INSERT INTO stream (
                span, digest, from_span, waits_for, stand_in_text, timing, clock, start_ns, duration_ns, end_cause,
                finish_reason, tokens_billed, tokens_delivered, tokens_reasoning, source, wire_protocol,
                dropped_chunks, error_message, remarks, chunks, text_bytes, analysis_version, figures)
            VALUES (
                ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                ?23)
            """
        static let insertBlock = "INSERT INTO stream_block (key, stream, latest_ns, data) VALUES (?1, ?2, ?3, ?4)"
        static let deleteStream = "DELETE FROM stream WHERE key = ?1"
        static let deleteBlocks = "DELETE FROM stream_block WHERE key BETWEEN ?1 AND ?2"
        /// What is made of a stream whose chunks stay.
        static let updateFigures = """
            UPDATE stream SET
                timing = ?2, clock = ?3, dropped_chunks = ?4, remarks = ?5, analysis_version = ?6, figures = ?7
            WHERE key = ?1
            """
        static let moveStream = "UPDATE stream SET span = ?2, waits_for = NULL, stand_in_text = NULL WHERE key = ?1"

        static let insertFinding = """
            INSERT INTO finding (trace, span, rule, severity, certainty, message, evidence)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """
        /// The findings of streams about a span; others than streams find have their own rules.
        static let deleteFindings = """
            DELETE FROM finding
            WHERE span = ?1 AND rule IN (
                SELECT id FROM name WHERE text >= 'stream.' COLLATE NOCASE AND text < 'stream/' COLLATE NOCASE)
            """

        static let insertResponse = "INSERT OR IGNORE INTO response (id, span) VALUES (?1, ?2)"
        static let deleteResponse = "DELETE FROM response WHERE id = ?1 AND span = ?2"
        /// The spans of a response without those that only stand in for one.
        static let selectResponse = """
            SELECT response.span FROM response WHERE response.id = ?1 AND NOT EXISTS (
                SELECT 1 FROM stream WHERE stream.span = response.span AND stream.waits_for IS NOT NULL)
            ORDER BY response.span LIMIT 64
            """
        static let selectPacked = "SELECT packed FROM span WHERE key = ?1"
        static let selectTraceID = "SELECT id, span_count FROM trace WHERE key = ?1"

        static let deleteSpan = "DELETE FROM span WHERE key = ?1"
        static let deletePayload = "DELETE FROM span_payload WHERE key = ?1"
        /// The index holds no text, so that it must be told what to take out.
        static let deleteText = "INSERT INTO span_text (span_text, rowid, text) VALUES ('delete', ?1, ?2)"
        static let deleteTrace = "DELETE FROM trace WHERE key = ?1"

        static let selectHasStreams = """
            SELECT EXISTS (SELECT 1 FROM stream) OR EXISTS (SELECT 1 FROM finding)
            """
        // What the summary of a trace counts: a value, and the spans that have it.
        // The marks of the structure are counted apart: of their findings not all are listed.
        static let countRules = """
            SELECT finding.rule, count(DISTINCT finding.span), name.text
            FROM finding INDEXED BY finding_trace CROSS JOIN name ON name.id = finding.rule
            WHERE finding.trace = ?1 AND name.text NOT BETWEEN 'structure.' AND 'structure/' GROUP BY finding.rule ORDER BY name.text
            """
        static let countSeverities = """
            SELECT severity, count(DISTINCT span) FROM finding INDEXED BY finding_trace
            WHERE trace = ?1 GROUP BY severity
            """
        static let countCertainties = """
            SELECT certainty, count(DISTINCT span) FROM finding INDEXED BY finding_trace
            WHERE trace = ?1 GROUP BY certainty
            """
        static let countTimings = "SELECT timing, count(*) FROM stream WHERE span BETWEEN ?1 AND ?2 GROUP BY timing"
    }
}

/// The compiled statements of the writer; each is used on the writer's queue only.
struct WriterStatements {
    let dataVersion: PreparedStatement
    let selectName: PreparedStatement
    let insertName: PreparedStatement
    let selectNameText: PreparedStatement
    let selectResource: PreparedStatement
    let insertResource: PreparedStatement
    let selectScope: PreparedStatement
    let insertScope: PreparedStatement
    let selectShape: PreparedStatement
    let insertShape: PreparedStatement
    let insertShapeKey: PreparedStatement
    let selectTrace: PreparedStatement
    let selectLastTrace: PreparedStatement
    let selectDirtyTraces: PreparedStatement
    let insertTrace: PreparedStatement
    let growTrace: PreparedStatement
    let summarizeTrace: PreparedStatement
    let selectSpansOfID: PreparedStatement
    let markSpan: PreparedStatement
    let insertSpan: PreparedStatement
    let reviseSpan: PreparedStatement
    let insertPayload: PreparedStatement
    let replacePayload: PreparedStatement
    let insertSource: PreparedStatement
    let deleteSources: PreparedStatement
    let setSources: PreparedStatement
    let selectRecords: PreparedStatement
    let selectResolution: PreparedStatement
    let updateResolution: PreparedStatement
    let updateFacts: PreparedStatement
    let insertLog: PreparedStatement
    let selectLogs: PreparedStatement
    let selectTraceHasLogs: PreparedStatement
    let updateLogText: PreparedStatement
    let deleteFacets: PreparedStatement
    let insertFacet: PreparedStatement
    let deleteUsage: PreparedStatement
    let insertUsage: PreparedStatement
    let insertText: PreparedStatement
    let insertReject: PreparedStatement
    let addToCounter: PreparedStatement
    let streams: StreamStatements
    let analysis: AnalysisStatements
    let aliases: AliasStatements
    let redaction: RedactionStatements

    init(_ connection: OpaquePointer) throws(SQLiteFailure) {
        func prepare(_ sql: String) throws(SQLiteFailure) -> PreparedStatement {
            try PreparedStatement(sql, on: connection)
        }
        dataVersion = try prepare(SQL.dataVersion)
        selectName = try prepare(SQL.selectName)
        insertName = try prepare(SQL.insertName)
        selectNameText = try prepare(SQL.selectNameText)
        selectResource = try prepare(SQL.selectResource)
        insertResource = try prepare(SQL.insertResource)
        selectScope = try prepare(SQL.selectScope)
        insertScope = try prepare(SQL.insertScope)
        selectShape = try prepare(SQL.selectShape)
        insertShape = try prepare(SQL.insertShape)
        insertShapeKey = try prepare(SQL.insertShapeKey)
        selectTrace = try prepare(SQL.selectTrace)
        selectLastTrace = try prepare(SQL.selectLastTrace)
        selectDirtyTraces = try prepare(SQL.selectDirtyTraces)
        insertTrace = try prepare(SQL.insertTrace)
        growTrace = try prepare(SQL.growTrace)
        summarizeTrace = try prepare(SQL.summarizeTrace)
        selectSpansOfID = try prepare(SQL.selectSpansOfID)
        markSpan = try prepare(SQL.markSpan)
        insertSpan = try prepare(SQL.insertSpan)
        reviseSpan = try prepare(SQL.reviseSpan)
        insertPayload = try prepare(SQL.insertPayload)
        replacePayload = try prepare(SQL.replacePayload)
        insertSource = try prepare(SQL.insertSource)
        deleteSources = try prepare(SQL.deleteSources)
        setSources = try prepare(SQL.setSources)
        selectRecords = try prepare(SQL.selectRecords)
        selectResolution = try prepare(SQL.selectResolution)
        updateResolution = try prepare(SQL.updateResolution)
        updateFacts = try prepare(SQL.updateFacts)
        insertLog = try prepare(SQL.insertLog)
        selectLogs = try prepare(SQL.selectLogs)
        selectTraceHasLogs = try prepare(SQL.selectTraceHasLogs)
        updateLogText = try prepare(SQL.updateLogText)
        deleteFacets = try prepare(SQL.deleteFacets)
        insertFacet = try prepare(SQL.insertFacet)
        deleteUsage = try prepare(SQL.deleteUsage)
        insertUsage = try prepare(SQL.insertUsage)
        insertText = try prepare(SQL.insertText)
        insertReject = try prepare(SQL.insertReject)
        addToCounter = try prepare(SQL.addToCounter)
        streams = try StreamStatements(connection)
        analysis = try AnalysisStatements(connection)
        aliases = try AliasStatements(connection)
        redaction = try RedactionStatements(connection)
    }
}

extension WriterStatements {
    /// The SQL of the writer.
    enum SQL {
        /// Changes when another connection wrote.
        static let dataVersion = "PRAGMA data_version"

        // Interned texts and objects. Objects are found by the digest of their content; an equal digest of other content
        // is told apart by the text that comes with it.
        static let selectName = "SELECT id FROM name WHERE text = ?1 COLLATE NOCASE AND text = ?1"
        static let insertName = "INSERT INTO name (text) VALUES (?1)"
        static let selectNameText = "SELECT text FROM name WHERE id = ?1"
        static let selectResource = "SELECT id, attributes, schema_url FROM resource WHERE digest = ?1"
        static let insertResource = """
            INSERT INTO resource (digest, service, attributes, dropped_attributes, schema_url)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """
        static let selectScope = "SELECT id, attributes, schema_url FROM scope WHERE digest = ?1"
        static let insertScope = """
            INSERT INTO scope (digest, name, version, attributes, dropped_attributes, schema_url)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """
        static let selectShape = "SELECT id FROM shape WHERE digest = ?1"
        static let insertShape = "INSERT INTO shape (digest, keys) VALUES (?1, ?2)"
        static let insertShapeKey = "INSERT OR IGNORE INTO shape_key (key, shape) VALUES (?1, ?2)"

        // Traces.
        static let selectTrace = """
            SELECT
                key, next_number, span_count, error_count, start_ns, end_ns, longest_span_ns, most_span_tokens, dirty
            FROM trace WHERE id = ?1
            """
        static let selectLastTrace = "SELECT ifnull(max(key), 0) FROM trace"
        static let selectDirtyTraces = "SELECT key, id, span_count FROM trace WHERE dirty = 1 LIMIT \(dirtyTraceLimit)"
        static let dirtyTraceLimit = 4096
        static let insertTrace = """
            INSERT INTO trace (
                key, id, next_number, dirty, name, start_ns, end_ns, duration_ns, span_count, error_count,
                services, agents, models, tokens_input, tokens_output, tokens_total, model_calls,
                model_calls_with_tokens, session, findings, longest_span_ns, most_span_tokens)
            VALUES (
                ?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
            """
        /// What can be kept up to date without the tree: counts and times.
        static let growTrace = """
            UPDATE trace SET
                next_number = ?2, dirty = ?3, span_count = ?4, error_count = ?5, start_ns = ?6, end_ns = ?7,
                duration_ns = ?8, longest_span_ns = ?9, most_span_tokens = ?10
            WHERE key = ?1
            """
        static let summarizeTrace = """
            UPDATE trace SET
                dirty = 0, name = ?4, start_ns = ?5, end_ns = ?6, duration_ns = ?7, span_count = ?8, error_count = ?9,
                services = ?10, agents = ?11, models = ?12, tokens_input = ?13, tokens_output = ?14,
                tokens_total = ?15, model_calls = ?16, model_calls_with_tokens = ?17, session = ?18, findings = ?19,
                longest_span_ns = ?20, most_span_tokens = ?21
            WHERE key = ?1
            """

        // Spans.
        static let selectSpansOfID = """
            SELECT key, digest, packed, ordinal FROM span WHERE trace = ?1 AND id = ?2 ORDER BY ordinal LIMIT ?3
            """
        static let markSpan = "UPDATE span SET marks = ?2, packed = ?3 WHERE key = ?1"
        static let insertSpan = """
            INSERT INTO span (
                key, trace, id, ordinal, parent, name, service, status, marks, start_ns, end_ns, otel_kind, resource,
                scope, shape, digest, sources, kind, is_error, is_cancelled, agent_source, agent, agent_instance,
                model_requested, model_resolved, tool, error_type, first_chunk_ns, tokens_input, tokens_output,
                tokens_cache_read, tokens_cache_write, tokens_reasoning, tokens_input_stated, provider, session,
                packed, agent_run, attempt, attempt_reason, step, clock)
            VALUES (
                ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39,
                ?40, ?41, ?42)
            """
        /// A stored span as a further record tells it; with the parameters of `insertSpan`.
        static let reviseSpan = """
            UPDATE span SET
                parent = ?5, name = ?6, service = ?7, status = ?8, marks = ?9, start_ns = ?10, end_ns = ?11,
                otel_kind = ?12, resource = ?13, scope = ?14, shape = ?15, digest = ?16, sources = ?17, kind = ?18,
                is_error = ?19, is_cancelled = ?20, agent_source = ?21, agent = ?22, agent_instance = ?23,
                model_requested = ?24, model_resolved = ?25, tool = ?26, error_type = ?27, first_chunk_ns = ?28,
                tokens_input = ?29, tokens_output = ?30, tokens_cache_read = ?31, tokens_cache_write = ?32,
                tokens_reasoning = ?33, tokens_input_stated = ?34, provider = ?35, session = ?36, packed = ?37
            WHERE key = ?1
            """
        static let insertPayload = "INSERT" + payload
        static let replacePayload = "REPLACE" + payload
        private static let payload = """
             INTO span_payload (
                key, attributes, events, links, status_message, trace_state, flags,
                dropped_attributes, dropped_events, dropped_links)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """
        static let insertSource = """
            INSERT OR IGNORE INTO span_source (span, digest, keys, resource, scope) VALUES (?1, ?2, ?3, ?4, ?5)
            """
        static let deleteSources = "DELETE FROM span_source WHERE span = ?1"
        static let setSources = "UPDATE span SET sources = ?2 WHERE key = ?1"
        /// What an assembled trace needs of every span, beside its evidence.
        static let selectRecords = """
            SELECT
                key, packed, session, resource, scope, shape, provider, tokens_cache_read, tokens_cache_write,
                tokens_reasoning, tokens_input_stated, ordinal
            FROM span WHERE key BETWEEN ?1 AND ?2 ORDER BY key
            """
        /// The structure of every span of a trace, for those that the tree decides again.
        static let selectResolution = """
            SELECT key, packed, attempt, attempt_reason FROM span WHERE key BETWEEN ?1 AND ?2 ORDER BY key
            """
        static let updateResolution = """
            UPDATE span SET
                packed = ?2, marks = ?3, agent = ?4, agent_instance = ?5, agent_source = ?6, agent_run = ?7,
                attempt = ?8, attempt_reason = ?9, step = ?10, clock = ?11, first_chunk_ns = ?12
            WHERE key = ?1
            """
        /// The reading of a span after log records joined it.
        static let updateFacts = """
            UPDATE span SET
                kind = ?2, is_error = ?3, is_cancelled = ?4, agent_source = ?5, agent = ?6, agent_instance = ?7,
                model_requested = ?8, model_resolved = ?9, tool = ?10, error_type = ?11, first_chunk_ns = ?12,
                tokens_input = ?13, tokens_output = ?14, tokens_cache_read = ?15, tokens_cache_write = ?16,
                tokens_reasoning = ?17, tokens_input_stated = ?18, provider = ?19, session = ?20, packed = ?21
            WHERE key = ?1
            """

        // Log records.
        static let insertLog = """
            INSERT OR IGNORE INTO log_record (trace_id, span_id, digest, time_ns, event, resource, scope, redaction)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """
        static let selectLogs = """
            SELECT id, event, text_key, redaction FROM log_record WHERE trace_id = ?1 AND span_id = ?2 ORDER BY time_ns, id
            """
        static let selectTraceHasLogs = "SELECT 1 FROM log_record WHERE trace_id = ?1 LIMIT 1"
        static let updateLogText = "UPDATE log_record SET text_key = ?2 WHERE id = ?1"

        // Facets, text, rejects, totals.
        static let deleteFacets = "DELETE FROM facet WHERE trace = ?1"
        static let insertFacet = "INSERT INTO facet (trace, field, value, spans) VALUES (?1, ?2, ?3, ?4)"
        static let deleteUsage = "DELETE FROM trace_usage WHERE trace = ?1"
        static let insertUsage = """
            INSERT INTO trace_usage (
                trace, model, provider, calls, calls_with_tokens, calls_without_cache, input, input_stated, output,
                cache_read, cache_write, reasoning)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """
        static let insertText = "INSERT INTO span_text (rowid, text) VALUES (?1, ?2)"
        static let insertReject = """
            INSERT INTO reject (file, byte_offset, line, reason, time_ns) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET time_ns = excluded.time_ns
            """
        static let addToCounter = """
            INSERT INTO counter (name, value) VALUES (?1, ?2)
            ON CONFLICT (name) DO UPDATE SET value = value + excluded.value
            """
    }
}

import TraceModel

extension Migration {
    /// The first schema: structure, payload, summaries and text index.
    static let version1: [String] = tables + indexes + facetFields + textIndex + views

    private static let tables = [
        "CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
        """
        CREATE TABLE resource (
            id INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, service INTEGER, attributes TEXT NOT NULL,
            dropped_attributes INTEGER NOT NULL, schema_url TEXT NOT NULL)
        """,
        """
        CREATE TABLE scope (
            id INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, version TEXT NOT NULL,
            attributes TEXT NOT NULL, dropped_attributes INTEGER NOT NULL, schema_url TEXT NOT NULL)
        """,
        "CREATE TABLE shape (id INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, keys TEXT NOT NULL)",
        "CREATE TABLE shape_key (key TEXT NOT NULL, shape INTEGER NOT NULL, PRIMARY KEY (key, shape)) WITHOUT ROWID",
        """
        CREATE TABLE trace (
            key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT, start_ns INTEGER, end_ns INTEGER,
            duration_ns INTEGER, span_count INTEGER NOT NULL, error_count INTEGER NOT NULL,
            services TEXT NOT NULL, agents TEXT NOT NULL, models TEXT NOT NULL,
            tokens_input INTEGER, tokens_output INTEGER, tokens_total INTEGER,
            model_calls INTEGER NOT NULL, model_calls_with_tokens INTEGER NOT NULL, session TEXT,
            findings TEXT NOT NULL, longest_span_ns INTEGER, most_span_tokens INTEGER,
            next_number INTEGER NOT NULL, dirty INTEGER NOT NULL)
        """,
        """
        CREATE TABLE span (
            key INTEGER PRIMARY KEY, packed BLOB NOT NULL, trace INTEGER NOT NULL, id INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            parent INTEGER, name INTEGER NOT NULL, service INTEGER, kind INTEGER NOT NULL, status INTEGER NOT NULL,
            is_error INTEGER NOT NULL, is_cancelled INTEGER NOT NULL, marks INTEGER NOT NULL,
            start_ns INTEGER, end_ns INTEGER, agent_source INTEGER NOT NULL, agent INTEGER, agent_instance INTEGER,
            model_requested INTEGER, model_resolved INTEGER, tool INTEGER, error_type INTEGER,
            first_chunk_ns INTEGER, tokens_input INTEGER, tokens_output INTEGER,
            tokens_cache_read INTEGER, tokens_cache_write INTEGER, tokens_reasoning INTEGER,
            session INTEGER, otel_kind INTEGER NOT NULL, resource INTEGER NOT NULL, scope INTEGER NOT NULL,
            shape INTEGER, digest INTEGER NOT NULL)
        """,
        """
        CREATE TABLE span_payload (
            key INTEGER PRIMARY KEY, attributes TEXT NOT NULL, events TEXT, links TEXT, status_message TEXT,
            trace_state TEXT, flags INTEGER, dropped_attributes INTEGER, dropped_events INTEGER, dropped_links INTEGER)
        """,
        """
        CREATE TABLE log_record (
            id INTEGER PRIMARY KEY, trace_id BLOB NOT NULL, span_id INTEGER NOT NULL, digest INTEGER NOT NULL,
            text_key INTEGER, time_ns INTEGER, event TEXT NOT NULL, resource INTEGER NOT NULL, scope INTEGER NOT NULL)
        """,
        "CREATE TABLE facet_field (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        """
        CREATE TABLE facet (
            trace INTEGER NOT NULL, field INTEGER NOT NULL, value INTEGER NOT NULL, spans INTEGER NOT NULL,
            PRIMARY KEY (trace, field, value)) WITHOUT ROWID
        """,
        """
        CREATE TABLE reject (
            id INTEGER PRIMARY KEY, file TEXT NOT NULL, byte_offset INTEGER, line INTEGER, reason TEXT NOT NULL,
            time_ns INTEGER NOT NULL)
        """,
        "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    ]

    private static let indexes = [
        // Texts are equal to the byte, yet are looked for without regard to case too.
        "CREATE INDEX name_text ON name (text COLLATE NOCASE)",
        // One key of every list order; the row key that SQLite appends breaks ties.
        "CREATE INDEX trace_start ON trace (start_ns)",
        "CREATE INDEX trace_duration ON trace (duration_ns)",
        "CREATE INDEX trace_name ON trace (name)",
        "CREATE INDEX trace_spans ON trace (span_count)",
        "CREATE INDEX trace_errors ON trace (error_count)",
        "CREATE INDEX trace_tokens ON trace (tokens_total)",
        "CREATE INDEX trace_dirty ON trace (dirty) WHERE dirty = 1",
        // Recognises known spans; local to a trace, so that inserts stay fast in a large database.
        "CREATE UNIQUE INDEX span_identity ON span (trace, id, ordinal)",
        // The first rows of a large trace in order of time.
        "CREATE INDEX span_start ON span (trace, start_ns)",
        "CREATE UNIQUE INDEX log_record_identity ON log_record (trace_id, span_id, digest)",
        "CREATE INDEX log_record_text ON log_record (text_key) WHERE text_key IS NOT NULL",
        "CREATE INDEX facet_value ON facet (field, value, trace, spans)",
        """
        CREATE UNIQUE INDEX reject_identity
        ON reject (file, ifnull(byte_offset, -1), ifnull(line, -1), reason)
        """,
    ]

    /// The fields that were counted then.
    private static let facetFields = TraceFacet.Field.allCases.filter { $0.rawValue <= 15 }.map {
        "INSERT INTO facet_field (id, name) VALUES (\($0.rawValue), '\($0.name)')"
    }

    /// Words with their places, without a copy of the text.
    ///
    /// Merging costs more than half of all indexing, so that segments are gathered and merged rarely.
    private static let textIndex = [
        """
        CREATE VIRTUAL TABLE span_text USING fts5(
            text, content = '', detail = full, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'")
        """,
        // The words of the index, for words of which only the beginning is known.
        "CREATE VIRTUAL TABLE span_text_word USING fts5vocab(span_text, instance)",
        "INSERT INTO span_text (span_text, rank) VALUES ('automerge', 0)",
        "INSERT INTO span_text (span_text, rank) VALUES ('crisismerge', 64)",
        "INSERT INTO span_text (span_text, rank) VALUES ('hashsize', 67108864)",
    ]
}

import TraceModel

extension Migration {
    /// Friendly forms of the tables, for people and other programs: hexadecimal ids, names and words in place.
    static let views = [
        """
        CREATE VIEW traces AS SELECT
            key, lower(hex(id)) AS trace_id, name, start_ns AS start_unix_nano, duration_ns, span_count, error_count,
            services, agents, models, tokens_input, tokens_output, session, findings
        FROM trace WHERE span_count > 0
        """,
        """
        CREATE VIEW spans AS SELECT
            span.key AS key, lower(hex(trace.id)) AS trace_id, printf('%016x', span.id) AS span_id,
            CASE WHEN span.parent IS NOT NULL THEN printf('%016x', span.parent) END AS parent_span_id,
            \(text("span.name")) AS name, \(words("span.kind", kinds)) AS kind,
            \(text("span.service")) AS service, \(text("span.agent")) AS agent,
            \(words("span.agent_source", sources)) AS agent_source,
            \(text("span.agent_instance")) AS agent_instance, \(text("span.model_requested")) AS model_requested,
            \(text("span.model_resolved")) AS model_resolved, \(text("span.tool")) AS tool,
            \(words("span.status", statuses)) AS status, span.is_error, span.is_cancelled,
            \(text("span.error_type")) AS error_type, \(text("span.session")) AS session,
            span.start_ns AS start_unix_nano, span.end_ns AS end_unix_nano,
            span.end_ns - span.start_ns AS duration_ns, span.first_chunk_ns,
            span.tokens_input, span.tokens_output, span.tokens_cache_read, span.tokens_cache_write,
            span.tokens_reasoning, span.marks, span_payload.status_message, span_payload.attributes,
            span_payload.events, span_payload.links, resource.attributes AS resource, scope.name AS scope
        FROM span JOIN trace ON trace.key = span.trace JOIN span_payload ON span_payload.key = span.key
            JOIN resource ON resource.id = span.resource JOIN scope ON scope.id = span.scope
        """,
    ]

    private static let kinds = SpanKind.allCases.map { ($0.rawValue, $0.name) }
    private static let sources = IdentitySource.allCases.map { ($0.rawValue, $0.name) }
    private static let statuses = SpanStatus.Code.allCases.map { ($0.rawValue, String(describing: $0)) }

    /// The text behind a reference to `name`.
    static func text(_ column: String) -> String {
        "(SELECT text FROM name WHERE name.id = \(column))"
    }

    /// The words behind the numbers of an enumeration.
    static func words(_ column: String, _ cases: [(Int, String)]) -> String {
        "CASE \(column) " + cases.map { "WHEN \($0.0) THEN '\($0.1)'" }.joined(separator: " ") + " END"
    }
}

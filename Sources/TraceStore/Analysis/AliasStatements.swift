/// The compiled statements of the writer that concern names answered by other models than before; used on the writer's
/// queue only.
struct AliasStatements {
    let selectAliases: PreparedStatement
    let selectNextModel: PreparedStatement
    let selectFirstCall: PreparedStatement
    let selectLastCall: PreparedStatement
    let selectCalls: PreparedStatement
    let selectIsTold: PreparedStatement
    let selectFindings: PreparedStatement
    let deleteFinding: PreparedStatement
    let deleteFacets: PreparedStatement
    let replaceFacet: PreparedStatement
    let selectRules: PreparedStatement
    let updateRules: PreparedStatement

    init(_ connection: OpaquePointer) throws(SQLiteFailure) {
        func prepare(_ sql: String) throws(SQLiteFailure) -> PreparedStatement {
            try PreparedStatement(sql, on: connection)
        }
        selectAliases = try prepare(SQL.selectAliases)
        selectNextModel = try prepare(SQL.selectNextModel)
        selectFirstCall = try prepare(SQL.selectFirstCall)
        selectLastCall = try prepare(SQL.selectLastCall)
        selectCalls = try prepare(SQL.selectCalls)
        selectIsTold = try prepare(SQL.selectIsTold)
        selectFindings = try prepare(SQL.selectFindings)
        deleteFinding = try prepare(SQL.deleteFinding)
        deleteFacets = try prepare(SQL.deleteFacets)
        replaceFacet = try prepare(SQL.replaceFacet)
        selectRules = try prepare(SQL.selectRules)
        updateRules = try prepare(SQL.updateRules)
    }

    /// The SQL behind the statements; all questions about calls are single steps or short walks in `span_alias`.
    enum SQL {
        static let selectAliases = "SELECT DISTINCT value FROM facet WHERE field = 4"
        static let selectNextModel = """
            SELECT min(model_resolved) FROM span WHERE model_requested = ?1 AND model_resolved > ?2
            """
        static let selectFirstCall = """
            SELECT min(start_ns) FROM span WHERE model_requested = ?1 AND model_resolved = ?2
            """
        static let selectLastCall = """
            SELECT max(start_ns) FROM span WHERE model_requested = ?1 AND model_resolved = ?2 AND start_ns < ?3
            """
        /// The calls that a model answered in a span of time.
        static let selectCalls = """
            SELECT key, start_ns FROM span
            WHERE model_requested = ?1 AND model_resolved = ?2 AND start_ns BETWEEN ?3 AND ?4 ORDER BY start_ns, key
            """
        /// Whether a span has a finding of the rule without the mark.
        static let selectIsTold = "SELECT 1 FROM finding WHERE span = ?1 AND rule = ?2 AND instr(evidence, ?3) = 0"
        /// Findings of a rule whose evidence has a mark.
        static let selectFindings = """
            SELECT id, trace, span, severity, message FROM finding INDEXED BY finding_trace
            WHERE trace IN (SELECT trace FROM facet WHERE field = 16 AND value = ?1) AND rule = ?1
                AND instr(evidence, ?2) > 0
            """
        static let deleteFinding = "DELETE FROM finding WHERE id = ?1"
        /// What a trace is found by because of its findings, but for other rules.
        static let deleteFacets = """
            DELETE FROM facet WHERE trace = ?1 AND (field IN (17, 18) OR field = 16 AND value = ?2)
            """
        static let replaceFacet = "INSERT OR REPLACE INTO facet (trace, field, value, spans) VALUES (?1, ?2, ?3, ?4)"
        static let selectRules = "SELECT findings FROM trace WHERE key = ?1"
        static let updateRules = "UPDATE trace SET findings = ?2 WHERE key = ?1"
    }
}

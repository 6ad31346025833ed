/// The compiled statements of the writer that concern redaction, the audit log and provenance.
struct RedactionStatements {
    let select: PreparedStatement
    let replace: PreparedStatement
    let delete: PreparedStatement
    let clearLog: PreparedStatement
    let insertAudit: PreparedStatement
    let replaceProvenance: PreparedStatement

    init(_ connection: OpaquePointer) throws(SQLiteFailure) {
        select = try PreparedStatement(SQL.select, on: connection)
        replace = try PreparedStatement(SQL.replace, on: connection)
        delete = try PreparedStatement(SQL.delete, on: connection)
        clearLog = try PreparedStatement(SQL.clearLog, on: connection)
        insertAudit = try PreparedStatement(SQL.insertAudit, on: connection)
        replaceProvenance = try PreparedStatement(SQL.replaceProvenance, on: connection)
    }

    /// The SQL behind the statements.
    enum SQL {
        static let select = """
            SELECT spans_redacted, spans_raw, policies, counts FROM trace_redaction WHERE trace = ?1
            """
        static let replace = """
            INSERT OR REPLACE INTO trace_redaction (trace, spans_redacted, spans_raw, policies, counts)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """
        static let delete = "DELETE FROM trace_redaction WHERE trace = ?1"
        /// What a log record brought is counted with its trace from now on.
        static let clearLog = "UPDATE log_record SET redaction = NULL WHERE id = ?1"
        static let insertAudit = """
            INSERT INTO audit_log (time_ns, user, action, traces, format, policy, selection)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """
        static let replaceProvenance = "INSERT OR REPLACE INTO provenance (name, value) VALUES (?1, ?2)"
    }
}

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
}

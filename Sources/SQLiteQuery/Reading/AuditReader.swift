import FastJSON
import TraceModel
import TraceQuery
import TraceStore

extension AuditLogRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> [AuditRecord] {
        try AuditReader(session: session).records(limit: limit)
    }
}

/// Lists the audit log.
struct AuditReader {
    let session: ReadSession

    static let select = """
        SELECT time_ns, user, action, traces, format, policy, selection FROM audit_log ORDER BY id DESC LIMIT ?1
        """

    /// The last lines, the newest first.
    func records(limit: Int) throws -> [AuditRecord] {
        guard try session.holdsRedaction() else { return [] }
        let select = try session.statement(Self.select)
        select.bind(1, max(0, limit))
        defer { select.reset() }
        var records: [AuditRecord] = []
        while try select.step() {
            let ids = try JSONValue(parsing: select.text(3) ?? "[]").elements ?? []
            records.append(
                AuditRecord(
                    timeUnixNano: select.int(0), user: select.text(1) ?? "",
                    action: AuditRecord.Action(rawValue: select.text(2) ?? "") ?? .export,
                    traceIDs: ids.compactMap(\.string), format: select.text(4) ?? "", policy: select.text(5) ?? "",
                    selection: select.text(6) ?? ""))
        }
        return records
    }
}

import FastJSON
import TraceModel

/// What a database holds beside traces.
extension RewriteCopy {
    func copyRejects() throws {
        let select = try source.statement(RewriteSource.selectRejects)
        var rejects: [(StoredRejection, Int64)] = []
        while try select.step() {
            let reject = StoredRejection(
                file: treated(select.text(0) ?? "", common), byteOffset: select.optionalInt(1),
                line: select.optionalInt(2), reason: treated(select.text(3) ?? "", common))
            rejects.append((reject, select.int(4)))
            if rejects.count == 4_096 {
                try writer.restore(rejects: rejects)
                rejects.removeAll(keepingCapacity: true)
            }
        }
        try writer.restore(rejects: rejects)
    }

    func copyAuditLog() throws {
        let select = try source.statement(RewriteSource.selectAudit)
        while try select.step() {
            let ids = try JSONValue(parsing: select.text(3) ?? "[]").elements ?? []
            try writer.append(
                audit: AuditRecord(
                    timeUnixNano: select.int(0), user: select.text(1) ?? "",
                    action: AuditRecord.Action(rawValue: select.text(2) ?? "") ?? .export,
                    traceIDs: ids.compactMap(\.string), format: select.text(4) ?? "", policy: select.text(5) ?? "",
                    selection: treated(select.text(6) ?? "", common)))
        }
    }

    func copyProvenance() throws {
        let select = try source.statement(RewriteSource.selectProvenance)
        var values: [String: String] = [:]
        while try select.step() { values[select.text(0) ?? ""] = treated(select.text(1) ?? "", common) }
        if !values.isEmpty { try writer.setProvenance(values) }
    }
}

extension TraceWriter {
    /// Stores rejects of another database with the times at which they were met.
    func restore(rejects: [(StoredRejection, Int64)]) throws(StoreError) {
        try transaction {
            for (reject, time) in rejects { try insert(reject, timeNanos: time) }
        }
    }
}

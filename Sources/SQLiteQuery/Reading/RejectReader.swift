import TraceQuery
import TraceStore

extension RejectsRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> [RejectedRecord] {
        try RejectReader(session: session).records(limit: limit)
    }
}

/// Lists input records that could not be stored.
struct RejectReader {
    let session: ReadSession

    static let select = "SELECT file, byte_offset, line, reason, time_ns FROM reject ORDER BY id LIMIT ?1"

    /// The first rejects in the order in which they were met.
    func records(limit: Int) throws -> [RejectedRecord] {
        let select = try session.statement(Self.select)
        select.bind(1, max(0, limit))
        defer { select.reset() }
        var records: [RejectedRecord] = []
        while try select.step() {
            records.append(
                RejectedRecord(
                    file: select.text(0) ?? "", byteOffset: select.optionalInt(1), line: select.optionalInt(2),
                    reason: select.text(3) ?? "", timeUnixNano: select.int(4)))
        }
        return records
    }
}

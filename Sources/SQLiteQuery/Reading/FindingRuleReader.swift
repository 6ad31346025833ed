import TraceModel
import TraceQuery
import TraceStore

extension FindingRulesRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> [FindingRuleCount] {
        try FindingRuleReader(session: session).counts(findings, session.time(findings.filter))
    }
}

/// Counts findings by rule, in one walk over all findings.
struct FindingRuleReader {
    let session: ReadSession

    /// The findings that count, those of one trace one after the other.
    static func select(_ request: FindingListRequest, _ conditions: FindingReader.Conditions?) -> SQLFragment {
        let kept = conditions.map { conditions in
            SQLFragment(" AND CASE WHEN finding.span IS NULL THEN ") + conditions.trace + SQLFragment(" ELSE ")
                + conditions.span + SQLFragment(" END")
        }
        return SQLFragment(
            """
            SELECT name.text, finding.severity, finding.trace, trace.id, trace.start_ns
            FROM finding INDEXED BY finding_trace CROSS JOIN name ON name.id = finding.rule
                CROSS JOIN trace ON trace.key = finding.trace LEFT JOIN span ON span.key = finding.span
            WHERE finding.severity >= ?
            """, [.integer(Int64(request.minimumSeverity.rawValue))]) + (kept ?? SQLFragment(""))
            + SQLFragment(" ORDER BY finding.trace")
    }

    func counts(_ request: FindingListRequest, _ time: FilterTime) throws -> [FindingRuleCount] {
        guard try session.holdsStreams() else { return [] }
        let conditions = try request.filter.map { try FindingReader.Conditions($0, session, time) }
        let only = try request.trace.map { try ReferenceResolver(session: session).trace($0) }
        var counts: [String: (count: FindingRuleCount, trace: Int64)] = [:]
        let select = try session.statement(Self.select(request, conditions))
        defer { select.reset() }
        while try select.step() {
            let trace = select.int(2)
            guard only == nil || only == trace, let id = select.withBytes(3, { TraceID(bytes: $0) }) else { continue }
            let rule = select.text(0) ?? ""
            let severity = FindingSeverity(rawValue: Int(select.int(1))) ?? .hint
            let start = select.optionalInt(4)
            guard var (count, last) = counts[rule] else {
                let first = FindingRuleCount(
                    rule: rule, severity: severity, traceCount: 1, findingCount: 1, newestTraceID: id,
                    newestStartUnixNano: start)
                counts[rule] = (first, trace)
                continue
            }
            count.findingCount += 1
            if last != trace { count.traceCount += 1 }
            last = trace
            count.severity = max(count.severity, severity)
            if let start, start >= count.newestStartUnixNano ?? .min {
                count.newestTraceID = id
                count.newestStartUnixNano = start
            }
            counts[rule] = (count, last)
        }
        return counts.values.map(\.count).sorted {
            ($1.severity.rawValue, $1.traceCount, $0.rule) < ($0.severity.rawValue, $0.traceCount, $1.rule)
        }
    }
}

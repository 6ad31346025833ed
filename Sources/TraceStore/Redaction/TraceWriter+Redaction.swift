import FastJSON
package import TraceModel

extension TraceWriter {
    /// Notes what became of the texts of a new span.
    func note(_ redaction: SpanRedaction?, ofSpan key: Int64, _ batch: inout WriteBatch) {
        let trace = StoreKey.trace(ofSpan: key)
        if let redaction {
            batch.redactions[trace, default: TraceRedaction()].spansRedacted += 1
            add(redaction, trace: trace, &batch)
        } else if !isRestoring {
            batch.redactions[trace, default: TraceRedaction()].spansRaw += 1
        }
    }

    /// Notes what became of the texts that a further record added to a stored span, which is counted already.
    func note(
        _ redaction: SpanRedaction?, ofRevisedSpan key: Int64, from known: Span, to span: Span,
        _ batch: inout WriteBatch
    ) throws {
        let trace = StoreKey.trace(ofSpan: key)
        guard let redaction else {
            // A trace whose spans are all redacted must not say so when text came in as it was.
            var sum = try storedRedaction(trace) ?? TraceRedaction()
            if let noted = batch.redactions[trace] { Self.add(noted, to: &sum) }
            if sum.spansRaw == 0, sum.spansRedacted > 0 {
                batch.redactions[trace, default: TraceRedaction()].spansRaw += 1
                batch.redactions[trace, default: TraceRedaction()].spansRedacted -= 1
            }
            return
        }
        let counts = redaction.counts.added(from: known, to: span)
        add(SpanRedaction(policy: redaction.policy, counts: counts), trace: trace, &batch)
    }

    /// Notes what was replaced beside the spans of a trace.
    func add(_ redaction: SpanRedaction, trace: Int64, _ batch: inout WriteBatch) {
        var sum = batch.redactions[trace] ?? TraceRedaction()
        if !sum.policies.contains(redaction.policy) { sum.policies.append(redaction.policy) }
        sum.counts.add(redaction.counts)
        batch.redactions[trace] = sum
    }

    /// Adds what was noted to the rows of the traces; what was known before stands in the place of some of these rows.
    func writeRedactions(_ batch: WriteBatch) throws {
        var rows: [Int64: TraceRedaction] = [:]
        for (id, redaction) in batch.knownRedactions {
            if let state = try loadTrace(id) { rows[state.key] = redaction }
        }
        for (trace, noted) in batch.redactions {
            var sum = try rows[trace] ?? storedRedaction(trace) ?? TraceRedaction()
            Self.add(noted, to: &sum)
            rows[trace] = sum
        }
        for (trace, redaction) in rows.sorted(by: { $0.key < $1.key }) { try store(redaction, trace: trace) }
    }

    private static func add(_ noted: TraceRedaction, to sum: inout TraceRedaction) {
        sum.spansRedacted += noted.spansRedacted
        sum.spansRaw += noted.spansRaw
        sum.policies += noted.policies
        sum.counts.add(noted.counts)
    }

    /// Gives what is known of a span that goes away, and of its trace with the last span, to another trace.
    func moveRedaction(from trace: Int64, to other: Int64, isLast: Bool, _ batch: inout WriteBatch) throws {
        var stored = try storedRedaction(trace) ?? TraceRedaction()
        if let noted = batch.redactions.removeValue(forKey: trace) {
            Self.add(noted, to: &stored)
        }
        if isLast {
            for policy in stored.policies {
                add(SpanRedaction(policy: policy, counts: RedactionCounts()), trace: other, &batch)
            }
            batch.redactions[other, default: TraceRedaction()].counts.add(stored.counts)
            try store(TraceRedaction(), trace: trace)
        } else {
            // What was replaced in one of several spans is not told apart.
            if stored.spansRedacted > 0 {
                stored.spansRedacted -= 1
            } else {
                stored.spansRaw = max(0, stored.spansRaw - 1)
            }
            try store(stored, trace: trace)
        }
    }

    private func storedRedaction(_ trace: Int64) throws -> TraceRedaction? {
        let select = statements.redaction.select
        select.bind(1, trace)
        defer { select.reset() }
        guard try select.step() else { return nil }
        return TraceRedaction(
            policies: try StoredRedactionJSON.policies(select.text(2)), spansRedacted: select.count(0),
            spansRaw: select.count(1), counts: try StoredRedactionJSON.counts(select.text(3)))
    }

    /// Stores what is known of a trace; where nothing is, it has no row.
    private func store(_ redaction: TraceRedaction, trace: Int64) throws {
        guard
            redaction.spansRedacted > 0 || redaction.spansRaw > 0 || !redaction.policies.isEmpty
                || !redaction.counts.isEmpty
        else {
            statements.redaction.delete.bind(1, trace)
            try statements.redaction.delete.run()
            return
        }
        let replace = statements.redaction.replace
        replace.bind(1, trace)
        replace.bind(2, redaction.spansRedacted)
        replace.bind(3, redaction.spansRaw)
        replace.bind(4, StoredRedactionJSON.text(policies: redaction.policies))
        replace.bind(5, StoredRedactionJSON.text(redaction.counts))
        try replace.run()
    }

    // MARK: The audit log

    /// Adds a line to the audit log.
    package func append(audit record: AuditRecord) throws(StoreError) {
        try transaction { try insert(record) }
    }

    func insert(_ record: AuditRecord) throws(SQLiteFailure) {
        let insert = statements.redaction.insertAudit
        insert.bind(1, record.timeUnixNano)
        insert.bind(2, record.user)
        insert.bind(3, record.action.rawValue)
        insert.bind(4, StoredStreamJSON.text(record.traceIDs))
        insert.bind(5, record.format)
        insert.bind(6, record.policy)
        insert.bind(7, record.selection)
        try insert.run()
    }

    /// Tells where the database comes from; a name that is there already gets the new value.
    package func setProvenance(_ values: [String: String]) throws(StoreError) {
        try transaction {
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                statements.redaction.replaceProvenance.bind(1, name)
                statements.redaction.replaceProvenance.bind(2, value)
                try statements.redaction.replaceProvenance.run()
            }
        }
    }
}

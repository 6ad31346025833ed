import TraceAssembly
import TraceDialect
import TraceModel

extension TraceWriter {
    /// Stores log records; they join their spans at once or when these arrive.
    func write(logs: [PreparedLog], _ batch: inout WriteBatch) throws {
        for prepared in logs {
            let log = prepared.record
            let resource = try intern(log.resource)
            let scope = try intern(log.scope)
            encoder.removeAll()
            encoder.encode(log.event)
            var digest = ContentDigest()
            digest.add(UInt64(UInt32(bitPattern: resource.reference)) << 32 | UInt64(UInt32(bitPattern: scope)))
            encoder.bytes.withUnsafeBytes { digest.add($0) }
            let insert = statements.insertLog
            insert.bind(blob: 1, log.traceID.bytes)
            insert.bind(2, Int64(bitPattern: log.spanID.rawValue))
            insert.bind(3, digest.value)
            insert.bind(4, log.event.timeUnixNano)
            insert.bind(6, Int64(resource.reference))
            insert.bind(7, Int64(scope))
            insert.bind(8, prepared.redaction.flatMap { StoredRedactionJSON.text($0) })
            try insert.run(binding: encoder.bytes, at: 5)
            guard changedRowCount > 0 else {
                batch.counts.logsKnown += 1
                continue
            }
            batch.counts.logsNew += 1
            batch.loggedSpans.insert(.init(trace: log.traceID, span: log.spanID))
            traces[log.traceID]?.hasLogs = true
        }
    }

    /// Whether log records of the trace are stored.
    func hasLogs(_ id: TraceID) throws(SQLiteFailure) -> Bool {
        statements.selectTraceHasLogs.bind(blob: 1, id.bytes)
        defer { statements.selectTraceHasLogs.reset() }
        return try statements.selectTraceHasLogs.step()
    }

    /// Reads a span together with its log records, and puts texts into the index that are not yet there.
    ///
    /// Gives nil for a span without log records: then its own reading stands.
    func attachLogs(
        to span: Span, key: Int64, _ state: inout WrittenTrace, _ batch: inout WriteBatch
    ) throws -> JoinedSpan? {
        batch.loggedSpans.remove(.init(trace: span.traceID, span: span.spanID))
        let select = statements.selectLogs
        select.bind(blob: 1, span.traceID.bytes)
        select.bind(2, Int64(bitPattern: span.spanID.rawValue))
        var logs: [(id: Int64, event: SpanEvent, hasText: Bool)] = []
        var redactions: [(id: Int64, SpanRedaction)] = []
        while try select.step() {
            let event = select.withBytes(1) { json in
                Result { try PayloadDecoder.event(json) }
            }
            logs.append((select.int(0), try event.get(), !select.isNull(2)))
            if let text = select.text(3), let redaction = try StoredRedactionJSON.redaction(text) {
                redactions.append((select.int(0), redaction))
            }
        }
        guard !logs.isEmpty else { return nil }
        for (id, redaction) in redactions {
            add(redaction, trace: state.key, &batch)
            statements.redaction.clearLog.bind(1, id)
            try statements.redaction.clearLog.run()
        }
        for log in logs where !log.hasText {
            let text = Dialect.searchText(of: log.event, in: span)
            if text.isEmpty { continue }
            let textKey = try nextKey(&state)
            batch.texts[textKey] = text
            statements.updateLogText.bind(1, log.id)
            statements.updateLogText.bind(2, textKey)
            try statements.updateLogText.run()
        }
        let reading = JoinedSpan(span, logs: logs.map(\.event))
        if let stream = PreparedStream(
            in: PreparedSpan(span: reading.span, facts: reading.facts, searchText: ""))
        {
            batch.loggedStreams.append((key, stream))
        }
        return reading
    }

    /// Joins log records of this batch to spans that were stored before.
    func attachLateLogs(_ batch: inout WriteBatch) throws {
        // In an order that no hash decides: keys and references are given on the way.
        let addresses = batch.loggedSpans.sorted { a, b in
            let (left, right) = (a.trace, b.trace)
            return left == right
                ? a.span.rawValue < b.span.rawValue
                : (left.high, left.low) < (right.high, right.low)
        }
        batch.loggedSpans = []
        for address in addresses {
            guard var state = try loadTrace(address.trace) else { continue }
            for stored in try storedSpans(address.span, trace: state.key) {
                guard let packed = stored.packed, let span = try reader.span(stored.key) else { continue }
                guard let reading = try attachLogs(to: span, key: stored.key, &state, &batch) else {
                    continue
                }
                try store(reading, key: stored.key, packed)
                try noteArrival(of: span, reading.facts, key: stored.key, &batch)
                state.isDirty = true
            }
            guard state.isDirty else { continue }
            try updateCounts(state)
            traces[address.trace] = state
            if batch.grown[address.trace] == nil { batch.grown[address.trace] = state.spanCount }
        }
    }

    /// Stores a new reading of a stored span in the place of the older one.
    func store(_ reading: JoinedSpan, key: Int64, _ packed: PackedSpan) throws {
        var columns = StoredColumns(otelKind: reading.span.otelKind, resource: 0, scope: 0)
        columns.key = key
        var draft = SpanDraft(row: packed.row(arrival: StoreKey.number(ofSpan: key)), columns: columns)
        try apply(reading.facts, to: &draft)
        try updateFacts(draft)
        try replaceEvidence(reading.evidence, key: key)
    }

    /// Stores evidence in the place of what was stored before.
    func replaceEvidence(_ evidence: SpanEvidence?, key: Int64) throws(SQLiteFailure) {
        if evidence == nil {
            statements.analysis.deleteEvidence.bind(1, key)
            try statements.analysis.deleteEvidence.run()
        }
        try storeEvidence(evidence, key: key)
    }

    /// Stores what the payload of a span says for the analysis of its trace; nothing where it says nothing.
    func storeEvidence(_ evidence: SpanEvidence?, key: Int64) throws(SQLiteFailure) {
        guard let evidence else { return }
        let insert = statements.analysis.insertEvidence
        insert.bind(1, key)
        insert.bind(blob: 2, evidence.bytes)
        try insert.run()
    }
}

import CSQLite
import TraceAnalysis
import TraceModel

extension TraceWriter {
    var insertedRowID: Int64 { sqlite3_last_insert_rowid(connection) }
    var changedRowCount: Int32 { sqlite3_changes(connection) }

    /// Writes the payload of a span into the encoder, and makes the narrow row as far as the span alone tells it.
    ///
    /// The digest covers everything that a source states, not what was noticed on the way in.
    func encode(_ span: Span) throws -> SpanRecord {
        let resource = try intern(span.resource)
        let scope = try intern(span.scope)
        var structure = TraceSummarizer.Span(id: span.spanID, parent: span.parentSpanID)
        structure.name = try intern(span.name)
        structure.service = resource.label
        structure.resource = resource.reference
        structure.scope = scope
        structure.shape = try internShape(of: span.attributes)
        structure.status = span.status.code
        structure.marks = span.marks.subtracting(.structural)
        structure.startUnixNano = span.startUnixNano
        structure.endUnixNano = span.endUnixNano

        payload.encode(span)
        var digest = ContentDigest()
        digest.add(UInt64(UInt32(bitPattern: resource.reference)) << 32 | UInt64(UInt32(bitPattern: scope)))
        digest.add(span.name)
        digest.add(span.parentSpanID.map { Int64(bitPattern: $0.rawValue) })
        digest.add(Int64(span.otelKind.rawValue << 8 | span.status.code.rawValue))
        digest.add(span.startUnixNano)
        digest.add(span.endUnixNano)
        payload.add(to: &digest)
        return SpanRecord(
            key: 0, ordinal: 0, structure: structure, firstChunk: nil, tokens: TokenUsage(),
            otelKind: span.otelKind, digest: digest.value)
    }

    /// Sets what the dialect read.
    func apply(_ facts: SpanFacts, to record: inout SpanRecord) throws(SQLiteFailure) {
        record.structure.kind = facts.kind
        record.structure.isError = facts.isError
        record.structure.isCancelled = facts.isCancelled
        record.structure.agent = try intern(facts.agentName)
        record.structure.agentInstance = try intern(facts.agentInstance)
        // Inheritance is found in the tree; without a name nothing is declared.
        let isOwn = facts.agentSource == .declared || facts.agentSource == .inferred
        record.structure.agentSource = isOwn && facts.agentName != nil ? facts.agentSource : .missing
        record.structure.modelRequested = try intern(facts.modelRequested)
        record.structure.modelResolved = try intern(facts.modelResolved)
        record.structure.tool = try intern(facts.toolName)
        record.structure.errorType = try intern(facts.errorType)
        record.structure.session = try intern(facts.session)
        record.structure.tokensInput = facts.tokens.input
        record.structure.tokensOutput = facts.tokens.output
        record.tokens = facts.tokens
        record.firstChunk = facts.timeToFirstChunkNanos
    }

    /// Inserts the payload that was encoded last.
    func insertPayload(_ key: Int64) throws(SQLiteFailure) {
        try payload.insert(key, statements.insertPayload)
    }

    /// Inserts the narrow row.
    func insert(_ record: SpanRecord, trace: Int64) throws(SQLiteFailure) {
        let insert = statements.insertSpan
        let structure = record.structure
        insert.bind(1, record.key)
        insert.bind(2, trace)
        insert.bind(3, Int64(bitPattern: structure.id.rawValue))
        insert.bind(4, record.ordinal)
        insert.bind(5, structure.parent.map { Int64(bitPattern: $0.rawValue) })
        insert.bind(6, Int64(structure.name))
        insert.bind(reference: 7, structure.service)
        insert.bind(8, structure.kind.rawValue)
        insert.bind(9, structure.status.rawValue)
        insert.bind(10, structure.isError ? 1 : 0)
        insert.bind(11, structure.isCancelled ? 1 : 0)
        insert.bind(12, structure.marks.rawValue)
        insert.bind(13, structure.startUnixNano)
        insert.bind(14, structure.endUnixNano)
        insert.bind(15, structure.agentSource.rawValue)
        insert.bind(reference: 16, structure.agent)
        insert.bind(reference: 17, structure.agentInstance)
        insert.bind(reference: 18, structure.modelRequested)
        insert.bind(reference: 19, structure.modelResolved)
        insert.bind(reference: 20, structure.tool)
        insert.bind(reference: 21, structure.errorType)
        insert.bind(22, record.firstChunk)
        insert.bind(23, record.tokens.input)
        insert.bind(24, record.tokens.output)
        insert.bind(25, record.tokens.cacheRead)
        insert.bind(26, record.tokens.cacheWrite)
        insert.bind(27, record.tokens.reasoning)
        insert.bind(reference: 28, structure.session)
        insert.bind(29, record.otelKind.rawValue)
        insert.bind(30, Int64(structure.resource))
        insert.bind(31, Int64(structure.scope))
        insert.bind(reference: 32, structure.shape)
        insert.bind(33, record.digest)
        insert.bind(blob: 34, record.packed.bytes)
        record.analysed.bind(to: insert, from: 35)
        try insert.run()
    }

    /// Rewrites what the dialect read in the row of a stored span.
    func updateFacts(_ record: SpanRecord) throws(SQLiteFailure) {
        let update = statements.updateFacts
        let structure = record.structure
        update.bind(1, record.key)
        update.bind(2, structure.kind.rawValue)
        update.bind(3, structure.isError ? 1 : 0)
        update.bind(4, structure.isCancelled ? 1 : 0)
        update.bind(5, structure.agentSource.rawValue)
        update.bind(reference: 6, structure.agent)
        update.bind(reference: 7, structure.agentInstance)
        update.bind(reference: 8, structure.modelRequested)
        update.bind(reference: 9, structure.modelResolved)
        update.bind(reference: 10, structure.tool)
        update.bind(reference: 11, structure.errorType)
        update.bind(12, record.firstChunk)
        update.bind(13, record.tokens.input)
        update.bind(14, record.tokens.output)
        update.bind(15, record.tokens.cacheRead)
        update.bind(16, record.tokens.cacheWrite)
        update.bind(17, record.tokens.reasoning)
        update.bind(reference: 18, structure.session)
        update.bind(blob: 19, record.packed.bytes)
        try update.run()
    }

    /// Adds texts to the index, in ascending order of keys.
    func write(texts: [(key: Int64, text: String)]) throws(SQLiteFailure) {
        let sorted = texts.sorted { $0.key < $1.key }
        var scratch: [UInt8] = []
        for (key, text) in sorted {
            statements.insertText.bind(1, key)
            if TextIndexTokens.isPlain(text) {
                try statements.insertText.run(binding: text, at: 2)
            } else {
                scratch.removeAll(keepingCapacity: true)
                TextIndexTokens.append(text, to: &scratch)
                try statements.insertText.run(binding: scratch, at: 2)
            }
        }
    }

    /// Inserts rejects; one that is known already gets the new time.
    func write(rejects: [StoredRejection], _ batch: inout WriteBatch) throws(SQLiteFailure) {
        for reject in rejects {
            try insert(reject, timeNanos: clock())
            batch.counts.rejected += 1
        }
    }

    func insert(_ reject: StoredRejection, timeNanos: Int64) throws(SQLiteFailure) {
        let insert = statements.insertReject
        insert.bind(1, reject.file)
        insert.bind(2, reject.byteOffset)
        insert.bind(3, reject.line)
        insert.bind(4, reject.reason)
        insert.bind(5, timeNanos)
        try insert.run()
    }

    /// Keeps the totals of the whole database.
    func writeCounters(_ batch: WriteBatch) throws(SQLiteFailure) {
        let totals = [
            ("traces", batch.counts.tracesNew - batch.removedTraces),
            ("spans", batch.counts.spansNew - batch.removedSpans),
        ]
        for (name, count) in totals where count != 0 {
            statements.addToCounter.bind(1, name)
            statements.addToCounter.bind(2, count)
            try statements.addToCounter.run()
        }
    }
}

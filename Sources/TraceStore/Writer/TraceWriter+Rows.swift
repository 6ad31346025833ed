import CSQLite
import TraceAssembly
import TraceModel

extension TraceWriter {
    var insertedRowID: Int64 { sqlite3_last_insert_rowid(connection) }
    var changedRowCount: Int32 { sqlite3_changes(connection) }

    /// Writes the payload of a span into the encoder, and makes the narrow row as far as the span alone tells it.
    ///
    /// The digest covers everything that a source states, not what was noticed on the way in.
    func encode(_ span: Span) throws -> SpanDraft {
        let resource = try intern(span.resource)
        let scope = try intern(span.scope)
        var row = SpanRow(
            arrival: 0, spanID: span.spanID, parentSpanID: span.parentSpanID, name: try intern(span.name))
        row.service = resource.label
        row.status = span.status.code
        row.marks = span.marks.subtracting(.relative)
        row.startUnixNano = span.startUnixNano
        row.endUnixNano = span.endUnixNano
        var columns = StoredColumns(otelKind: span.otelKind, resource: resource.reference, scope: scope)
        columns.shape = try internShape(of: span.attributes)

        payload.encode(span)
        var digest = ContentDigest()
        digest.add(UInt64(UInt32(bitPattern: resource.reference)) << 32 | UInt64(UInt32(bitPattern: scope)))
        digest.add(span.name)
        digest.add(span.parentSpanID.map { Int64(bitPattern: $0.rawValue) })
        digest.add(Int64(span.otelKind.rawValue << 8 | span.status.code.rawValue))
        digest.add(span.startUnixNano)
        digest.add(span.endUnixNano)
        payload.add(to: &digest)
        columns.digest = digest.value
        return SpanDraft(row: row, columns: columns)
    }

    /// Sets what the dialect read.
    func apply(_ facts: SpanFacts, to draft: inout SpanDraft) throws(SQLiteFailure) {
        draft.row.kind = facts.kind
        draft.row.isError = facts.isError
        draft.row.isCancelled = facts.isCancelled
        draft.row.agent = try intern(facts.agentName)
        draft.row.agentInstance = try intern(facts.agentInstance)
        // Inheritance is found in the tree; without a name nothing is declared.
        let isOwn = facts.agentSource == .declared || facts.agentSource == .inferred
        draft.row.agentSource = isOwn && facts.agentName != nil ? facts.agentSource : .missing
        draft.row.modelRequested = try intern(facts.modelRequested)
        draft.row.modelResolved = try intern(facts.modelResolved)
        draft.row.tool = try intern(facts.toolName)
        draft.row.errorType = try intern(facts.errorType)
        draft.row.tokensInput = facts.tokens.input
        draft.row.tokensOutput = facts.tokens.output
        draft.row.timeToFirstChunkNanos = facts.timeToFirstChunkNanos
        draft.columns.session = try intern(facts.session)
        draft.columns.provider = try intern(facts.provider)
        draft.columns.tokens = facts.tokens
    }

    /// Inserts the payload that was encoded last.
    func insertPayload(_ key: Int64) throws(SQLiteFailure) {
        try payload.insert(key, statements.insertPayload)
    }

    /// Inserts the narrow row of a span whose trace is resolved later.
    func insert(_ draft: SpanDraft, trace: Int64) throws(SQLiteFailure) {
        try write(draft.columns, PackedSpan(draft.row) { $0 }, draft.row.ordinal, trace, nil, statements.insertSpan)
    }

    /// Replaces the narrow row of a stored span but for what the analysis of its trace says.
    func update(_ draft: SpanDraft, trace: Int64) throws(SQLiteFailure) {
        try write(draft.columns, PackedSpan(draft.row) { $0 }, draft.row.ordinal, trace, nil, statements.reviseSpan)
    }

    /// Inserts the narrow row of a span of an assembled trace.
    func insert(
        _ columns: StoredColumns, _ row: SpanRow, of assembled: StoredAssembly, trace: Int64
    ) throws(SQLiteFailure) {
        let packed = PackedSpan(row) { assembled.names.reference($0) ?? 0 }
        try write(columns, packed, row.ordinal, trace, assembled.trace.run(of: row), statements.insertSpan)
    }

    private func write(
        _ columns: StoredColumns, _ packed: PackedSpan, _ ordinal: Int32, _ trace: Int64, _ run: AgentRun?,
        _ insert: PreparedStatement
    ) throws(SQLiteFailure) {
        insert.bind(1, columns.key)
        insert.bind(2, trace)
        insert.bind(3, Int64(bitPattern: packed.id.rawValue))
        insert.bind(4, Int64(ordinal))
        insert.bind(5, packed.parent.map { Int64(bitPattern: $0.rawValue) })
        insert.bind(6, Int64(packed.name))
        insert.bind(reference: 7, packed.service)
        insert.bind(8, packed.status.rawValue)
        insert.bind(9, packed.marks.rawValue)
        insert.bind(10, packed.start)
        insert.bind(11, packed.end)
        insert.bind(12, columns.otelKind.rawValue)
        insert.bind(13, Int64(columns.resource))
        insert.bind(14, Int64(columns.scope))
        insert.bind(reference: 15, columns.shape)
        insert.bind(16, columns.digest)
        insert.bind(17, columns.sources)
        bindFacts(columns, packed, to: insert, from: 18)
        bind(packed, run, to: insert, from: 38)
        try insert.run()
    }

    /// Rewrites what the dialect read in the row of a stored span.
    func updateFacts(_ draft: SpanDraft) throws(SQLiteFailure) {
        let update = statements.updateFacts
        update.bind(1, draft.columns.key)
        bindFacts(draft.columns, PackedSpan(draft.row) { $0 }, to: update, from: 2)
        try update.run()
    }

    /// Binds the reading of a span, and the blob that holds it too, to twenty parameters in a row.
    private func bindFacts(
        _ columns: StoredColumns, _ packed: PackedSpan, to statement: PreparedStatement, from first: Int32
    ) {
        statement.bind(first, packed.kind.rawValue)
        statement.bind(first + 1, packed.isError ? 1 : 0)
        statement.bind(first + 2, packed.isCancelled ? 1 : 0)
        statement.bind(first + 3, packed.agentSource.rawValue)
        statement.bind(reference: first + 4, packed.agent)
        statement.bind(reference: first + 5, packed.agentInstance)
        statement.bind(reference: first + 6, packed.modelRequested)
        statement.bind(reference: first + 7, packed.modelResolved)
        statement.bind(reference: first + 8, packed.tool)
        statement.bind(reference: first + 9, packed.errorType)
        statement.bind(first + 10, packed.firstChunk)
        statement.bind(first + 11, packed.tokensInput)
        statement.bind(first + 12, packed.tokensOutput)
        statement.bind(first + 13, columns.tokens.cacheRead)
        statement.bind(first + 14, columns.tokens.cacheWrite)
        statement.bind(first + 15, columns.tokens.reasoning)
        statement.bind(first + 16, columns.tokens.inputStated)
        statement.bind(reference: first + 17, columns.provider)
        statement.bind(reference: first + 18, columns.session)
        statement.bind(blob: first + 19, packed.bytes)
    }

    /// Binds run, attempt, reason, step and clock to five parameters in a row.
    func bind(_ packed: PackedSpan, _ run: AgentRun?, to statement: PreparedStatement, from first: Int32) {
        statement.bind(reference: first, packed.agentRun)
        statement.bind(reference: first + 1, run.map { Int32(clamping: $0.attempt) } ?? 0)
        statement.bind(first + 2, run?.attemptReason.map { Int64($0.rawValue) })
        statement.bind(reference: first + 3, packed.step)
        statement.bind(first + 4, Int64(packed.clock))
    }

    /// Adds texts to the index, in ascending order of keys, and takes out what they replace.
    func writeTexts(_ batch: WriteBatch) throws(SQLiteFailure) {
        var scratch: [UInt8] = []
        for (key, text) in batch.texts.sorted(by: { $0.key < $1.key }) {
            if let stale = batch.staleTexts[key] {
                try write(stale, key: key, with: statements.streams.deleteText, at: 2, &scratch)
            }
            try write(text, key: key, with: statements.insertText, at: 2, &scratch)
        }
    }

    /// Hands a text of the index to a statement whose first parameter is its key.
    private func write(
        _ text: String, key: Int64, with statement: PreparedStatement, at index: Int32, _ scratch: inout [UInt8]
    ) throws(SQLiteFailure) {
        if text.isEmpty { return }
        statement.bind(1, key)
        if TextIndexTokens.isPlain(text) {
            try statement.run(binding: text, at: index)
        } else {
            scratch.removeAll(keepingCapacity: true)
            TextIndexTokens.append(text, to: &scratch)
            try statement.run(binding: scratch, at: index)
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
            ("traces", batch.tracesGained), ("spans", batch.spansGained),
        ]
        for (name, count) in totals where count != 0 {
            statements.addToCounter.bind(1, name)
            statements.addToCounter.bind(2, count)
            try statements.addToCounter.run()
        }
    }
}

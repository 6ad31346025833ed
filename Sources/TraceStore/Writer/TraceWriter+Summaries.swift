import TraceAssembly
import TraceModel

extension TraceWriter {
    /// Stores counts and times of a trace that grew or changed; the rest follows with its next summary.
    func updateCounts(_ state: WrittenTrace) throws(SQLiteFailure) {
        let update = statements.growTrace
        update.bind(1, state.key)
        update.bind(2, state.nextNumber)
        update.bind(3, state.isDirty ? 1 : 0)
        update.bind(4, state.spanCount)
        update.bind(5, state.errorCount)
        update.bind(6, state.start)
        update.bind(7, state.end)
        update.bind(8, state.duration)
        update.bind(9, state.longestSpan)
        update.bind(10, state.mostTokens)
        try update.run()
    }

    /// Sums up again what is worth it: traces that doubled, and small ones as far as the credit reaches.
    ///
    /// Every record written earns the reading of one span, so that the cost of all early summaries stays linear in the
    /// spans, however small the batches are in which a trace arrives.
    func summarizeGrown(_ batch: WriteBatch) throws {
        let written = batch.recordsWritten
        summaryCredit = min(summaryCredit + written, 4 * max(written, 1024))
        let grown = batch.grown.keys.compactMap { id in traces[id].map { (id: id, count: $0.spanCount, key: $0.key) } }
        for (id, count, _) in grown.sorted(by: { ($0.count, $0.key) < ($1.count, $1.key) }) {
            guard var state = traces[id], state.isDirty else { continue }
            let hasDoubled = count >= 2 * state.summarizedCount
            guard hasDoubled || count <= summaryCredit else { continue }
            if !hasDoubled { summaryCredit -= count }
            let summary = try summarize(state.key)
            state.isDirty = false
            state.summarizedCount = summary.spanCount
            state.errorCount = summary.errorCount
            traces[id] = state
        }
    }

    /// Sums up traces that are marked as changed; true when none is left.
    func summarizeDirty(spansAtMost limit: Int) throws -> Bool {
        let select = statements.selectDirtyTraces
        var found: [(key: Int64, id: TraceID?, count: Int)] = []
        while try select.step() {
            found.append((select.int(0), select.withBytes(1) { TraceID(bytes: $0) }, select.count(2)))
        }
        var left = limit
        for (index, trace) in found.enumerated() {
            _ = try summarize(trace.key)
            if let id = trace.id { traces[id] = nil }
            left -= trace.count
            if left <= 0 && index + 1 < found.count { return false }
        }
        return found.count < WriterStatements.SQL.dirtyTraceLimit
    }

    /// Reads the records of a trace, assembles them and stores what follows from them.
    @discardableResult
    func summarize(_ key: Int64) throws -> TraceSummary {
        let select = statements.streams.selectTraceID
        select.bind(1, key)
        defer { select.reset() }
        guard try select.step(), let id = select.withBytes(0, { TraceID(bytes: $0) }) else {
            throw StoreError.corrupt(path: path, detail: "a row of table trace has no id")
        }
        let gathered = try gather(key, id, expecting: OutOfRange.room(select.count(1)))
        summarizedSpanCount += gathered.records.count
        let assembled = try assemble(gathered)
        try storeResolution(of: assembled, trace: key)
        try updateTrace(key, assembled)
        return assembled.trace.summary
    }

    /// Writes marks, agents and what the analysis says of the spans where the rows say otherwise.
    private func storeResolution(of assembled: StoredAssembly, trace: Int64) throws(SQLiteFailure) {
        let keys = StoreKey.spans(ofTrace: trace)
        let select = statements.selectResolution
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        let update = statements.updateResolution
        var arrival = 0
        // The update touches no column that the walk depends on.
        while arrival < assembled.trace.rows.count, try select.step() {
            defer { arrival += 1 }
            guard var packed = select.withBytes(1, { PackedSpan($0) }) else { continue }
            let known = packed
            let row = assembled.trace.row(ofArrival: arrival)
            let run = assembled.trace.run(of: row)
            packed.marks = row.marks
            packed.agent = assembled.names.reference(row.agent) ?? 0
            packed.agentInstance = assembled.names.reference(row.agentInstance) ?? 0
            packed.agentSource = row.agentSource
            (packed.agentRun, packed.step, packed.clock) = (row.agentRun, row.step, row.clock)
            packed.countedBy = row.countedBy
            let isStated = known.firstChunk != nil && !known.isFirstChunkOfStream
            packed.firstChunk = row.timeToFirstChunkNanos
            packed.isFirstChunkOfStream = packed.firstChunk != nil && !isStated
            let isAttemptKnown =
                select.reference(2) == Int32(clamping: run?.attempt ?? 0)
                && select.optionalInt(3) == run?.attemptReason.map { Int64($0.rawValue) }
            if packed == known, isAttemptKnown { continue }
            update.bind(1, select.int(0))
            update.bind(blob: 2, packed.bytes)
            update.bind(3, packed.marks.rawValue)
            update.bind(reference: 4, packed.agent)
            update.bind(reference: 5, packed.agentInstance)
            update.bind(6, packed.agentSource.rawValue)
            bind(packed, run, to: update, from: 7)
            update.bind(12, packed.firstChunk)
            try update.run()
        }
        select.reset()
    }
}

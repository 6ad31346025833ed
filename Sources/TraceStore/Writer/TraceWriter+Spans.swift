import TraceAssembly
import TraceModel

extension TraceWriter {
    /// Stores spans trace by trace, the older traces first, so that all keys ascend.
    func write(spans: [PreparedSpan], _ batch: inout WriteBatch) throws {
        guard !spans.isEmpty else { return }
        var places: [TraceID: Int] = [:]
        var groups: [(id: TraceID, key: Int64, spans: [Int])] = []
        for (index, prepared) in spans.enumerated() {
            let id = prepared.span.traceID
            // Neighbours mostly belong together.
            if let last = groups.indices.last, groups[last].id == id {
                groups[last].spans.append(index)
            } else if let place = places[id] {
                groups[place].spans.append(index)
            } else {
                places[id] = groups.count
                groups.append((id, 0, [index]))
            }
        }
        if traces.count > 16_384 { traces.removeAll(keepingCapacity: true) }
        for index in groups.indices {
            groups[index].key = try loadTrace(groups[index].id)?.key ?? .max
        }
        groups.sort { $0.key < $1.key }
        for group in groups {
            let members = isRestoring ? group.spans.map { spans[$0] } : folded(group.spans.map { spans[$0] }, &batch)
            if var state = traces[group.id] {
                try grow(group.id, &state, by: members, &batch)
                traces[group.id] = state
            } else {
                traces[group.id] = try create(group.id, with: members, &batch)
            }
        }
    }

    /// The state of a stored trace; nil for a new one.
    func loadTrace(_ id: TraceID) throws(SQLiteFailure) -> WrittenTrace? {
        if let state = traces[id] { return state }
        let select = statements.selectTrace
        select.bind(blob: 1, id.bytes)
        guard try select.step() else { return nil }
        var state = WrittenTrace(key: select.int(0))
        state.nextNumber = select.int(1)
        state.ownNumber = state.nextNumber
        state.spanCount = select.count(2)
        state.errorCount = select.count(3)
        state.start = select.optionalInt(4)
        state.end = select.optionalInt(5)
        state.longestSpan = select.optionalInt(6)
        state.mostTokens = select.optionalInt(7)
        state.isDirty = select.int(8) != 0
        state.summarizedCount = state.spanCount
        select.reset()
        state.hasLogs = try hasLogs(id)
        traces[id] = state
        return state
    }

    /// Stores a trace that is new: the tree is known at once, so that every row is written only once.
    private func create(
        _ id: TraceID, with spans: some Collection<PreparedSpan>, _ batch: inout WriteBatch
    ) throws -> WrittenTrace {
        lastTraceKey += 1
        var state = WrittenTrace(key: lastTraceKey)
        state.hasLogs = try hasLogs(id)
        noteContested(spans, &batch)
        var columns: [StoredColumns] = []
        var gathered = GatheredTrace(id, expecting: spans.count)
        var ordinals: [SpanID: Int32] = [:]
        for prepared in spans {
            var draft = try encode(prepared.span)
            draft.row.ordinal = ordinals[draft.row.spanID] ?? 0
            if draft.row.ordinal > 0 { batch.counts.spansDuplicated += 1 }
            ordinals[draft.row.spanID] = draft.row.ordinal + 1
            try complete(&draft, of: prepared, &state, &batch)
            try gather(draft, into: &gathered)
            columns.append(draft.columns)
        }
        let assembled = try assemble(gathered)
        for (arrival, columns) in columns.enumerated() {
            let row = assembled.trace.row(ofArrival: arrival)
            state.add(row)
            try insert(columns, row, of: assembled, trace: state.key)
        }
        state.summarizedCount = state.spanCount
        try insertTrace(id, state, assembled)
        batch.counts.tracesNew += 1
        return state
    }

    /// Stores further spans of a known trace; its tree is resolved again later.
    private func grow(
        _ id: TraceID, _ state: inout WrittenTrace, by spans: some Sequence<PreparedSpan>, _ batch: inout WriteBatch
    ) throws {
        noteContested(spans, &batch)
        let countBefore = state.spanCount
        let revisedBefore = batch.counts.spansRevised
        for prepared in spans {
            var draft = try encode(prepared.span)
            let address = WriteBatch.SpanAddress(trace: id, span: draft.row.spanID)
            let (others, nextOrdinal, known) = try self.others(of: draft, at: address, trace: state.key)
            if !isRestoring, prepared.origins.isEmpty, let known {
                batch.counts.spansKnown += prepared.recordCount
                if Int64(StoreKey.number(ofSpan: known)) >= state.ownNumber {
                    batch.counts.unite([prepared.span.marks, draft.row.marks], into: draft.row.marks)
                }
                continue
            }
            if !isRestoring, try revise(others, with: prepared, &state, &batch) { continue }
            // Encoded once more: what was looked at in between used the same buffers.
            if !isRestoring, !others.isEmpty { draft = try encode(prepared.span) }
            if nextOrdinal > 0 {
                draft.row.ordinal = nextOrdinal
                batch.contested.insert(address)
                batch.counts.spansDuplicated += 1
                draft.row.marks.insert(.duplicateSpanID)
                for other in others { try mark(other, .duplicateSpanID) }
            }
            if draft.row.parentSpanID == draft.row.spanID { draft.row.marks.insert(.selfParent) }
            try complete(&draft, of: prepared, &state, &batch)
            state.add(draft.row)
            try insert(draft, trace: state.key)
            crowds[address]?.add(draft)
        }
        guard state.spanCount > countBefore || batch.counts.spansRevised > revisedBefore else { return }
        state.isDirty = true
        try updateCounts(state)
        // A trace may come up twice in a batch, through its spans and through its log records.
        if batch.grown[id] == nil { batch.grown[id] = countBefore }
    }

    /// Gives a new span its key, its reading with log records, its payload row and its text.
    private func complete(
        _ draft: inout SpanDraft, of prepared: PreparedSpan, _ state: inout WrittenTrace, _ batch: inout WriteBatch
    ) throws {
        let key = try nextKey(&state)
        draft.columns.key = key
        draft.row.arrival = StoreKey.number(ofSpan: key)
        try insertPayload(key)
        batch.counts.spansNew += 1
        batch.counts.spansRevised += prepared.recordCount - 1
        note(prepared.redaction, ofSpan: key, &batch)
        if let stream = prepared.stream { batch.restored.append((key, stream, prepared)) }
        if !prepared.searchText.isEmpty { batch.texts[key] = prepared.searchText }
        draft.columns.sources = prepared.origins.count > 1 ? Int64(prepared.origins.count) : nil
        try write(prepared.origins, ofSpan: key)
        var facts = prepared.facts
        draft.evidence = prepared.evidence
        if state.hasLogs, let joined = try attachLogs(to: prepared.span, key: key, &state, &batch) {
            (facts, draft.evidence) = (joined.facts, joined.evidence)
        }
        try apply(facts, to: &draft)
        try storeEvidence(draft.evidence, key: key)
        try noteArrival(of: prepared.span, facts, key: key, &batch)
        let address = WriteBatch.SpanAddress(trace: prepared.span.traceID, span: prepared.span.spanID)
        if batch.merged.contains(address) || batch.contested.contains(address),
            let stream = PreparedStream(in: prepared)
        {
            batch.loggedStreams.append((key, stream))
        }
    }

    /// Notes ids that several spans have: the streams that such spans tell go by keys, for ids do not tell them apart.
    private func noteContested(_ spans: some Sequence<PreparedSpan>, _ batch: inout WriteBatch) {
        var ids: Set<SpanID> = []
        for prepared in spans where !ids.insert(prepared.span.spanID).inserted {
            batch.contested.insert(.init(trace: prepared.span.traceID, span: prepared.span.spanID))
        }
    }

    func nextKey(_ state: inout WrittenTrace) throws -> Int64 {
        guard state.nextNumber <= StoreKey.maximumNumber else {
            throw StoreError.failed(path: path, detail: "a trace has more than \(StoreKey.maximumNumber) spans")
        }
        defer { state.nextNumber += 1 }
        return StoreKey.span(trace: state.key, number: state.nextNumber)
    }

    /// A stored span, as far as its id concerns it.
    struct StoredSpan {
        var key: Int64
        var digest: Int64
        var packed: PackedSpan?
        var ordinal: Int32
    }

    /// The stored spans of an id in order, at most so many of them.
    func storedSpans(_ id: SpanID, trace: Int64, atMost limit: Int = .max) throws(SQLiteFailure) -> [StoredSpan] {
        let select = statements.selectSpansOfID
        select.bind(1, trace)
        select.bind(2, Int64(bitPattern: id.rawValue))
        select.bind(3, limit)
        defer { select.reset() }
        var found: [StoredSpan] = []
        while try select.step() {
            let packed = select.withBytes(2) { PackedSpan($0) }
            found.append(
                StoredSpan(
                    key: select.int(0), digest: select.int(1), packed: packed,
                    ordinal: Int32(clamping: select.int(3))))
        }
        return found
    }

    private func mark(_ span: StoredSpan, _ mark: SpanMarks) throws(SQLiteFailure) {
        guard var packed = span.packed, !packed.marks.contains(mark) else { return }
        packed.marks.insert(mark)
        statements.markSpan.bind(1, span.key)
        statements.markSpan.bind(2, packed.marks.rawValue)
        statements.markSpan.bind(blob: 3, packed.bytes)
        try statements.markSpan.run()
    }
}

extension TraceID {
    /// The sixteen bytes, big-endian, as the database holds them.
    package var bytes: [UInt8] {
        [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
    }

    /// Reads the sixteen bytes that the database holds.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 16 else { return nil }
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
}

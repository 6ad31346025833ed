import TraceModel

extension TraceWriter {
    /// Keeps the response that a new span states, and notes what a stream may have waited for.
    func noteArrival(of span: Span, _ facts: SpanFacts, key: Int64, _ batch: inout WriteBatch) throws(SQLiteFailure) {
        let kinds = try waitingKinds()
        if let id = facts.responseID, !id.isEmpty {
            let insert = statements.streams.insertResponse
            insert.bind(1, id)
            insert.bind(2, key)
            try insert.run()
            if kinds.responses { batch.arrivals.insert(StreamAddress.response(id)) }
        }
        if kinds.spans { batch.arrivals.insert(StreamAddress.span(span.traceID, span.spanID)) }
    }

    private func waitingKinds() throws(SQLiteFailure) -> StreamAddress.Kinds {
        if let waiting { return waiting }
        let select = statements.streams.selectIsWaiting
        func isWaiting(_ bounds: (String, String)) throws(SQLiteFailure) -> Bool {
            select.bind(1, bounds.0)
            select.bind(2, bounds.1)
            defer { select.reset() }
            return try select.step()
        }
        let kinds = StreamAddress.Kinds(
            responses: try isWaiting(StreamAddress.responses), spans: try isWaiting(StreamAddress.spans))
        waiting = kinds
        return kinds
    }

    /// Moves the streams that waited for a span of this batch.
    func joinArrivals(_ batch: inout WriteBatch) throws {
        for address in batch.arrivals.sorted() {
            guard let owner = StreamAddress.owner(address) else { continue }
            for stream in try waitingStreams(address) {
                guard let target = try ownerKey(owner), target != stream.span else { continue }
                try move(stream, to: target, &batch)
            }
        }
        if !batch.arrivals.isEmpty { waiting = nil }
        batch.arrivals = []
    }

    private func waitingStreams(_ address: String) throws -> [StoredStream] {
        let select = statements.streams.selectWaiting
        select.bind(1, address)
        var found: [StoredStream] = []
        while try select.step() { found.append(StoredStream(select)) }
        return found
    }

    /// Gives a stream to another span; a span that only stood in goes away.
    ///
    /// Where the other span has a stream that tells as much, the moved one is given up.
    func move(_ stream: StoredStream, to target: Int64, _ batch: inout WriteBatch) throws {
        if let other = try storedStream(statements.streams.selectStreamOfSpan, target) {
            let isBetter = stream.rank > other.rank || (other.isFromSpan && stream.rank == other.rank)
            if isBetter {
                try removeStream(other)
                try relocate(stream, to: target)
            } else {
                try removeStream(stream)
            }
        } else {
            try relocate(stream, to: target)
        }
        batch.counts.streamsJoined += 1
        waiting = nil
        try markDirty(traceOfSpan: target, &batch)
        if stream.waitsFor == nil {
            try markDirty(traceOfSpan: stream.span, &batch)
        } else {
            try removeStandIn(stream, for: target, &batch)
        }
    }

    /// Findings are computed again, because some depend on what the span says.
    private func relocate(_ stream: StoredStream, to target: Int64) throws {
        let streams = statements.streams
        let stored = StoredStreamReader(connection)
        let head = try stored.head(ofSpan: stream.span)
        streams.deleteFindings.bind(1, stream.span)
        try streams.deleteFindings.run()
        streams.moveStream.bind(1, stream.key)
        streams.moveStream.bind(2, target)
        try streams.moveStream.run()
        guard let head, let (span, facts) = try storedSpan(target) else { return }
        let chunks = try stored.chunks(of: head)
        let findings = StreamReading.findings(head.figures, chunks, head.info, span: span, facts: facts)
        try insert(findings, span: target)
    }

    /// Removes a span that was stored only because the right one was not there, and its trace when nothing is left.
    private func removeStandIn(_ stream: StoredStream, for target: Int64, _ batch: inout WriteBatch) throws {
        guard let (span, facts) = try storedSpan(stream.span), var state = try loadTrace(span.traceID) else { return }
        let streams = statements.streams
        crowds[WriteBatch.SpanAddress(trace: span.traceID, span: span.spanID)] = nil
        if batch.texts.removeValue(forKey: stream.span) != nil {
            // Its text never got into the index.
        } else if let text = stream.standInText, !text.isEmpty {
            var tokens: [UInt8] = []
            if TextIndexTokens.isPlain(text) {
                tokens = Array(text.utf8)
            } else {
                TextIndexTokens.append(text, to: &tokens)
            }
            streams.deleteText.bind(1, stream.span)
            try streams.deleteText.run(binding: tokens, at: 2)
        }
        if let id = facts.responseID {
            streams.deleteResponse.bind(1, id)
            streams.deleteResponse.bind(2, stream.span)
            try streams.deleteResponse.run()
        }
        for delete in [streams.deleteSpan, streams.deletePayload] {
            delete.bind(1, stream.span)
            try delete.run()
        }
        batch.spansGained -= 1
        state.spanCount -= 1
        try moveRedaction(
            from: state.key, to: StoreKey.trace(ofSpan: target), isLast: state.spanCount <= 0, &batch)
        if state.spanCount > 0 {
            state.isDirty = true
            try updateCounts(state)
            traces[span.traceID] = state
            if batch.grown[span.traceID] == nil { batch.grown[span.traceID] = state.spanCount }
            return
        }
        for delete in [statements.deleteFacets, statements.deleteUsage, streams.deleteTrace] {
            delete.bind(1, state.key)
            try delete.run()
        }
        batch.tracesGained -= 1
        traces[span.traceID] = nil
        batch.grown[span.traceID] = nil
    }

    // MARK: Responses

    /// The span that received a response: of several the innermost model call, of equals the one stored first.
    func spanOfResponse(_ id: String) throws -> Int64? {
        let select = statements.streams.selectResponse
        select.bind(1, id)
        var keys: [Int64] = []
        while try select.step() { keys.append(select.int(0)) }
        guard keys.count > 1 else { return keys.first }
        var spans: [(key: Int64, packed: PackedSpan)] = []
        for key in keys { if let packed = try packedSpan(key) { spans.append((key, packed)) } }
        let models = spans.filter { $0.packed.kind == .llm }
        let candidates = models.isEmpty ? spans : models
        var outer: Set<Int64> = []
        for candidate in candidates {
            try addAncestors(of: candidate.packed, trace: StoreKey.trace(ofSpan: candidate.key), to: &outer)
        }
        return candidates.first { !outer.contains($0.key) }?.key ?? candidates.first?.key
    }

    func packedSpan(_ key: Int64) throws(SQLiteFailure) -> PackedSpan? {
        let select = statements.streams.selectPacked
        select.bind(1, key)
        defer { select.reset() }
        return try select.step() ? select.withBytes(0) { PackedSpan($0) } : nil
    }

    /// Adds the keys of all spans above; a cycle ends at the first span that was met.
    private func addAncestors(of span: PackedSpan, trace: Int64, to keys: inout Set<Int64>) throws {
        var parent = span.parent
        while let id = parent {
            guard let stored = try storedSpans(id, trace: trace, atMost: 1).first, keys.insert(stored.key).inserted
            else { return }
            parent = stored.packed?.parent
        }
    }
}

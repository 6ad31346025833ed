import TraceAssembly
import TraceDialect
import TraceModel

extension TraceWriter {
    /// Merges the records of one span that come together; what contradicts stays apart.
    func folded(_ spans: [PreparedSpan], _ batch: inout WriteBatch) -> [PreparedSpan] {
        var counts: [SpanID: Int] = [:]
        counts.reserveCapacity(spans.count)
        for prepared in spans { counts[prepared.span.spanID, default: 0] += 1 }
        guard counts.count < spans.count else { return spans }
        var folds: [SpanID: SpanFold] = [:]
        var folded: [PreparedSpan] = []
        var merged: [(place: Int, id: SpanID, number: Int)] = []
        folded.reserveCapacity(spans.count)
        for prepared in spans {
            let id = prepared.span.spanID
            guard counts[id] ?? 0 > 1 else {
                folded.append(prepared)
                continue
            }
            switch folds[id, default: SpanFold()].add(prepared) {
            case .first(let number):
                merged.append((folded.count, id, number))
                folded.append(prepared)
            case .merged(let isRevised, let before, let after):
                batch.counts.unite([before, prepared.span.marks], into: after)
                if !isRevised { batch.counts.spansKnown += prepared.recordCount }
                batch.merged.insert(.init(trace: prepared.span.traceID, span: id))
            }
        }
        for (place, id, number) in merged {
            if let span = folds[id]?.span(number) { folded[place] = span }
        }
        return folded
    }

    /// Takes a further record into the stored span that it tells of; false where it contradicts all of that id.
    func revise(
        _ others: [StoredSpan], with prepared: PreparedSpan, _ state: inout WrittenTrace, _ batch: inout WriteBatch
    ) throws -> Bool {
        // Databases of older versions hold the start and the end of a span apart.
        let end = prepared.span.endUnixNano
        let others = others.filter { other in
            // What these columns contradict needs no look at the payload.
            guard let packed = other.packed else { return false }
            return packed.start == nil || prepared.span.startUnixNano == nil
                || packed.start == prepared.span.startUnixNano
        }
        let candidates = others.filter { $0.packed?.end == end } + others.filter { $0.packed?.end != end }
        for other in candidates {
            guard let packed = other.packed, let known = try reader.span(other.key) else { continue }
            let span: Span
            let isRevised: Bool
            switch SpanRevision.merge(known, prepared.span) {
            case .conflict: continue
            case .known: (span, isRevised) = (known, false)
            case .revised(let revised): (span, isRevised) = (revised, true)
            }
            let (origins, isOriginNew) = try origins(ofSpan: other.key, known, with: prepared)
            let sources = origins.count > 1 ? Int64(origins.count) : nil
            let isOwn = Int64(StoreKey.number(ofSpan: other.key)) >= state.ownNumber
            batch.counts.unite((isOwn ? [known.marks] : []) + [prepared.span.marks], into: span.marks)
            if isRevised {
                batch.counts.spansRevised += prepared.recordCount
                var draft = try rewrite(other.key, packed, from: known, to: span, prepared, &state, &batch)
                draft.row.ordinal = other.ordinal
                draft.columns.sources = sources
                try update(draft, trace: state.key)
                crowds[WriteBatch.SpanAddress(trace: span.traceID, span: span.spanID)]?.update(draft)
                state.replace(packed, with: draft.row)
            } else {
                batch.counts.spansKnown += prepared.recordCount
            }
            if isOriginNew || isRevised {
                try replace(origins: SpanOrigin.needed(origins, for: span), ofSpan: other.key)
            }
            if isOriginNew, !isRevised {
                statements.setSources.bind(1, other.key)
                statements.setSources.bind(2, sources)
                try statements.setSources.run()
            }
            batch.merged.insert(.init(trace: span.traceID, span: span.spanID))
            return true
        }
        return false
    }

    /// Replaces all of a stored span but its row, which it gives.
    private func rewrite(
        _ key: Int64, _ packed: PackedSpan, from known: Span, to span: Span, _ prepared: PreparedSpan,
        _ state: inout WrittenTrace, _ batch: inout WriteBatch
    ) throws -> SpanDraft {
        rewrittenSpanCount += 1
        var span = span
        let text = Dialect.searchText(of: span)
        if !text.isComplete { span.marks.insert(.oversized) }
        replaceText(key, Dialect.searchText(of: known).text, with: text.text, &batch)
        var draft = try encode(span)
        try payload.insert(key, statements.replacePayload)
        let reading: JoinedSpan
        if state.hasLogs, let joined = try attachLogs(to: span, key: key, &state, &batch) {
            reading = joined
        } else {
            reading = JoinedSpan(span, logs: [])
            if let stream = PreparedStream(in: PreparedSpan(span: span, facts: reading.facts, searchText: "")) {
                batch.loggedStreams.append((key, stream))
            }
        }
        try apply(reading.facts, to: &draft)
        draft.row.marks.formUnion(reading.facts.marks)
        draft.row.arrival = StoreKey.number(ofSpan: key)
        draft.columns.key = key
        draft.row.marks.formUnion(packed.marks.intersection(.relative))
        // Until the tree is looked at again, what it said stands.
        if draft.row.agentSource == .missing, packed.agentSource == .inherited {
            (draft.row.agent, draft.row.agentInstance, draft.row.agentSource) =
                (packed.agent, packed.agentInstance, .inherited)
        }
        (draft.row.agentRun, draft.row.step, draft.row.clock) = (packed.agentRun, packed.step, packed.clock)
        try replaceEvidence(reading.evidence, key: key)
        try noteArrival(of: span, reading.facts, key: key, &batch)
        try note(prepared.redaction, ofRevisedSpan: key, from: known, to: span, &batch)
        return draft
    }

    private func replaceText(_ key: Int64, _ old: String, with new: String, _ batch: inout WriteBatch) {
        if batch.texts[key] == nil {
            guard old != new else { return }
            if batch.staleTexts[key] == nil { batch.staleTexts[key] = old }
        }
        batch.texts[key] = new
    }

    // MARK: Sources

    /// The sources of a stored span after another record, and whether that changed them.
    private func origins(
        ofSpan key: Int64, _ known: Span, with arriving: PreparedSpan
    ) throws -> (origins: [SpanOrigin], isNew: Bool) {
        var stored = try reader.origins(ofSpan: key)
        if stored.isEmpty { stored = [SpanOrigin(of: known)] }
        let united = SpanOrigin.unite(stored, of: known, with: arriving.span, origins: arriving.origins)
        return (united, united != stored)
    }

    private func replace(origins: [SpanOrigin], ofSpan key: Int64) throws(SQLiteFailure) {
        statements.deleteSources.bind(1, key)
        try statements.deleteSources.run()
        try write(origins, ofSpan: key)
    }

    /// Stores the sources of a span that several records tell of.
    func write(_ origins: [SpanOrigin], ofSpan key: Int64) throws(SQLiteFailure) {
        for origin in origins {
            let insert = statements.insertSource
            let resource = try intern(origin.resource).reference
            let scope = try intern(origin.scope)
            insert.bind(1, key)
            insert.bind(2, origin.digest)
            insert.bind(3, origin.keys)
            insert.bind(4, Int64(resource))
            insert.bind(5, Int64(scope))
            try insert.run()
        }
    }
}

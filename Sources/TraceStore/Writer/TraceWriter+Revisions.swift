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
        var places: [SpanID: [Int]] = [:]
        var folded: [PreparedSpan] = []
        var revised: Set<Int> = []
        var crowds: [SpanID: [PreparedSpan]] = [:]
        for prepared in spans where counts[prepared.span.spanID] ?? 0 > Self.crowd {
            crowds[prepared.span.spanID, default: []].append(prepared)
        }
        folded.reserveCapacity(spans.count)
        for prepared in spans {
            let id = prepared.span.spanID
            if counts[id] ?? 0 > Self.crowd {
                // All of them take the place of the first.
                guard let records = crowds.removeValue(forKey: id) else { continue }
                let first = folded.count
                folded += foldedCrowd(records, &batch)
                for place in first..<folded.count where folded[place].recordCount > 1 { revised.insert(place) }
                continue
            }
            let others = places[id] ?? []
            if others.contains(where: { merge(prepared, into: &folded, at: $0, &revised, &batch) }) { continue }
            places[prepared.span.spanID, default: []].append(folded.count)
            folded.append(prepared)
        }
        // Read only now: a span may have come in a thousand records.
        for place in revised {
            var whole = PreparedSpan(folded[place].span)
            whole.recordCount = folded[place].recordCount
            whole.redaction = folded[place].redaction
            whole.origins = folded[place].origins
            folded[place] = whole
        }
        return folded
    }

    /// Takes a record into another one of the same span; false where they contradict each other.
    private func merge(
        _ arriving: PreparedSpan, into folded: inout [PreparedSpan], at place: Int, _ revised: inout Set<Int>,
        _ batch: inout WriteBatch
    ) -> Bool {
        let before = folded[place]
        guard let (known, isRevised) = Self.merged(before, arriving) else { return false }
        batch.counts.unite([before.span.marks, arriving.span.marks], into: known.span.marks)
        if isRevised { revised.insert(place) } else { batch.counts.spansKnown += 1 }
        folded[place] = known
        batch.merged.insert(.init(trace: known.span.traceID, span: known.span.spanID))
        return true
    }

    /// What two records of one span tell together, and whether the second one said anything new; nil where they
    /// contradict each other.
    private static func merged(
        _ before: PreparedSpan, _ arriving: PreparedSpan
    ) -> (span: PreparedSpan, isRevised: Bool)? {
        var known = before
        var isRevised = false
        switch SpanRevision.merge(before.span, arriving.span) {
        case .conflict: return nil
        case .known: break
        case .revised(let span):
            isRevised = true
            known.span = span
            known.recordCount += arriving.recordCount
            known.redaction = SpanRedaction.merged(before, arriving, into: span)
        }
        let origins = before.origins.isEmpty ? [SpanOrigin(of: before.span)] : before.origins
        known.origins = needed(
            SpanOrigin.unite(origins, of: before.span, with: arriving.span, origins: arriving.origins), for: known.span)
        return (known, isRevised)
    }

    /// More records of one id than this in one batch are merged as chains.
    private static let crowd = 32

    private func foldedCrowd(_ records: [PreparedSpan], _ batch: inout WriteBatch) -> [PreparedSpan] {
        var fold = SpanFold(merge: Self.merged)
        for record in records { fold.add(record) }
        let spans = fold.spans()
        // What is told by none of the spans that are left said nothing new.
        let told = spans.reduce(0) { $0 + $1.recordCount }
        batch.counts.spansKnown += max(0, records.reduce(0) { $0 + $1.recordCount } - told)
        if spans.count < records.count, let first = spans.first?.span {
            batch.counts.unite(records.map(\.span.marks), into: first.marks)
            for other in spans.dropFirst() { batch.counts.unite([], into: other.span.marks) }
            batch.merged.insert(.init(trace: first.traceID, span: first.spanID))
        }
        return spans
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
                crowds[WriteBatch.SpanAddress(trace: span.traceID, span: span.spanID)] = nil
                batch.counts.spansRevised += prepared.recordCount
                var draft = try rewrite(other.key, packed, from: known, to: span, prepared, &state, &batch)
                draft.row.ordinal = other.ordinal
                draft.columns.sources = sources
                try update(draft, trace: state.key)
                state.replace(packed, with: draft.row)
            } else {
                batch.counts.spansKnown += prepared.recordCount
            }
            if isOriginNew || isRevised { try replace(origins: Self.needed(origins, for: span), ofSpan: other.key) }
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

    /// The sources to keep: none where the span itself shows its only one.
    private static func needed(_ origins: [SpanOrigin], for span: Span) -> [SpanOrigin] {
        if origins.count > 1 { return origins }
        let own = SpanOrigin(of: span)
        return origins.first.map { $0.digest == own.digest && $0.keys == own.keys } == true ? [] : origins
    }

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

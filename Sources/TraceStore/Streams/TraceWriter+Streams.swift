import TraceDialect
import TraceModel

extension TraceWriter {
    /// What the writer needs to know of a stored stream.
    struct StoredStream {
        var key: Int64
        var span: Int64
        /// What it waits for while its span only stands in.
        var waitsFor: String?
        var isFromSpan: Bool
        var rank: Int64
        var digest: Int64
        /// Under what the stand-in is in the text index.
        var standInText: String?

        init(_ row: PreparedStatement) {
            key = row.int(0)
            span = row.int(1)
            waitsFor = row.text(2)
            isFromSpan = row.int(3) != 0
            rank = StreamRank.rank(
                TimingQuality(rawValue: Int(row.int(4))) ?? .none, textBytes: row.count(5))
            digest = row.int(6)
            standInText = row.text(7)
        }
    }

    /// Stores streams, each with the span that it belongs to; where that is not there, with its own.
    func write(streams: [PreparedStream], _ batch: inout WriteBatch) throws {
        for stream in streams {
            let span = stream.span.span
            // Of a span that several records tell of, the stream is read out of all of them together.
            let address = WriteBatch.SpanAddress(trace: span.traceID, span: span.spanID)
            if stream.isFromSpan, batch.merged.contains(address) || batch.contested.contains(address) { continue }
            try write(stream, &batch)
        }
        let logged = batch.loggedStreams
        batch.loggedStreams = []
        for (key, stream) in logged {
            let digest = try digest(stream.digest, at: key)
            if try storedStream(statements.streams.selectStreamOfDigest, digest) != nil {
                batch.counts.streamsKnown += 1
            } else {
                try attach(stream, digest: digest, to: key, findings: stream.findings, &batch)
            }
        }
    }

    /// A digest under which no span but this one has a stream: two spans of one id may hold the same chunks.
    func digest(_ digest: Int64, at span: Int64) throws -> Int64 {
        var digest = digest
        while let other = try storedStream(statements.streams.selectStreamOfDigest, digest), other.span != span {
            var next = ContentDigest()
            next.add(digest)
            next.add(span)
            digest = next.value
        }
        return digest
    }

    private func write(_ stream: PreparedStream, _ batch: inout WriteBatch) throws {
        let digest = stream.digest
        let known = try storedStream(statements.streams.selectStreamOfDigest, digest)
        if let known, known.waitsFor == nil || stream.owner == .itself {
            let target = try explicitTarget(stream)
            guard let target, target != known.span else {
                batch.counts.streamsKnown += 1
                return
            }
            // The user names another span than the one it was stored with.
            guard try storedStream(statements.streams.selectStreamOfSpan, target) == nil else {
                batch.counts.streamsKnown += 1
                return
            }
            try move(known, to: target, &batch)
            batch.counts.streamsKnown += 1
            return
        }
        if let known {
            batch.counts.streamsKnown += 1
            if let owner = try ownerKey(stream.owner), owner != known.span { try move(known, to: owner, &batch) }
            return
        }
        if let owner = try ownerKey(stream.owner) ?? itself(stream) {
            let isJoined = !stream.isFromSpan && stream.owner != .itself
            let findings = isJoined ? try findings(of: stream, at: owner) : stream.findings
            if try attach(stream, digest: digest, to: owner, findings: findings, &batch), isJoined {
                batch.counts.streamsJoined += 1
                // Its own span, which brought the counts, is not stored.
                if let redaction = stream.span.redaction {
                    add(redaction, trace: StoreKey.trace(ofSpan: owner), &batch)
                }
            }
            return
        }
        try storeWithStandIn(stream, digest: digest, &batch)
    }

    /// Stores the recording's own span, and the stream with it.
    private func storeWithStandIn(_ stream: PreparedStream, digest: Int64, _ batch: inout WriteBatch) throws {
        let before = batch.counts.spansNew
        try write(spans: [stream.span], &batch)
        guard let key = try spanKey(stream.span.span.traceID, stream.span.span.spanID) else { return }
        // A span that was there for another reason must not go away with the wait.
        let isStandIn = batch.counts.spansNew > before
        try attach(
            stream, digest: digest, to: key, findings: stream.findings,
            waitsFor: isStandIn ? StreamAddress.text(stream.owner) : nil, &batch)
    }

    /// The span that the user named for a recording that the database knows already.
    private func explicitTarget(_ stream: PreparedStream) throws -> Int64? {
        guard case .span(let trace, let span) = stream.owner, !stream.isFromSpan else { return nil }
        return try spanKey(trace, span)
    }

    private func itself(_ stream: PreparedStream) throws -> Int64? {
        guard stream.owner == .itself else { return nil }
        return try spanKey(stream.span.span.traceID, stream.span.span.spanID)
    }

    /// The span that an owner names; nil where it is not there.
    func ownerKey(_ owner: StreamOwner) throws -> Int64? {
        switch owner {
        case .itself, .responseID(nil): return nil
        case .responseID(let id?): return try spanOfResponse(id)
        case .span(let trace, let span): return try spanKey(trace, span)
        }
    }

    /// The first span of an id.
    func spanKey(_ trace: TraceID, _ span: SpanID) throws -> Int64? {
        guard let state = try loadTrace(trace) else { return nil }
        return try storedSpans(span, trace: state.key, atMost: 1).first?.key
    }

    func storedStream(_ select: PreparedStatement, _ value: Int64) throws -> StoredStream? {
        select.bind(1, value)
        defer { select.reset() }
        return try select.step() ? StoredStream(select) : nil
    }

    /// Stores a stream with a span; false where the span has one that tells as much.
    @discardableResult
    private func attach(
        _ stream: PreparedStream, digest: Int64, to span: Int64, findings: [Finding], waitsFor: String? = nil,
        _ batch: inout WriteBatch
    ) throws -> Bool {
        if let other = try storedStream(statements.streams.selectStreamOfSpan, span) {
            guard Self.replaces(stream, other) else {
                batch.counts.streamsKnown += 1
                return false
            }
            try removeStream(other)
            // The same stream as told before, with more of it.
            if !(stream.isFromSpan && other.isFromSpan) { batch.counts.streamsNew += 1 }
        } else {
            batch.counts.streamsNew += 1
        }
        let key = try insert(stream, digest: digest, span: span, waitsFor: waitsFor)
        try insertBlocks(stream.chunks, stream: key)
        try insert(findings, span: span)
        hasStreams = true
        if waitsFor != nil { waiting = nil }
        try markDirty(traceOfSpan: span, &batch)
        return true
    }

    /// Whether a stream takes the place of another one of the same span.
    ///
    /// What a span says again, and more completely, takes the place of what it said before; recordings take the place of
    /// what tells less than they do.
    private static func replaces(_ stream: PreparedStream, _ other: StoredStream) -> Bool {
        if stream.isFromSpan { return other.isFromSpan || stream.rank > other.rank }
        if other.isFromSpan { return stream.rank >= other.rank }
        if case .span = stream.owner { return stream.rank >= other.rank }
        return stream.rank > other.rank
    }

    /// The findings of a stream beside the span that it joins.
    private func findings(of stream: PreparedStream, at key: Int64) throws -> [Finding] {
        guard let (span, facts) = try storedSpan(key) else { return stream.findings }
        return StreamReading.findings(stream.figures, stream.chunks, stream.info, span: span, facts: facts)
    }

    /// A stored span with its log records, as the dialect reads it.
    func storedSpan(_ key: Int64) throws -> (Span, SpanFacts)? {
        guard var span = try reader.span(key) else { return nil }
        span.events += try reader.logEvents(trace: span.traceID, span: span.spanID)
        return (span, Dialect.facts(of: span))
    }

    /// Says that the summary of a trace has to be computed again.
    func markDirty(traceOfSpan key: Int64, _ batch: inout WriteBatch) throws {
        let select = statements.streams.selectTraceID
        select.bind(1, StoreKey.trace(ofSpan: key))
        defer { select.reset() }
        guard try select.step(), let id = select.withBytes(0, { TraceID(bytes: $0) }),
            var state = try loadTrace(id)
        else { return }
        state.isDirty = true
        try updateCounts(state)
        traces[id] = state
        if batch.grown[id] == nil { batch.grown[id] = state.spanCount }
    }
}

import CSQLite
package import TraceModel

/// Writes traces that were read from a database into a smaller one of the same kind.
///
/// The same spans in the same order give the same bytes, however they are divided into calls; and what is exported from
/// the result in that order is the result again. `finish` leaves one file; whatever ends the export before leaves none.
package final class SQLiteExport {
    private let path: String
    private let policy: String?
    private let scratch: ScratchFile
    private var writer: TraceWriter?
    private var waiting = WaitingRecords()
    private var lastTrace: TraceID?
    private var lastKnown: TraceRedaction?
    private var lastCount = 0

    /// - Parameters:
    ///   - path: a file that is made here, or is empty.
    ///   - policy: under which the spans were redacted on their way here; nil where they were not.
    ///   - provenance: what the database tells of where it comes from, such as `selection`.
    package init(path: String, policy: String?, provenance: [String: String]) throws(StoreError) {
        self.path = path
        self.policy = policy
        let scratch = try ScratchFile(beside: path)
        self.scratch = scratch
        do throws(StoreError) {
            // Nothing in it depends on the time.
            let writer = try TraceWriter(path: scratch.path, clock: { 0 })
            writer.isRestoring = true
            try writer.setProvenance(provenance)
            self.writer = writer
        } catch {
            scratch.remove()
            throw error
        }
    }

    deinit {
        writer = nil
        scratch.remove()
    }

    /// Adds spans; those of a trace follow each other, in the order of their keys: what depends on the order of arrival,
    /// such as which of two spans with one id is the parent, then stays as it was.
    ///
    /// - Parameters:
    ///   - counts: what was replaced in these spans on their way here.
    ///   - known: what the database that they come from knows of the redaction of their trace; nil for nothing.
    package func write(
        _ spans: [WholeSpan], counts: RedactionCounts = RedactionCounts(), known: TraceRedaction?
    ) throws(StoreError) {
        var counts = counts
        for whole in spans {
            let isNewTrace = whole.span.traceID != lastTrace
            if isNewTrace {
                endTrace()
                try flush(isTraceAtEnd: true)
                (lastTrace, lastKnown, lastCount) = (whole.span.traceID, known, 0)
                if policy != nil { waiting.redactions[whole.span.traceID] = start(known) }
            }
            lastCount += 1
            add(whole, counts: counts)
            counts = RedactionCounts()
            try flush(isTraceAtEnd: false)
        }
    }

    /// Makes the one file, complete and closed.
    package func finish() throws(StoreError) {
        do {
            endTrace()
            try flush(isTraceAtEnd: true, always: true)
            try writer?.finish()
            writer = nil
            try compact()
            scratch.remove()
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private func add(_ whole: WholeSpan, counts: RedactionCounts) {
        var prepared = PreparedSpan(whole.span)
        prepared.redaction = policy.map { SpanRedaction(policy: $0, counts: counts) }
        prepared.origins = whole.origins
        if let stream = whole.stream, !stream.isFromSpan {
            prepared.stream = RestoredStream(info: stream.info, chunks: stream.chunks)
        } else if let stream = PreparedStream(in: prepared) {
            waiting.streams.append(stream)
        }
        waiting.logs += whole.logs.map { PreparedLog(record: $0) }
        waiting.add(prepared)
    }

    /// What is known of a trace before its spans are counted.
    private func start(_ known: TraceRedaction?) -> TraceRedaction {
        var known = known ?? TraceRedaction()
        (known.spansRedacted, known.spansRaw) = (0, 0)
        return known
    }

    /// Of spans that were not redacted on their way the database knows what the one before knew.
    ///
    /// Of a part of a trace that holds spans of both kinds nothing is known.
    private func endTrace() {
        guard policy == nil, let trace = lastTrace, var known = lastKnown else { return }
        let total = known.spansRedacted + known.spansRaw + known.spansUnknown
        if total != lastCount {
            let isRedacted = known.spansRedacted == total
            let isRaw = known.spansRaw == total
            known.spansRedacted = isRedacted ? lastCount : 0
            known.spansRaw = isRaw ? lastCount : 0
        }
        waiting.redactions[trace] = known
    }

    /// Stores what has gathered, where that is enough: the limits depend on the spans alone.
    ///
    /// A transaction goes up to the end of a trace, unless that is far.
    private func flush(isTraceAtEnd: Bool, always: Bool = false) throws(StoreError) {
        let isFull = isTraceAtEnd ? waiting.isFull(spans: 1, text: 1) : waiting.isFull(spans: 8, text: 4)
        if always || isFull, let writer { try waiting.write(to: writer) }
    }

    /// Copies the rows without gaps and free pages into the final file.
    private func compact() throws {
        let source = try SQLiteConnection(scratch.path, .readWrite)
        // Makes the file for its owner only.
        try StoreFile.createPrivately(path)
        do {
            let vacuum = try PreparedStatement("VACUUM INTO ?1", on: source.handle)
            vacuum.bind(1, SQLiteConnection.plainPath(path))
            try vacuum.run()
        }
        source.close()
        let target = try SQLiteConnection(path, .readWrite)
        try target.execute("PRAGMA journal_mode = WAL")
        target.close()
    }
}

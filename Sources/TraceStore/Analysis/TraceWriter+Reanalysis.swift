import TraceAnalysis
import TraceAssembly
import TraceDialect
import TraceModel

extension TraceWriter {
    /// Spans that one transaction of a new analysis reads at most, unless a single trace has more.
    private static let spansPerTransaction = 32 << 10

    /// Re-runs the analysis of stored traces on their payloads, and gives their number.
    ///
    /// With `onlyOutdated` these are the traces that an older version analysed, or none, as in a file from before there
    /// was an analysis. What was done stays done when a later trace fails. `progress` gets the traces that are done and
    /// the traces in all.
    package func reanalyze(
        onlyOutdated: Bool, progress: (_ done: Int, _ total: Int) -> Void
    ) throws(StoreError) -> Int {
        let total = try transaction { try countTraces(onlyOutdated: onlyOutdated) }
        var done = 0
        var last: Int64 = 0
        while true {
            // What is kept in mind of traces does not know of their new summaries.
            traces.removeAll()
            let (count, end) = try transaction { try reanalyze(after: last, onlyOutdated: onlyOutdated) }
            guard count > 0 else { break }
            done += count
            last = end
            progress(done, max(total, done))
        }
        try transaction { try findAliasFlips(all: !onlyOutdated) }
        return done
    }

    private func countTraces(onlyOutdated: Bool) throws -> Int {
        let count = statements.analysis.countTraces
        count.bind(1, onlyOutdated ? 0 : 1)
        count.bind(2, TraceAnalyzer.version)
        defer { count.reset() }
        return try count.step() ? count.count(0) : 0
    }

    /// Analyses the next traces, and gives their number and the key of the last one.
    private func reanalyze(after key: Int64, onlyOutdated: Bool) throws -> (count: Int, last: Int64) {
        let page = try nextTraces(after: key, onlyOutdated: onlyOutdated)
        var last = key
        var count = 0
        var spansLeft = Self.spansPerTransaction
        for (trace, spanCount) in page where spansLeft > 0 {
            try readEvidence(ofTrace: trace)
            try readStreams(ofTrace: trace)
            try summarize(trace)
            last = trace
            count += 1
            spansLeft -= spanCount
        }
        return (count, last)
    }

    private func nextTraces(after key: Int64, onlyOutdated: Bool) throws -> [(key: Int64, spanCount: Int)] {
        let select = statements.analysis.selectTraces
        select.bind(1, key)
        select.bind(2, onlyOutdated ? 0 : 1)
        select.bind(3, TraceAnalyzer.version)
        defer { select.reset() }
        var page: [(key: Int64, spanCount: Int)] = []
        while try select.step() { page.append((select.int(0), select.count(1))) }
        return page
    }

    /// Reads the payloads of a trace again for what they say of its spans and for its analysis.
    private func readEvidence(ofTrace trace: Int64) throws {
        let keys = StoreKey.spans(ofTrace: trace)
        let select = statements.analysis.selectSpanKeys
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        defer { select.reset() }
        while try select.step() {
            let key = select.int(0)
            guard let packed = try packedSpan(key), let span = try reader.span(key) else { continue }
            let logs = try reader.logEvents(trace: span.traceID, span: span.spanID)
            try store(JoinedSpan(span, logs: logs), key: key, packed)
        }
    }

    /// Judges the streams of a trace again: figures and findings of their chunks, and what a span tells of its own chunks.
    private func readStreams(ofTrace trace: Int64) throws {
        guard try holdsStreams() else { return }
        let keys = StoreKey.spans(ofTrace: trace)
        let select = statements.analysis.selectStreams
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        var spans: [Int64] = []
        while try select.step() { spans.append(select.int(0)) }
        let stored = StoredStreamReader(connection)
        for key in spans {
            guard let head = try stored.head(ofSpan: key), let (span, facts) = try storedSpan(key) else { continue }
            var (info, chunks) = (head.info, try stored.chunks(of: head))
            if head.isFromSpan, let stream = StreamExtractor.stream(of: span), stream.chunks == chunks {
                // What is missing of it was perhaps not told yet.
                info = stream.info
            }
            let figures = StreamReading.figures(chunks, info)
            let findings = StreamReading.findings(figures, chunks, info, span: span, facts: facts)
            let update = statements.streams.updateFigures
            update.bind(1, head.key)
            update.bind(2, info.timing.rawValue)
            update.bind(3, info.clock)
            update.bind(4, info.droppedChunks)
            update.bind(5, StoredStreamJSON.text(info.remarks))
            update.bind(6, StreamReading.version)
            update.bind(7, StoredStreamJSON.text(figures))
            try update.run()
            statements.streams.deleteFindings.bind(1, key)
            try statements.streams.deleteFindings.run()
            try insert(findings, span: key)
        }
    }
}

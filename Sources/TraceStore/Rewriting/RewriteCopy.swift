import TraceModel

/// Moves everything of a stored database into a new one, trace by trace in the order of keys.
struct RewriteCopy {
    let source: RewriteSource
    let writer: TraceWriter
    private let treatment: (_ key: Int64, _ id: TraceID) -> TraceTreatment
    /// What is done to texts that belong to no trace; nil leaves them.
    let common: TextTreatment?
    private(set) var report = RewriteReport()

    private var waiting = WaitingRecords()

    init(
        from source: RewriteSource, to writer: TraceWriter, common: TextTreatment?,
        treatment: @escaping (_ key: Int64, _ id: TraceID) -> TraceTreatment
    ) {
        self.source = source
        self.writer = writer
        self.common = common
        self.treatment = treatment
        writer.isRestoring = true
    }

    mutating func run(_ progress: (RewriteProgress) throws -> Void) throws {
        var done = RewriteProgress()
        done.tracesTotal = Int(try source.connection.integer("SELECT count(*) FROM trace") ?? 0)
        let traces = try source.statement(RewriteSource.selectTraces)
        while try traces.step() {
            if let id = traces.withBytes(1, { TraceID(bytes: $0) }) {
                let key = traces.int(0)
                switch treatment(key, id) {
                case .kept: try copy(key, id, nil)
                case .redacted(let texts): try copy(key, id, texts)
                case .leftOut: report.tracesLeftOut += 1
                }
            }
            done.tracesDone += 1
            try progress(done)
        }
        try source.forEachSpanWithLogs(ofTrace: nil) { try add($0, common) }
        try flush()
        try copyRejects()
        if source.tellsRedaction {
            try copyAuditLog()
            try copyProvenance()
        }
    }

    private mutating func copy(_ key: Int64, _ id: TraceID, _ texts: TextTreatment?) throws {
        try source.forEachSpanWithLogs(ofTrace: id) { try add($0, texts) }
        let keys = StoreKey.spans(ofTrace: key)
        let recordings = try source.recordings(keys)
        let select = try source.statement(RewriteSource.selectSpanKeys)
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        var count = 0
        while try select.step() {
            let span = select.int(0)
            guard let prepared = try prepare(span, recordings[span], texts) else { continue }
            if count == 0 { waiting.redactions[id] = try known(key, isTreated: texts != nil) }
            count += 1
            if prepared.stream == nil, let stream = PreparedStream(in: prepared) { waiting.streams.append(stream) }
            waiting.add(prepared)
            if waiting.isFull(spans: 1, text: 1) { try flush() }
        }
        report.traces += 1
        report.spans += count
    }

    /// What is known of a trace beside what its treatment brings, which counts each span again.
    private func known(_ key: Int64, isTreated: Bool) throws -> TraceRedaction {
        var known = try source.redaction(ofTrace: key) ?? TraceRedaction()
        if isTreated { (known.spansRedacted, known.spansRaw) = (0, 0) }
        return known
    }

    /// Reads a span with its recorded stream, and treats their texts.
    private mutating func prepare(
        _ key: Int64, _ recording: (digest: Int64, waitsFor: String?)?, _ texts: TextTreatment?
    ) throws -> PreparedSpan? {
        guard var span = try source.spans.span(key) else { return nil }
        var counts = RedactionCounts()
        texts?.span(&span, &counts)
        var prepared = PreparedSpan(span)
        if let recording, var (info, chunks) = try source.stream(ofSpan: key) {
            let before = chunks
            texts?.stream(&chunks, &info, &counts)
            prepared.stream = RestoredStream(
                info: info, chunks: chunks, digest: chunks == before ? recording.digest : nil,
                waitsFor: recording.waitsFor.map { treated($0, texts) })
        }
        prepared.origins = try source.spans.origins(ofSpan: key).map { treated($0, of: span, texts) }
        report.counts.add(counts)
        prepared.redaction = texts.map { SpanRedaction(policy: $0.policy, counts: counts) }
        return prepared
    }

    /// A source of a span whose resource and scope are treated as those of the span are.
    private func treated(_ origin: SpanOrigin, of span: Span, _ texts: TextTreatment?) -> SpanOrigin {
        guard let texts else { return origin }
        var bearer = Span(
            traceID: span.traceID, spanID: span.spanID, name: "", startUnixNano: nil, endUnixNano: nil,
            resource: origin.resource, scope: origin.scope)
        var counts = RedactionCounts()
        texts.span(&bearer, &counts)
        return SpanOrigin(
            digest: origin.digest, keys: origin.keys, resource: bearer.resource, scope: bearer.scope)
    }

    /// Adds the log records of a span.
    private mutating func add(_ ofSpan: [PreparedLog], _ texts: TextTreatment?) throws {
        var ofSpan = ofSpan
        if let texts {
            var counts = RedactionCounts()
            var records = ofSpan.map(\.record)
            texts.logs(&records, &counts)
            report.counts.add(counts)
            for (place, record) in records.enumerated() where place < ofSpan.count { ofSpan[place].record = record }
            if !counts.isEmpty, let first = ofSpan.first {
                counts.add(first.redaction?.counts ?? RedactionCounts())
                ofSpan[0].redaction = SpanRedaction(policy: texts.policy, counts: counts)
            }
        }
        waiting.logs += ofSpan
        if waiting.logs.count >= WaitingRecords.spansPerTransaction { try flush() }
    }

    private mutating func flush() throws { try waiting.write(to: writer) }

    func treated(_ text: String, _ texts: TextTreatment?) -> String {
        var counts = RedactionCounts()
        return texts?.text(text, &counts) ?? text
    }
}

/// Records that wait for a transaction of their own.
struct WaitingRecords {
    /// Spans that one transaction takes, unless their text is long.
    static let spansPerTransaction = 2_048
    private static let textBytesPerTransaction = 16 << 20

    private(set) var spans: [PreparedSpan] = []
    var logs: [PreparedLog] = []
    var streams: [PreparedStream] = []
    var redactions: [TraceID: TraceRedaction] = [:]
    private var textBytes = 0

    mutating func add(_ span: PreparedSpan) {
        textBytes += span.searchText.utf8.count
        spans.append(span)
    }

    /// Whether there are so many times the spans, or the text, that a transaction takes.
    func isFull(spans times: Int, text textTimes: Int) -> Bool {
        spans.count >= times * Self.spansPerTransaction || textBytes >= textTimes * Self.textBytesPerTransaction
    }

    mutating func write(to writer: TraceWriter) throws(StoreError) {
        _ = try writer.write(spans: spans, logs: logs, streams: streams, redactions: redactions)
        spans.removeAll(keepingCapacity: true)
        logs.removeAll(keepingCapacity: true)
        streams.removeAll(keepingCapacity: true)
        redactions.removeAll(keepingCapacity: true)
        textBytes = 0
    }
}

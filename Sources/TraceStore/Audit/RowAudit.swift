import Redaction
import TraceModel

/// Looks through the rows of a database and its text index.
struct RowAudit {
    let source: RewriteSource
    let texts: TextTreatment
    let addresses: RowAddresses
    var tally = AuditTally()
    var secrets = SecretSet()
    private(set) var spans = 0

    init(_ source: RewriteSource, _ texts: TextTreatment) {
        self.source = source
        self.texts = texts
        addresses = RowAddresses(source: source)
    }

    static let selectSpans = "SELECT key FROM span ORDER BY key"
    static let selectStreams = "SELECT span FROM stream ORDER BY span"
    static let selectLogs = """
        SELECT trace_id, span_id, event FROM log_record ORDER BY trace_id, span_id, time_ns, id
        """
    static let selectWords = "SELECT term, cnt FROM temp.audit_word"

    func spanCount() throws -> Int {
        Int(try source.connection.integer("SELECT count(*) FROM span") ?? 0)
    }

    mutating func run(_ progress: (_ spans: Int) throws -> Void) throws {
        let select = try source.statement(Self.selectSpans)
        while try select.step() {
            try lookAtSpan(select.int(0))
            spans += 1
            if spans & 0xFF == 0 { try progress(spans) }
        }
        try lookAtLogs()
        if source.version >= StoreSchema.firstWithStreams { try lookAtStreams() }
        try lookAtColumns()
        try lookAtWords()
        try progress(spans)
    }

    // MARK: Spans

    private mutating func lookAtSpan(_ key: Int64) throws {
        guard var span = try source.spans.span(key) else { return }
        // These are looked at once for all spans that share them.
        span.name = ""
        span.resource = Resource()
        span.scope = InstrumentationScope()
        var copy = span
        var counts = RedactionCounts()
        texts.span(&copy, &counts)
        guard !counts.isEmpty else { return }
        collect(from: span, treated: copy)
        var rest = counts
        for part in SpanPart.allCases {
            var piece = part.alone(of: span)
            var found = RedactionCounts()
            texts.span(&piece, &found)
            for (rule, count) in found.byRule { rest.add(rule, -count) }
            try tally.add(found, in: "span_payload." + part.rawValue) { [addresses] in try addresses.ofSpan(key) }
        }
        // What only the whole span shows.
        for (rule, count) in rest.byRule where count > 0 {
            try tally.add(rule, count, in: "span_payload") { [addresses] in try addresses.ofSpan(key) }
        }
    }

    /// Keeps what was found in a span for the search in bytes.
    private mutating func collect(from span: Span, treated: Span) {
        var strings = [span.status.message, span.traceState]
        TextWalk.strings(of: span.attributes, into: &strings)
        for event in span.events {
            strings.append(event.name)
            TextWalk.strings(of: event.attributes, into: &strings)
        }
        for link in span.links { TextWalk.strings(of: link.attributes, into: &strings) }
        for text in strings { keepMatches(in: text) }
        // A rule may know a secret by its key alone.
        guard span.attributes.count == treated.attributes.count else { return }
        for (before, after) in zip(span.attributes, treated.attributes) {
            guard case .string(let text) = before.value, before.value != after.value, texts.matches(text).isEmpty
            else { continue }
            secrets.insert(text, rule: RedactionPlaceholder.label(in: after.value.stringValue) ?? "FIELD")
        }
    }

    mutating func keepMatches(in text: String) {
        let matches = texts.matches(text)
        guard !matches.isEmpty else { return }
        let bytes = Array(text.utf8)
        for match in matches where match.range.upperBound <= bytes.count {
            secrets.insert(String(decoding: bytes[match.range], as: UTF8.self), rule: match.label)
        }
    }

    // MARK: Log records and streams

    private mutating func lookAtLogs() throws {
        let select = try source.statement(Self.selectLogs)
        var ofSpan: [SpanLogRecord] = []
        while try select.step() {
            guard let trace = select.withBytes(0, { TraceID(bytes: $0) }) else { continue }
            let span = SpanID(UInt64(bitPattern: select.int(1)))
            let event = try select.withBytes(2) { json in Result { try PayloadDecoder.event(json) } }.get()
            if let last = ofSpan.last, last.traceID != trace || last.spanID != span {
                look(at: ofSpan)
                ofSpan.removeAll(keepingCapacity: true)
            }
            ofSpan.append(
                SpanLogRecord(
                    traceID: trace, spanID: span, event: event, resource: Resource(), scope: InstrumentationScope()))
        }
        look(at: ofSpan)
    }

    /// Looks at the log records of a span together: a stream may come as one record a chunk.
    private mutating func look(at ofSpan: [SpanLogRecord]) {
        guard let first = ofSpan.first else { return }
        var records = ofSpan
        var counts = RedactionCounts()
        texts.logs(&records, &counts)
        guard !counts.isEmpty else { return }
        for record in ofSpan {
            var strings = [record.event.name]
            TextWalk.strings(of: record.event.attributes, into: &strings)
            if let body = record.event.body { TextWalk.strings(of: body, into: &strings) }
            for text in strings { keepMatches(in: text) }
        }
        tally.add(counts, in: "log_record.event") { first.traceID.hex + "/" + first.spanID.hex }
    }

    private mutating func lookAtStreams() throws {
        let select = try source.statement(Self.selectStreams)
        while try select.step() {
            let key = select.int(0)
            guard let (_, stored) = try source.stream(ofSpan: key) else { continue }
            var chunks = stored
            // What is told of the stream stands in columns, which are looked at as such.
            var info = StreamInfo(source: "")
            var counts = RedactionCounts()
            texts.stream(&chunks, &info, &counts)
            guard !counts.isEmpty else { continue }
            keepMatches(in: String(decoding: stored.text, as: UTF8.self))
            try tally.add(counts, in: "stream_block.data") { [addresses] in try addresses.ofSpan(key) }
        }
    }

    // MARK: The text index

    /// The index holds words without their order: it tells what is part of a text that was found in rows.
    private mutating func lookAtWords() throws {
        guard !secrets.words.isEmpty else { return }
        try source.connection.execute(
            "CREATE VIRTUAL TABLE temp.audit_word USING fts5vocab(main, span_text, row)")
        let select = try source.statement(Self.selectWords)
        while try select.step() {
            guard let word = select.text(0), let rule = secrets.words[word] else { continue }
            try tally.add(rule, select.count(1), in: AuditReport.textIndex) { [addresses] in try addresses.ofWord(word)
            }
        }
    }
}

import Redaction
import TraceModel

/// Looks through the rows of a database and its text index.
///
/// A part that cannot be read costs itself: it is named, and its bytes are looked through as far as they can be had.
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
        SELECT trace_id, span_id, event, id FROM log_record ORDER BY trace_id, span_id, time_ns, id
        """
    static let selectWords = "SELECT term, cnt FROM temp.audit_word"
    /// Faults of the file as SQLite tells them; the most that are counted.
    static let checkPages = "PRAGMA quick_check(100)"

    mutating func spanCount() throws -> Int {
        var count = 0
        try attempt("span", at: "its table") {
            count = Int(try $0.source.connection.integer("SELECT count(*) FROM span") ?? 0)
        }
        return count
    }

    mutating func run(_ progress: (_ spans: Int) throws -> Void) throws {
        try attempt(AuditReport.database, at: "its pages") { try $0.checkFile() }
        try attempt("span", at: "its table") { rows in
            let select = try rows.source.statement(Self.selectSpans)
            while try select.step() {
                let key = select.int(0)
                try rows.attemptSpan(key)
                rows.spans += 1
                if rows.spans & 0xFF == 0 { try progress(rows.spans) }
            }
        }
        // What belongs to no span that is there.
        try lookAtRows(of: "span_payload", "key NOT IN (SELECT key FROM span)")
        try attempt("log_record", at: "its table") { try $0.lookAtLogs() }
        if source.version >= StoreSchema.firstWithStreams {
            try attempt("stream", at: "its table") { try $0.lookAtStreams() }
            try lookAtRows(of: "stream_block", "stream NOT IN (SELECT key FROM stream)")
        }
        try lookAtColumns()
        try attempt(AuditReport.textIndex, at: "the index") { try $0.lookAtWords() }
        if secrets.left > 0 {
            tally.miss("too many found texts to look for each in the bytes", secrets.left, in: AuditReport.database) {
                "the last of them"
            }
        }
        try progress(spans)
    }

    /// Does a part of the audit; where that cannot be read, it is named and the audit goes on.
    ///
    /// True where all went well.
    @discardableResult
    mutating func attempt(
        _ place: String, at example: @autoclosure () -> String, _ body: (inout Self) throws -> Void
    ) throws -> Bool {
        do {
            try body(&self)
            return true
        } catch {
            guard let reason = AuditDamage.reason(error) else { throw error }
            tally.miss(reason, in: place, at: example)
            return false
        }
    }

    private mutating func checkFile() throws {
        let faults = try source.connection.texts(Self.checkPages).compactMap { $0 }.filter { $0 != "ok" }
        guard let first = faults.first else { return }
        // The first line names the database, which people know.
        let line = first.split(separator: "\n").last.map(String.init) ?? first
        tally.miss(AuditDamage.unreadable, faults.count, in: AuditReport.database) { line }
    }

    // MARK: Spans

    private mutating func attemptSpan(_ key: Int64) throws {
        let addresses = addresses
        let isRead = try attempt("span_payload", at: (try? addresses.ofSpan(key)) ?? "span \(key)") { rows in
            guard let span = try rows.source.spans.span(key) else {
                rows.tally.miss(AuditDamage.isolated, in: "span_payload") { "span \(key)" }
                try rows.lookAtRows(of: "span_payload", "key = \(key)")
                return
            }
            try rows.lookAt(span, key)
        }
        if !isRead { try lookAtRows(of: "span_payload", "key = \(key)") }
    }

    private mutating func lookAt(_ span: Span, _ key: Int64) throws {
        var span = span
        // These are looked at once for all spans that share them.
        span.name = ""
        span.resource = Resource()
        span.scope = InstrumentationScope()
        var closed: [ClosedContent: Int] = [:]
        ClosedContent.count(in: span.attributes, &closed)
        for event in span.events {
            ClosedContent.count(in: event.attributes, &closed)
            if let body = event.body { ClosedContent.count(in: body, &closed) }
        }
        try tally.miss(closed, in: "span_payload") { [addresses] in try addresses.ofSpan(key) }
        var copy = span
        var counts = RedactionCounts()
        texts.span(&copy, &counts)
        guard !counts.isEmpty else { return }
        keep(ReplacedTexts.between(span, copy))
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

    /// Keeps what was found for the search in bytes.
    mutating func keep(_ found: [ReplacedTexts.Found]) {
        for text in found {
            secrets.insert(text.text, rule: text.label)
            // In a stream or a list of parts the form of the whole may tell more than what was replaced.
            keepMatches(in: text.whole)
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
            let id = select.int(3)
            guard let trace = select.withBytes(0, { TraceID(bytes: $0) }) else {
                tally.miss(AuditDamage.odd, in: "log_record") { "row \(id)" }
                try lookAtRows(of: "log_record", "id = \(id)")
                continue
            }
            let span = SpanID(UInt64(bitPattern: select.int(1)))
            var event: SpanEvent?
            try attempt("log_record.event", at: trace.hex + "/" + span.hex) { _ in
                event = try select.withBytes(2) { json in Result { try PayloadDecoder.event(json) } }.get()
            }
            guard let event else {
                try lookAtRows(of: "log_record", "id = \(id)")
                continue
            }
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
        let address = first.traceID.hex + "/" + first.spanID.hex
        var closed: [ClosedContent: Int] = [:]
        for record in ofSpan {
            ClosedContent.count(in: record.event.attributes, &closed)
            if let body = record.event.body { ClosedContent.count(in: body, &closed) }
        }
        tally.miss(closed, in: "log_record.event") { address }
        var records = ofSpan
        var counts = RedactionCounts()
        texts.logs(&records, &counts)
        guard !counts.isEmpty else { return }
        keep(ReplacedTexts.between(ofSpan.map(\.event), records.map(\.event)))
        tally.add(counts, in: "log_record.event") { address }
    }

    private mutating func lookAtStreams() throws {
        let select = try source.statement(Self.selectStreams)
        let addresses = addresses
        while try select.step() {
            let key = select.int(0)
            try attempt("stream_block.data", at: (try? addresses.ofSpan(key)) ?? "span \(key)") { rows in
                guard let (_, stored) = try rows.source.stream(ofSpan: key) else {
                    rows.tally.miss(AuditDamage.isolated, in: "stream") { "span \(key)" }
                    return
                }
                var chunks = stored
                // What is told of the stream stands in columns, which are looked at as such.
                var info = StreamInfo(source: "")
                var counts = RedactionCounts()
                rows.texts.stream(&chunks, &info, &counts)
                guard !counts.isEmpty else { return }
                rows.keepMatches(in: String(decoding: stored.text, as: UTF8.self))
                try rows.tally.add(counts, in: "stream_block.data") {
                    try addresses.ofSpan(key)
                }
            }
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

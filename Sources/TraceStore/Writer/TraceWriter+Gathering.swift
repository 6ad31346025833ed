import FastJSON
import TraceAssembly
import TraceDialect
import TraceModel

/// The records of a trace on their way to be assembled, with their names between store and trace.
struct GatheredTrace {
    var records: TraceRecords
    var names = TraceNames()
    /// The clocks of the records by references to their resources.
    private var clocks: [Int32: Int32] = [:]

    init(_ id: TraceID, expecting count: Int) {
        records = TraceRecords(id, expecting: count)
    }

    /// The clock of a resource whose name `name` tells.
    mutating func clock(_ resource: Int32, name: (Int32) throws -> String) rethrows -> Int32 {
        if let clock = clocks[resource] { return clock }
        let clock = records.clock(named: try name(resource))
        clocks[resource] = clock
        return clock
    }
}

/// An assembled trace with the references of its names.
struct StoredAssembly {
    var trace: AssembledTrace
    var names: TraceNames
}

extension TraceWriter {
    /// Adds a span that is at hand, whose names are references.
    func gather(_ draft: SpanDraft, into gathered: inout GatheredTrace) throws {
        try gather(draft.columns, draft.row, draft.evidence, into: &gathered)
    }

    private func gather(
        _ columns: StoredColumns, _ row: SpanRow, _ evidence: SpanEvidence?, into gathered: inout GatheredTrace
    ) throws {
        func index(_ reference: Int32) throws -> NameIndex {
            try gathered.names.index(reference) { try text(of: $0) }
        }
        var record = SpanRecord(row, usage: columns.tokens, evidence: evidence)
        try record.row.mapNames(index)
        record.row.clock = try gathered.clock(columns.resource) { try clockName(ofResource: $0) }
        record.session = try index(columns.session)
        record.provider = try index(columns.provider)
        (record.resource, record.scope, record.shape) = (columns.resource, columns.scope, columns.shape)
        if row.kind == .llm, let response = evidence?.responseID {
            record.isToldElsewhere = try isTold(response, before: columns.key, row)
        }
        gathered.records.add(record)
    }

    /// Assembles what was gathered.
    func assemble(_ gathered: consuming GatheredTrace) throws -> StoredAssembly {
        var gathered = gathered
        gathered.records.names = gathered.names.takeTable()
        let names = gathered.names
        return StoredAssembly(trace: TraceAssembler.assemble(gathered.records), names: names)
    }

    /// Reads the records of a stored trace.
    func gather(_ key: Int64, _ id: TraceID, expecting count: Int) throws -> GatheredTrace {
        var gathered = GatheredTrace(id, expecting: count)
        let keys = StoreKey.spans(ofTrace: key)
        let select = statements.selectRecords
        let evidence = statements.analysis.selectEvidence
        for statement in [select, evidence] {
            statement.bind(1, keys.lowerBound)
            statement.bind(2, keys.upperBound)
        }
        defer {
            select.reset()
            evidence.reset()
        }
        // Both come in the order of keys, so that one walk joins them.
        var hasEvidence = try evidence.step()
        while try select.step() {
            let span = select.int(0)
            guard var packed = select.withBytes(1, { PackedSpan($0) }) else {
                throw StoreError.corrupt(path: path, detail: "a row of table span has no structure")
            }
            // What a stream told is told again by the stream that is there now.
            if packed.isFirstChunkOfStream { packed.firstChunk = nil }
            var columns = StoredColumns(
                otelKind: .unspecified, resource: select.reference(3), scope: select.reference(4))
            columns.key = span
            columns.session = select.reference(2)
            columns.shape = select.reference(5)
            columns.provider = select.reference(6)
            columns.tokens.cacheRead = select.optionalInt(7)
            columns.tokens.cacheWrite = select.optionalInt(8)
            columns.tokens.reasoning = select.optionalInt(9)
            columns.tokens.inputStated = select.optionalInt(10)
            while hasEvidence, evidence.int(0) < span { hasEvidence = try evidence.step() }
            var found: SpanEvidence?
            if hasEvidence, evidence.int(0) == span { found = evidence.withBytes(1) { SpanEvidence(bytes: $0) } }
            var row = packed.row(arrival: StoreKey.number(ofSpan: span))
            row.ordinal = Int32(clamping: select.int(11))
            try gather(columns, row, found, into: &gathered)
        }
        try addStreams(keys, to: &gathered.records)
        try addFindings(ofTrace: key, to: &gathered.records)
        return gathered
    }

    private func addStreams(_ keys: ClosedRange<Int64>, to records: inout TraceRecords) throws {
        guard try holdsStreams() else { return }
        let select = statements.analysis.selectStreams
        select.bind(1, keys.lowerBound)
        select.bind(2, keys.upperBound)
        defer { select.reset() }
        while try select.step() {
            guard let place = Self.place(ofSpan: select.int(0), in: records) else { continue }
            let timing = TimingQuality(rawValue: Int(select.int(1))) ?? .none
            var stream = StreamRecord(span: place, timing: timing)
            if timing == .measured || timing == .firstAndLastOnly {
                let figures = StoredStreamJSON.figures(try JSONValue(parsing: select.text(2) ?? "{}"))
                stream.firstChunkNanos = figures.timeToFirstChunkNanos
            }
            records.streams.append(stream)
        }
    }

    /// Adds what was found in the streams of a trace; all else is found again.
    private func addFindings(ofTrace key: Int64, to records: inout TraceRecords) throws {
        guard try holdsStreams() else { return }
        let select = statements.analysis.selectStreamFindings
        select.bind(1, key)
        defer { select.reset() }
        while try select.step() {
            records.findings.append(
                KnownFinding(
                    rule: select.text(0) ?? "", severity: FindingSeverity(rawValue: Int(select.int(1))) ?? .hint,
                    certainty: FindingCertainty(rawValue: Int(select.int(2))) ?? .cannotTell,
                    span: select.optionalInt(3).flatMap { Self.place(ofSpan: $0, in: records) }))
        }
    }

    /// The number of the span of a key among the records, which come in the order of keys.
    private static func place(ofSpan key: Int64, in records: TraceRecords) -> Int? {
        let rows = records.rows
        let number = StoreKey.number(ofSpan: key)
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].arrival < number { low = middle + 1 } else { high = middle }
        }
        return rows.indices.contains(low) && rows[low].arrival == number ? low : nil
    }

    /// Whether a span of another trace, which was stored before, received the same response at the same time.
    private func isTold(_ response: String, before key: Int64, _ row: SpanRow) throws -> Bool {
        let select = statements.streams.selectResponse
        select.bind(1, response)
        defer { select.reset() }
        let trace = StoreKey.trace(ofSpan: key)
        var others: [Int64] = []
        while try select.step() {
            let other = select.int(0)
            if StoreKey.trace(ofSpan: other) < trace { others.append(other) }
        }
        guard let start = row.startUnixNano, let end = row.endUnixNano else { return false }
        return try others.contains { other in
            guard let packed = try packedSpan(other), packed.kind == .llm, let from = packed.start, let to = packed.end
            else { return false }
            return from <= end && start <= to
        }
    }

    private func clockName(ofResource reference: Int32) throws -> String {
        if let name = clockNames[reference] { return name }
        let select = statements.analysis.selectResource
        select.bind(1, Int64(reference))
        defer { select.reset() }
        var name = ""
        if try select.step() {
            let attributes = try select.withBytes(0) { json in Result { try PayloadDecoder.attributes(json) } }.get()
            name = Dialect.clockName(of: Resource(attributes: attributes))
        }
        clockNames[reference] = name
        return name
    }
}

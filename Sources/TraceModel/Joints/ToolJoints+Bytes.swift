import Basics

extension ToolJoints {
    /// The first number of the stored form.
    package static let formVersion: UInt64 = 2

    /// The columns of the stored form; the numbers are stored in the database: never renumber them.
    private enum Column: UInt64, CaseIterable {
        /// The numbers of calls, stages and payloads.
        case counts = 1
        // One entry for each call: its stages and how it was joined, its run, its tool, its id.
        case sizes, runs, toolPlaces, idLengths
        case tools
        // One for each stage: what it is, then its span where that is another one, its time, its payload.
        case stages, spanIDs, spanKeys, times, payloadPlaces
        // One for each payload.
        case contents, byteCounts, previewLengths
        case idText, previewText
    }

    /// The stored form: a version, then columns, each with its number and its length in bytes.
    ///
    /// Whole columns are read at once, an unknown one is skipped, and what a missing one holds is absent.
    package var bytes: [UInt8] {
        var columns = [ByteWriter](repeating: ByteWriter(), count: Column.allCases.count)
        func write(_ column: Column, _ body: (inout ByteWriter) -> Void) { body(&columns[Int(column.rawValue) - 1]) }
        write(.counts) {
            $0.number(UInt64(table.calls.count))
            $0.number(UInt64(table.hops.count))
            $0.number(UInt64(table.payloads.count))
        }
        for (place, call) in table.calls.enumerated() {
            write(.sizes) { $0.number(UInt64(table.hops(of: place).count) << 1 | (call.isJoinedByID ? 1 : 0)) }
            write(.runs) { $0.integer(call.run) }
            write(.toolPlaces) { $0.number(UInt64(call.tool + 1)) }
            write(.idLengths) { $0.number(call.id.map { UInt64($0.count) + 1 } ?? 0) }
            if let id = call.id { write(.idText) { $0.append(table.text[id]) } }
        }
        write(.tools) { $0.list(table.tools) { $0.text($1) } }
        var last = JointTable.Hop(
            spanID: SpanID(0), spanKey: 0, timeUnixNano: 0, stage: .asked, comparison: .unknown, payload: -1)
        var time: Int64 = 0
        var seen: Int32 = 0
        for (place, hop) in table.hops.enumerated() {
            let isSame = place > 0 && hop.spanID == last.spanID && hop.spanKey == last.spanKey
            write(.stages) {
                $0.number(
                    UInt64(hop.stage.rawValue) | (isSame ? 8 : 0) | UInt64(hop.comparison.rawValue) << 4)
            }
            if !isSame {
                write(.spanIDs) { $0.word(hop.spanID.rawValue) }
                write(.spanKeys) { $0.signed(hop.spanKey &- last.spanKey) }
            }
            write(.times) { $0.optional(hop.timeUnixNano) { $0.signed($1 &- time) } }
            time = hop.timeUnixNano ?? time
            // 0 for none, 1 for the next new one, and beyond that how far back it is.
            write(.payloadPlaces) { $0.number(hop.payload < 0 ? 0 : UInt64(seen - hop.payload) + 1) }
            if hop.payload == seen { seen += 1 }
            last = hop
        }
        for payload in table.payloads {
            write(.contents) { $0.number(UInt64(payload.content.rawValue) << 1 | (payload.saysTruncated ? 1 : 0)) }
            write(.byteCounts) { $0.integer(payload.byteCount) }
            write(.previewLengths) { $0.number(UInt64(payload.preview.count)) }
            write(.previewText) { $0.append(table.text[payload.preview]) }
        }
        var writer = ByteWriter()
        writer.number(Self.formVersion)
        for column in Column.allCases {
            let bytes = columns[Int(column.rawValue) - 1].bytes
            writer.number(column.rawValue)
            writer.number(UInt64(bytes.count))
            writer.append(bytes)
        }
        return writer.bytes
    }

    /// Reads what stands behind the version; nil for whatever does not fit.
    package init?(columns reader: inout ByteReader) {
        var columns: [Column: ByteReader] = [:]
        while !reader.isAtEnd {
            guard let number = reader.number(), let size = reader.count(), let part = reader.part(size) else {
                return nil
            }
            if let column = Column(rawValue: number) { columns[column] = part }
        }
        func column(_ column: Column) -> ColumnReader { ColumnReader(columns[column]) }
        // Ids come first in the one block of text, previews behind them.
        var text = columns[.idText].map { Array($0.rest) } ?? []
        let idSize = text.count
        if let previews = columns[.previewText]?.rest { text.append(contentsOf: previews) }
        var counts = column(.counts)
        var names = columns[.tools]
        guard let callCount = counts.count(), let hopCount = counts.count(), let payloadCount = counts.count(),
            let tools = names == nil ? [] : names?.list({ $0.text() }),
            let calls = Self.calls(callCount, column), let hops = Self.hops(hopCount, payloads: payloadCount, column),
            let payloads = Self.payloads(payloadCount, textStart: idSize, column),
            calls.allSatisfy({ Int($0.firstHop) <= hops.count && Int($0.tool) < tools.count }),
            calls.last(where: { $0.id != nil })?.id?.upperBound ?? 0 <= idSize,
            payloads.last?.preview.upperBound ?? 0 <= text.count
        else { return nil }
        self.init(table: JointTable(calls: calls, hops: hops, payloads: payloads, tools: tools, text: text))
    }

    private static func calls(_ count: Int, _ column: (Column) -> ColumnReader) -> [JointTable.Call]? {
        var (sizes, runs) = (column(.sizes), column(.runs))
        var (tools, idLengths) = (column(.toolPlaces), column(.idLengths))
        guard sizes.mayHold(count) else { return nil }
        var calls: [JointTable.Call] = []
        calls.reserveCapacity(count)
        var firstHop = 0
        var idStart = 0
        for _ in 0..<count {
            guard let size = sizes.number(), let run = runs.signed(), let tool = tools.count(),
                let idLength = idLengths.count(), firstHop <= Int(Int32.max)
            else { return nil }
            calls.append(
                JointTable.Call(
                    id: idLength == 0 ? nil : idStart..<idStart + idLength - 1, tool: Int32(clamping: tool - 1),
                    run: Int32(clamping: run), isJoinedByID: size & 1 != 0, firstHop: firstHop))
            firstHop += Int(clamping: Swift.min(size >> 1, UInt64(Int32.max)))
            idStart += Swift.max(0, idLength - 1)
        }
        return calls
    }

    private static func hops(
        _ count: Int, payloads: Int, _ column: (Column) -> ColumnReader
    ) -> [JointTable.Hop]? {
        var (stages, spanIDs, spanKeys) = (column(.stages), column(.spanIDs), column(.spanKeys))
        var (times, places) = (column(.times), column(.payloadPlaces))
        guard stages.mayHold(count) else { return nil }
        var hops: [JointTable.Hop] = []
        hops.reserveCapacity(count)
        var span: (id: UInt64, key: Int64) = (0, 0)
        var time: Int64 = 0
        var seen = 0
        for _ in 0..<count {
            guard let head = stages.number(), let stage = JointStage(rawValue: Int(head & 7)),
                let comparison = JointComparison(rawValue: Int(clamping: head >> 4))
            else { return nil }
            if head & 8 == 0 {
                guard let id = spanIDs.word(), let key = spanKeys.signed() else { return nil }
                span = (id, span.key &+ key)
            }
            guard let hasTime = times.number() else { return nil }
            if hasTime != 0 {
                guard let difference = times.signed() else { return nil }
                time = time &+ difference
            }
            guard let back = places.count(), back <= seen + 1, back != 1 || seen < payloads else { return nil }
            hops.append(
                JointTable.Hop(
                    spanID: SpanID(span.id), spanKey: span.key,
                    timeUnixNano: hasTime != 0 ? OutsideNumber.time(time) : nil, stage: stage,
                    comparison: comparison, payload: back == 0 ? -1 : Int32(clamping: seen - back + 1)))
            if back == 1 { seen += 1 }
        }
        return hops
    }

    private static func payloads(
        _ count: Int, textStart: Int, _ column: (Column) -> ColumnReader
    ) -> [JointTable.Payload]? {
        var (contents, byteCounts, lengths) = (column(.contents), column(.byteCounts), column(.previewLengths))
        guard contents.mayHold(count) else { return nil }
        var payloads: [JointTable.Payload] = []
        payloads.reserveCapacity(count)
        var start = textStart
        for _ in 0..<count {
            guard let head = contents.number(), let size = byteCounts.signed(), let length = lengths.count(),
                let content = PayloadDigest.Content(rawValue: Int(clamping: head >> 1))
            else { return nil }
            payloads.append(
                JointTable.Payload(
                    preview: start..<start + length, byteCount: Int(clamping: size), content: content,
                    saysTruncated: head & 1 != 0))
            start += length
        }
        return payloads
    }
}

/// Reads one column; of one that is missing every value is 0.
private struct ColumnReader {
    private var reader: ByteReader
    private let isMissing: Bool

    init(_ reader: ByteReader?) {
        self.reader = reader ?? ByteReader(UnsafeRawBufferPointer(start: nil, count: 0))
        isMissing = reader == nil
    }

    /// False where so many values cannot stand in it: a wild number then asks for no memory.
    func mayHold(_ count: Int) -> Bool { count <= reader.rest.count }

    mutating func number() -> UInt64? { isMissing ? 0 : reader.number() }
    mutating func signed() -> Int64? { isMissing ? 0 : reader.signed() }
    mutating func count() -> Int? { isMissing ? 0 : reader.count() }
    mutating func word() -> UInt64? { isMissing ? 0 : reader.word() }
}

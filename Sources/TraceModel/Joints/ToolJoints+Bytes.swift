import Basics

extension ToolJoints {
    /// The first number of the stored form.
    package static let formVersion: UInt64 = 2

    /// The columns of the stored form; the numbers are stored in the database: never renumber them.
    private enum Column: UInt64, StoredColumn {
        /// The numbers of calls, stages and payloads.
        case counts = 1
        // One entry for each call: its stages and how it was joined, its run, its tool, its id.
        case sizes, runs, toolPlaces, idLengths
        case tools
        // One for each stage: what it is, then its span where that is another one, its time, its payload.
        // The keys of spans in their database come from builds that had no ordinals.
        case stages, spanIDs, spanKeys, times, payloadPlaces
        // One for each payload.
        case contents, byteCounts, previewLengths
        case idText, previewText
        /// One for each stage with a span of its own.
        case spanOrdinals
    }

    /// The stored form: a version, then columns, each with its number and its length in bytes.
    ///
    /// Whole columns are read at once, an unknown one is skipped, and what a missing one holds is absent.
    package var bytes: [UInt8] {
        var columns = ColumnWriter<Column>()
        columns.write(.counts) {
            $0.number(UInt64(table.calls.count))
            $0.number(UInt64(table.hops.count))
            $0.number(UInt64(table.payloads.count))
        }
        for (place, call) in table.calls.enumerated() {
            columns.write(.sizes) { $0.number(UInt64(table.hops(of: place).count) << 1 | (call.isJoinedByID ? 1 : 0)) }
            columns.write(.runs) { $0.integer(call.run) }
            columns.write(.toolPlaces) { $0.number(UInt64(call.tool + 1)) }
            columns.write(.idLengths) { $0.number(call.id.map { UInt64($0.count) + 1 } ?? 0) }
            if let id = call.id { columns.write(.idText) { $0.append(table.text[id]) } }
        }
        columns.write(.tools) { $0.list(table.tools) { $0.text($1) } }
        var last = JointTable.Hop(
            spanID: SpanID(0), spanOrdinal: 0, timeUnixNano: 0, stage: .asked, comparison: .unknown, payload: -1)
        var time: Int64 = 0
        var seen: Int32 = 0
        for (place, hop) in table.hops.enumerated() {
            let isSame = place > 0 && hop.spanID == last.spanID && hop.spanOrdinal == last.spanOrdinal
            columns.write(.stages) {
                $0.number(
                    UInt64(hop.stage.rawValue) | (isSame ? 8 : 0) | UInt64(hop.comparison.rawValue) << 4)
            }
            if !isSame {
                columns.write(.spanIDs) { $0.word(hop.spanID.rawValue) }
                columns.write(.spanOrdinals) { $0.integer(hop.spanOrdinal) }
            }
            columns.write(.times) { $0.optional(hop.timeUnixNano) { $0.signed($1 &- time) } }
            time = hop.timeUnixNano ?? time
            // 0 for none, 1 for the next new one, and beyond that how far back it is.
            columns.write(.payloadPlaces) { $0.number(hop.payload < 0 ? 0 : UInt64(seen - hop.payload) + 1) }
            if hop.payload == seen { seen += 1 }
            last = hop
        }
        for payload in table.payloads {
            columns.write(.contents) {
                $0.number(UInt64(payload.content.rawValue) << 1 | (payload.saysTruncated ? 1 : 0))
            }
            columns.write(.byteCounts) { $0.integer(payload.byteCount) }
            columns.write(.previewLengths) { $0.number(UInt64(payload.preview.count)) }
            columns.write(.previewText) { $0.append(table.text[payload.preview]) }
        }
        return columns.bytes(version: Self.formVersion, counting: [.sizes, .stages, .contents, .idText, .previewText])
    }

    /// Reads what stands behind the version; nil for whatever does not fit.
    ///
    /// `ordinals` gives the ordinals of spans by the keys that older builds stored.
    package init?(columns reader: inout ByteReader, ordinals: (Int64) -> Int32) {
        guard var columns = ColumnReader<Column>(&reader) else { return nil }
        // Ids come first in the one block of text, previews behind them.
        var text = Array(columns[.idText].bytes)
        let idSize = text.count
        text.append(contentsOf: columns[.previewText].bytes)
        var counts = columns[.counts]
        guard let callCount = counts.count(), let hopCount = counts.count(), let payloadCount = counts.count(),
            let tools = columns.list(.tools, { $0.text() }),
            let calls = Self.calls(callCount, columns),
            let hops = Self.hops(hopCount, payloads: payloadCount, ordinals, columns),
            let payloads = Self.payloads(payloadCount, textStart: idSize, columns),
            calls.allSatisfy({ Int($0.firstHop) <= hops.count && Int($0.tool) < tools.count }),
            calls.last(where: { $0.id != nil })?.id?.upperBound ?? 0 <= idSize,
            payloads.last?.preview.upperBound ?? 0 <= text.count
        else { return nil }
        self.init(table: JointTable(calls: calls, hops: hops, payloads: payloads, tools: tools, text: text))
    }

    private static func calls(_ count: Int, _ columns: ColumnReader<Column>) -> [JointTable.Call]? {
        var (sizes, runs) = (columns[.sizes], columns[.runs])
        var (tools, idLengths) = (columns[.toolPlaces], columns[.idLengths])
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
        _ count: Int, payloads: Int, _ ordinals: (Int64) -> Int32, _ columns: ColumnReader<Column>
    ) -> [JointTable.Hop]? {
        var (stages, spanIDs, spanOrdinals) = (columns[.stages], columns[.spanIDs], columns[.spanOrdinals])
        var spanKeys = columns[.spanKeys]
        var (times, places) = (columns[.times], columns[.payloadPlaces])
        guard stages.mayHold(count) else { return nil }
        var hops: [JointTable.Hop] = []
        hops.reserveCapacity(count)
        var span: (id: UInt64, ordinal: Int32, key: Int64) = (0, 0, 0)
        var time: Int64 = 0
        var seen = 0
        for _ in 0..<count {
            guard let head = stages.number(), let stage = JointStage(rawValue: Int(head & 7)),
                let comparison = JointComparison(rawValue: Int(clamping: head >> 4))
            else { return nil }
            if head & 8 == 0 {
                guard let id = spanIDs.word(), let ordinal = spanOrdinals.signed(), let key = spanKeys.signed()
                else { return nil }
                span = (id, Int32(clamping: ordinal), span.key &+ key)
                if !spanKeys.isMissing { span.ordinal = ordinals(span.key) }
            }
            guard let hasTime = times.number() else { return nil }
            if hasTime != 0 {
                guard let difference = times.signed() else { return nil }
                time = time &+ difference
            }
            guard let back = places.count(), back <= seen + 1, back != 1 || seen < payloads else { return nil }
            hops.append(
                JointTable.Hop(
                    spanID: SpanID(span.id), spanOrdinal: span.ordinal,
                    timeUnixNano: hasTime != 0 ? OutsideNumber.time(time) : nil, stage: stage,
                    comparison: comparison, payload: back == 0 ? -1 : Int32(clamping: seen - back + 1)))
            if back == 1 { seen += 1 }
        }
        return hops
    }

    private static func payloads(
        _ count: Int, textStart: Int, _ columns: ColumnReader<Column>
    ) -> [JointTable.Payload]? {
        var (contents, byteCounts, lengths) = (columns[.contents], columns[.byteCounts], columns[.previewLengths])
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

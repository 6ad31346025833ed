import Basics
package import TraceModel

/// The structure of a span in one blob of fixed layout, beside the columns that say the same.
///
/// Reading a tree is the one thing that must be fast for a million rows, and SQLite spends most of its time on that in
/// finding columns: one blob comes out four times as fast as twenty columns. Filters and other programs use the columns.
package struct PackedSpan: Equatable, Sendable {
    /// The bytes of a blob.
    package static let size = 116
    /// Before spans were analysed, blobs ended here.
    private static let oldestSize = 96
    /// Before calls that are told twice were known, they ended here.
    private static let olderSize = 108
    /// Before it was told where the time to the first chunk comes from, they ended here.
    private static let oldSize = 112

    package var id: SpanID
    package var parent: SpanID?
    package var start: Int64?
    package var end: Int64?
    package var firstChunk: Int64?
    /// Whether only the stream of the span tells that, and the span itself does not state it.
    package var isFirstChunkOfStream = false
    package var tokensInput: Int64?
    package var tokensOutput: Int64?
    // References to texts, 0 for none.
    package var name: Int32 = 0
    package var service: Int32 = 0
    package var agent: Int32 = 0
    package var agentInstance: Int32 = 0
    package var modelRequested: Int32 = 0
    package var modelResolved: Int32 = 0
    package var tool: Int32 = 0
    package var errorType: Int32 = 0
    // What the analysis of the trace says, 0 for nothing.
    package var agentRun: Int32 = 0
    package var step: Int32 = 0
    package var clock: Int32 = 0
    /// The number of the span that counts for this one, −1 for none.
    package var countedBy: Int32 = -1
    package var marks: SpanMarks = []
    package var kind = SpanKind.other
    package var status = SpanStatus.Code.unset
    package var agentSource = IdentitySource.missing
    package var isError = false
    package var isCancelled = false

    package init(id: SpanID) {
        self.id = id
    }

    /// What is known of a span, one bit each.
    private struct Flags: OptionSet {
        let rawValue: UInt8
        static let error = Flags(rawValue: 1 << 0)
        static let cancelled = Flags(rawValue: 1 << 1)
        static let parent = Flags(rawValue: 1 << 2)
        static let start = Flags(rawValue: 1 << 3)
        static let end = Flags(rawValue: 1 << 4)
        static let firstChunk = Flags(rawValue: 1 << 5)
        static let tokensInput = Flags(rawValue: 1 << 6)
        static let tokensOutput = Flags(rawValue: 1 << 7)
    }

    /// Reads a blob; nil where it is too short to be one.
    @inline(__always)
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.oldestSize else { return nil }
        @inline(__always) func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        @inline(__always) func reference(_ offset: Int) -> Int32 {
            Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
        }
        let flags = Flags(rawValue: bytes[95])
        id = SpanID(word(0))
        parent = flags.contains(.parent) ? SpanID(word(8)) : nil
        start = flags.contains(.start) ? Int64(bitPattern: word(16)) : nil
        end = flags.contains(.end) ? Int64(bitPattern: word(24)) : nil
        firstChunk = flags.contains(.firstChunk) ? Int64(bitPattern: word(32)) : nil
        tokensInput = flags.contains(.tokensInput) ? Int64(bitPattern: word(40)) : nil
        tokensOutput = flags.contains(.tokensOutput) ? Int64(bitPattern: word(48)) : nil
        name = reference(56)
        service = reference(60)
        agent = reference(64)
        agentInstance = reference(68)
        modelRequested = reference(72)
        modelResolved = reference(76)
        tool = reference(80)
        errorType = reference(84)
        marks = SpanMarks(rawValue: Int(UInt32(bitPattern: reference(88))))
        kind = SpanKind(rawValue: Int(bytes[92])) ?? .other
        status = SpanStatus.Code(rawValue: Int(bytes[93])) ?? .unset
        agentSource = IdentitySource(rawValue: Int(bytes[94])) ?? .missing
        isError = flags.contains(.error)
        isCancelled = flags.contains(.cancelled)
        admitNumbers()
        guard bytes.count >= Self.olderSize else { return }
        agentRun = reference(96)
        step = reference(100)
        clock = reference(104)
        if bytes.count >= Self.oldSize { countedBy = reference(108) }
        if bytes.count >= Self.size { isFirstChunkOfStream = reference(112) & 1 != 0 }
    }

    /// Takes out numbers that an older build stored unseen.
    @inline(__always)
    private mutating func admitNumbers() {
        let isAdmitted =
            OutsideNumber.times.contains(start ?? 0) && OutsideNumber.times.contains(end ?? 0)
            && OutsideNumber.duration(firstChunk ?? 0) != nil && OutsideNumber.counts.contains(tokensInput ?? 0)
            && OutsideNumber.counts.contains(tokensOutput ?? 0)
        if isAdmitted { return }
        start = OutsideNumber.time(start)
        end = OutsideNumber.time(end)
        firstChunk = OutsideNumber.duration(firstChunk)
        tokensInput = OutsideNumber.count(tokensInput)
        tokensOutput = OutsideNumber.count(tokensOutput)
        marks.insert(.outOfRange)
    }

    /// The blob; numbers are little-endian.
    package var bytes: [UInt8] {
        var flags: Flags = []
        if isError { flags.insert(.error) }
        if isCancelled { flags.insert(.cancelled) }
        if parent != nil { flags.insert(.parent) }
        if start != nil { flags.insert(.start) }
        if end != nil { flags.insert(.end) }
        if firstChunk != nil { flags.insert(.firstChunk) }
        if tokensInput != nil { flags.insert(.tokensInput) }
        if tokensOutput != nil { flags.insert(.tokensOutput) }
        let words = [
            id.rawValue, parent?.rawValue ?? 0, UInt64(bitPattern: start ?? 0), UInt64(bitPattern: end ?? 0),
            UInt64(bitPattern: firstChunk ?? 0), UInt64(bitPattern: tokensInput ?? 0),
            UInt64(bitPattern: tokensOutput ?? 0),
        ]
        let references = [
            name, service, agent, agentInstance, modelRequested, modelResolved, tool, errorType,
            Int32(truncatingIfNeeded: marks.rawValue),
        ]
        return [UInt8](unsafeUninitializedCapacity: Self.size) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for (index, word) in words.enumerated() {
                raw.storeBytes(of: word.littleEndian, toByteOffset: index * 8, as: UInt64.self)
            }
            for (index, reference) in references.enumerated() {
                raw.storeBytes(of: reference.littleEndian, toByteOffset: 56 + index * 4, as: Int32.self)
            }
            buffer[92] = UInt8(truncatingIfNeeded: kind.rawValue)
            buffer[93] = UInt8(truncatingIfNeeded: status.rawValue)
            buffer[94] = UInt8(truncatingIfNeeded: agentSource.rawValue)
            buffer[95] = flags.rawValue
            for (index, reference) in [agentRun, step, clock, countedBy, isFirstChunkOfStream ? 1 : 0].enumerated() {
                raw.storeBytes(of: reference.littleEndian, toByteOffset: 96 + index * 4, as: Int32.self)
            }
            count = Self.size
        }
    }
}

extension PackedSpan {
    /// The blob of a row whose names `reference` turns into references to texts.
    init(_ row: SpanRow, reference: (NameIndex) -> Int32) {
        self.init(id: row.spanID)
        parent = row.parentSpanID
        start = row.startUnixNano
        end = row.endUnixNano
        firstChunk = row.timeToFirstChunkNanos
        tokensInput = row.tokensInput
        tokensOutput = row.tokensOutput
        name = reference(row.name)
        service = reference(row.service)
        agent = reference(row.agent)
        agentInstance = reference(row.agentInstance)
        modelRequested = reference(row.modelRequested)
        modelResolved = reference(row.modelResolved)
        tool = reference(row.tool)
        errorType = reference(row.errorType)
        agentRun = row.agentRun
        step = row.step
        clock = row.clock
        countedBy = row.countedBy
        marks = row.marks
        kind = row.kind
        status = row.status
        agentSource = row.agentSource
        isError = row.isError
        isCancelled = row.isCancelled
    }

    /// The row of the blob; its names are references to texts.
    func row(arrival: Int32) -> SpanRow {
        var row = SpanRow(arrival: arrival, spanID: id, parentSpanID: parent, name: name)
        row.service = service
        row.agent = agent
        row.agentInstance = agentInstance
        row.modelRequested = modelRequested
        row.modelResolved = modelResolved
        row.tool = tool
        row.errorType = errorType
        row.kind = kind
        row.agentSource = agentSource
        row.status = status
        row.isError = isError
        row.isCancelled = isCancelled
        row.marks = marks
        row.startUnixNano = start
        row.endUnixNano = end
        row.timeToFirstChunkNanos = firstChunk
        row.tokensInput = tokensInput
        row.tokensOutput = tokensOutput
        row.agentRun = agentRun
        row.step = step
        row.clock = clock
        row.countedBy = countedBy
        return row
    }
}

extension SpanRow {
    /// Replaces all names, such as references to texts by indices of a table.
    mutating func mapNames(_ body: (NameIndex) throws -> NameIndex) rethrows {
        name = try body(name)
        service = try body(service)
        agent = try body(agent)
        agentInstance = try body(agentInstance)
        modelRequested = try body(modelRequested)
        modelResolved = try body(modelResolved)
        tool = try body(tool)
        errorType = try body(errorType)
    }
}

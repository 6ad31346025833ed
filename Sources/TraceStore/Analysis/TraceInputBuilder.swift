import TraceAnalysis
import TraceModel

/// Gathers the spans of a trace for its analysis, in the order of their keys.
struct TraceInputBuilder {
    private var rows: [SpanRow] = []
    private var resources: [Int32] = []
    private var evidenceIndices: [Int32] = []
    private var evidence: [SpanEvidence] = []

    init(expecting count: Int = 0) {
        rows.reserveCapacity(count)
        resources.reserveCapacity(count)
        evidenceIndices.reserveCapacity(count)
    }

    /// Adds the next span; its names stay references of the store until the end.
    mutating func add(key: Int64, _ packed: PackedSpan, resource: Int32, evidence span: SpanEvidence?) {
        var row = SpanRow(key: key, spanID: packed.id, parentSpanID: packed.parent, name: packed.name)
        row.service = packed.service
        row.agent = packed.agent
        row.agentInstance = packed.agentInstance
        row.modelRequested = packed.modelRequested
        row.modelResolved = packed.modelResolved
        row.tool = packed.tool
        row.errorType = packed.errorType
        row.kind = packed.kind
        row.agentSource = packed.agentSource
        row.status = packed.status
        row.isError = packed.isError
        row.isCancelled = packed.isCancelled
        row.marks = packed.marks
        row.startUnixNano = packed.start
        row.endUnixNano = packed.end
        row.timeToFirstChunkNanos = packed.firstChunk
        row.tokensInput = packed.tokensInput
        row.tokensOutput = packed.tokensOutput
        rows.append(row)
        resources.append(resource)
        evidenceIndices.append(span == nil ? -1 : Int32(evidence.count))
        if let span { evidence.append(span) }
    }

    /// Sets when the first chunk of a span's stream came, where the span itself does not say it.
    mutating func setFirstChunk(_ nanos: Int64, ofSpan key: Int64) {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].key < key { low = middle + 1 } else { high = middle }
        }
        guard rows.indices.contains(low), rows[low].key == key, rows[low].timeToFirstChunkNanos == nil else { return }
        rows[low].timeToFirstChunkNanos = nanos
    }

    /// The input, and for each of its spans the place in which it was added.
    func input(
        text: (Int32) throws -> String?, clockName: (Int32) throws -> String
    ) rethrows -> (input: TraceInput, order: [Int32]) {
        var order = rows.indices.map { (start: rows[$0].startUnixNano ?? .max, place: Int32($0)) }
        let isSorted = zip(order, order.dropFirst()).allSatisfy { $0.start <= $1.start }
        if !isSorted { order.sort { $0.start != $1.start ? $0.start < $1.start : $0.place < $1.place } }
        let places = order.map(\.place)

        var names = NameTable()
        var local: [Int32: NameIndex] = [0: 0]
        func name(_ reference: Int32) throws -> NameIndex {
            if let index = local[reference] { return index }
            let index = names.intern(try text(reference))
            local[reference] = index
            return index
        }
        var clockNames: [String] = []
        var clockOfName: [String: Int32] = [:]
        var clockOfResource: [Int32: Int32] = [:]
        func clock(_ resource: Int32) throws -> Int32 {
            if let known = clockOfResource[resource] { return known }
            let name = try clockName(resource)
            let number = clockOfName[name] ?? Int32(clockNames.count)
            if clockOfName[name] == nil {
                clockOfName[name] = number
                clockNames.append(name)
            }
            clockOfResource[resource] = number
            return number
        }
        var spans: [SpanRow] = []
        var clocks: [Int32] = []
        var indices: [Int32] = []
        spans.reserveCapacity(rows.count)
        clocks.reserveCapacity(rows.count)
        indices.reserveCapacity(rows.count)
        for place in places {
            var row = rows[Int(place)]
            row.name = try name(row.name)
            row.service = try name(row.service)
            row.agent = try name(row.agent)
            row.agentInstance = try name(row.agentInstance)
            row.modelRequested = try name(row.modelRequested)
            row.modelResolved = try name(row.modelResolved)
            row.tool = try name(row.tool)
            row.errorType = try name(row.errorType)
            row.clock = try clock(resources[Int(place)])
            spans.append(row)
            clocks.append(row.clock)
            indices.append(evidenceIndices[Int(place)])
        }
        let input = TraceInput(
            spans: spans, names: names, clocks: clocks, clockNames: clockNames, evidenceIndices: indices,
            evidence: evidence)
        return (input, places)
    }
}

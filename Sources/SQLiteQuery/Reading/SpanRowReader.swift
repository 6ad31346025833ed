import TraceModel
import TraceStore

/// Reads the narrow rows of spans.
struct SpanRowReader {
    /// What a row is made of.
    static let columns = "span.key, span.packed, span.ordinal"

    private(set) var mapper = NameMapper()

    /// The span of the current row, whose first columns are `columns`; nil for a row that is damaged.
    @inline(__always)
    mutating func row(_ row: PreparedStatement) -> SpanRow? {
        guard let packed = row.withBytes(1, { PackedSpan($0) }) else { return nil }
        var span = SpanRow(
            arrival: StoreKey.number(ofSpan: row.int(0)), spanID: packed.id, parentSpanID: packed.parent,
            name: mapper.index(packed.name))
        span.ordinal = Int32(truncatingIfNeeded: row.int(2))
        span.service = mapper.index(packed.service)
        span.kind = packed.kind
        span.status = packed.status
        span.isError = packed.isError
        span.isCancelled = packed.isCancelled
        span.marks = packed.marks
        span.startUnixNano = packed.start
        span.endUnixNano = packed.end
        span.agentSource = packed.agentSource
        span.agent = mapper.index(packed.agent)
        span.agentInstance = mapper.index(packed.agentInstance)
        span.modelRequested = mapper.index(packed.modelRequested)
        span.modelResolved = mapper.index(packed.modelResolved)
        span.tool = mapper.index(packed.tool)
        span.errorType = mapper.index(packed.errorType)
        span.timeToFirstChunkNanos = packed.firstChunk
        span.tokensInput = packed.tokensInput
        span.tokensOutput = packed.tokensOutput
        span.agentRun = packed.agentRun
        span.step = packed.step
        span.clock = packed.clock
        span.countedBy = packed.countedBy
        return span
    }

    /// The rows of some spans, with their keys and names; keys of no span are passed over.
    mutating func rows(
        _ keys: [Int64], _ session: ReadSession
    ) throws -> (keys: [Int64], rows: [SpanRow], names: NameTable) {
        var (found, rows): ([Int64], [SpanRow]) = ([], [])
        rows.reserveCapacity(keys.count)
        let select = try session.statement(SpanDetailReader.selectRow)
        for key in keys {
            select.bind(1, key)
            defer { select.reset() }
            guard try select.step(), let row = row(select) else { continue }
            found.append(key)
            rows.append(row)
        }
        let names = try names(session, for: &rows)
        return (found, rows, names)
    }

    /// The names of all rows read so far, which are brought into line with them.
    func names(_ session: ReadSession, for rows: inout [SpanRow]) throws -> NameTable {
        let (names, remap) = try mapper.table(session)
        guard let remap else { return names }
        for index in rows.indices { rows[index].renumber { remap[Int($0)] } }
        return names
    }
}

extension SpanRow {
    fileprivate mutating func renumber(_ new: (NameIndex) -> NameIndex) {
        name = new(name)
        service = new(service)
        agent = new(agent)
        agentInstance = new(agentInstance)
        modelRequested = new(modelRequested)
        modelResolved = new(modelResolved)
        tool = new(tool)
        errorType = new(errorType)
    }
}

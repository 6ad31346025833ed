import TraceModel
import TraceStore

/// Reads the narrow rows of spans.
struct SpanRowReader {
    /// The columns in the order in which the table holds them, which is the fastest to read.
    static let columns = """
        span.key, span.id, span.parent, span.name, span.service, span.kind, span.status, span.is_error,
        span.is_cancelled, span.marks, span.start_ns, span.end_ns, span.agent_source, span.agent,
        span.agent_instance, span.model_requested, span.model_resolved, span.tool, span.error_type,
        span.first_chunk_ns, span.tokens_input, span.tokens_output
        """

    private(set) var mapper = NameMapper()

    /// The span of the current row, whose first columns are `columns`.
    @inline(__always)
    mutating func row(_ row: PreparedStatement) -> SpanRow {
        var span = SpanRow(
            key: row.int(0), spanID: SpanID(UInt64(bitPattern: row.int(1))),
            parentSpanID: row.optionalInt(2).map { SpanID(UInt64(bitPattern: $0)) },
            name: mapper.index(row.reference(3)))
        span.service = mapper.index(row.reference(4))
        span.kind = SpanKind(rawValue: Int(row.int(5))) ?? .other
        span.status = SpanStatus.Code(rawValue: Int(row.int(6))) ?? .unset
        span.isError = row.int(7) != 0
        span.isCancelled = row.int(8) != 0
        span.marks = SpanMarks(rawValue: Int(row.int(9)))
        span.startUnixNano = row.optionalInt(10)
        span.endUnixNano = row.optionalInt(11)
        span.agentSource = IdentitySource(rawValue: Int(row.int(12))) ?? .missing
        span.agent = mapper.index(row.reference(13))
        span.agentInstance = mapper.index(row.reference(14))
        span.modelRequested = mapper.index(row.reference(15))
        span.modelResolved = mapper.index(row.reference(16))
        span.tool = mapper.index(row.reference(17))
        span.errorType = mapper.index(row.reference(18))
        span.timeToFirstChunkNanos = row.optionalInt(19)
        span.tokensInput = row.optionalInt(20)
        span.tokensOutput = row.optionalInt(21)
        return span
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

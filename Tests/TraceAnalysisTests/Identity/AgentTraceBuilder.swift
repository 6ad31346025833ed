import TraceAnalysis
import TraceModel

/// Builds the input of an analysis span by span; times are in whole units, one second apart by default.
struct AgentTraceBuilder {
    private var rows: [SpanRow] = []
    private var evidence: [SpanID: SpanEvidence] = [:]
    private var names = NameTable()
    private var clock: Int64 = 0

    /// Adds a span and gives its id; it starts where the one before it ended unless told otherwise.
    @discardableResult
    mutating func span(
        _ kind: SpanKind, agent: String? = nil, source: IdentitySource = .declared, instance: String? = nil,
        under parent: UInt64? = nil, from start: Int64? = nil, to end: Int64? = nil, error: String? = nil,
        cancelled: Bool = false, evidence change: ((inout SpanEvidence) -> Void)? = nil,
        row edit: ((inout SpanRow, inout NameTable) -> Void)? = nil
    ) -> UInt64 {
        let id = UInt64(rows.count + 1)
        var row = SpanRow(
            arrival: Int32(id), spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) }, name: names.intern("span"))
        row.kind = kind
        row.agent = names.intern(agent)
        row.agentSource = agent == nil ? .missing : source
        row.agentInstance = names.intern(instance)
        row.startUnixNano = start ?? clock
        row.endUnixNano = end ?? (start ?? clock) + 10
        clock = max(clock, (start ?? clock) + 10)
        row.isError = error != nil
        row.isCancelled = cancelled
        row.errorType = names.intern(error)
        edit?(&row, &names)
        rows.append(row)
        if let change {
            var value = SpanEvidence()
            change(&value)
            evidence[row.spanID] = value
        }
        return id
    }

    var input: TraceInput {
        var indices: [Int32] = []
        var list: [SpanEvidence] = []
        let ordered = rows.sorted { ($0.startUnixNano ?? .max, $0.arrival) < ($1.startUnixNano ?? .max, $1.arrival) }
        for row in ordered {
            indices.append(evidence[row.spanID] == nil ? -1 : Int32(list.count))
            if let value = evidence[row.spanID] { list.append(value) }
        }
        return TraceInput(
            spans: ordered, names: names, clocks: Array(repeating: 0, count: rows.count), clockNames: ["clock"],
            evidenceIndices: indices, evidence: list)
    }

    func resolve() -> AgentResolution {
        let input = input
        return AgentResolver.resolve(input, forest: SpanForest(input.spans))
    }

    static func digest(_ form: UInt64) -> PayloadDigest {
        PayloadDigest(byteCount: 8, forms: [form], preview: "value")
    }
}

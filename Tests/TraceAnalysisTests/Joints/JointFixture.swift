import TraceModel

@testable import TraceAnalysis

/// A trace written span by span, as its analysis reads it; times in milliseconds.
struct JointFixture {
    typealias Asked = (id: String?, name: String, arguments: String)
    typealias Delivered = (id: String?, result: String)

    private(set) var rows: [(row: SpanRow, evidence: SpanEvidence?, run: Int32, clock: Int32)] = []
    private(set) var names = NameTable()
    var clockNames = ["web"]
    var runs: [AgentRun] = []

    /// A digest of a text as recorded; content as the text says.
    static func digest(_ text: String, preview: Int = PayloadDigest.previewLimit) -> PayloadDigest {
        func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
            bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
        let content: PayloadDigest.Content =
            ["null", "{}", "[]", "", #"{"result": null}"#].contains(text)
            ? .empty : text.hasPrefix(#"{"error""#) ? .error : text == "[REDACTED]" ? .redacted : .value
        var prefixes: [UInt64] = []
        var length = 1024
        while length <= text.utf8.count {
            prefixes.append(hash(text.utf8.prefix(length)))
            length *= 2
        }
        // The second form stands for the value without spaces.
        return PayloadDigest(
            content: content, byteCount: text.utf8.count,
            forms: [hash(text.utf8), hash(text.utf8.filter { $0 != 0x20 })], preview: String(text.prefix(preview)),
            saysTruncated: text.hasSuffix("… [truncated]"), prefixes: prefixes)
    }

    @discardableResult
    mutating func span(
        _ kind: SpanKind, _ name: String, parent: UInt64? = nil, _ start: Int64?, _ end: Int64?, run: Int32 = 1,
        clock: Int32 = 0, evidence: SpanEvidence? = nil, with change: (inout SpanRow) -> Void = { _ in }
    ) -> UInt64 {
        let id = UInt64(rows.count + 1)
        var row = SpanRow(
            arrival: Int32(id), spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) }, name: names.intern(name))
        row.kind = kind
        row.startUnixNano = start.map { $0 * 1_000_000 }
        row.endUnixNano = end.map { $0 * 1_000_000 }
        row.clock = clock
        change(&row)
        rows.append((row, evidence, run, clock))
        return id
    }

    @discardableResult
    mutating func model(
        parent: UInt64? = nil, _ start: Int64, _ end: Int64?, run: Int32 = 1, clock: Int32 = 0, asks: [Asked] = [],
        recalls: [Asked] = [], delivers: [Delivered] = [], answer: String? = nil, admitsGap: Bool = false,
        offers: [String]? = nil, hasMessages: Bool = true, requested: String? = nil, resolved: String? = nil,
        with change: (inout SpanRow) -> Void = { _ in }
    ) -> UInt64 {
        var evidence = SpanEvidence()
        func request(_ asked: Asked) -> ToolCallRequest {
            ToolCallRequest(id: asked.id, name: asked.name, arguments: Self.digest(asked.arguments))
        }
        evidence.requestedCalls = asks.map(request)
        evidence.recalledCalls = recalls.map(request)
        evidence.deliveredResults = delivers.map {
            ToolCallDelivery(id: $0.id, name: nil, result: Self.digest($0.result))
        }
        evidence.answer = answer.map { Self.digest($0) }
        evidence.answerAdmitsGap = admitsGap
        evidence.offeredTools = offers
        evidence.hasMessages = hasMessages
        for ask in asks { _ = names.intern(ask.name) }
        let models = (names.intern(requested), names.intern(resolved))
        return span(.llm, "chat", parent: parent, start, end, run: run, clock: clock, evidence: evidence) {
            ($0.modelRequested, $0.modelResolved) = models
            change(&$0)
        }
    }

    @discardableResult
    mutating func tool(
        _ name: String, parent: UInt64? = nil, id: String?, _ arguments: String?, gives result: String?,
        _ start: Int64, _ end: Int64?, run: Int32 = 1, clock: Int32 = 0,
        with change: (inout SpanRow) -> Void = { _ in }
    ) -> UInt64 {
        var evidence = SpanEvidence()
        evidence.toolCallID = id
        evidence.arguments = arguments.map { Self.digest($0) }
        evidence.result = result.map { Self.digest($0) }
        let tool = names.intern(name)
        return span(.tool, "execute_tool", parent: parent, start, end, run: run, clock: clock, evidence: evidence) {
            $0.tool = tool
            change(&$0)
        }
    }

    private var sorted: [(row: SpanRow, evidence: SpanEvidence?, run: Int32, clock: Int32)] {
        rows.sorted {
            ($0.row.startUnixNano ?? .max, $0.row.arrival) < ($1.row.startUnixNano ?? .max, $1.row.arrival)
        }
    }

    var input: TraceInput {
        let rows = sorted
        var evidence: [SpanEvidence] = []
        var indices: [Int32] = []
        for row in rows {
            indices.append(row.evidence == nil ? -1 : Int32(evidence.count))
            if let value = row.evidence { evidence.append(value) }
        }
        return TraceInput(
            spans: rows.map(\.row), names: names, clocks: rows.map(\.clock), clockNames: clockNames,
            evidenceIndices: indices, evidence: evidence)
    }

    var agents: AgentResolution {
        AgentResolution(
            topology: AgentTopology(runs: runs, spanCount: rows.count), spanRuns: sorted.map(\.run),
            spanSources: rows.map { _ in .declared })
    }

    var report: JointReport {
        let input = input
        return JointBuilder.report(input, forest: SpanForest(input.spans), agents: agents)
    }

    /// The rules of all findings, in order.
    var rules: [String] { report.findings.map(\.rule) }

    func finding(_ rule: String) -> Finding? { report.findings.first { $0.rule == rule } }

    /// One question: the model asks for one tool, which runs, and answers with its result.
    static func oneCall(
        _ arguments: String = #"{"order":"7731"}"#, ran: String? = nil, gives result: String = #"{"eta":"Tuesday"}"#,
        delivered: String? = nil, answer: String = "It arrives on Tuesday.", admitsGap: Bool = false,
        isError: Bool = false
    ) -> JointFixture {
        var trace = JointFixture()
        let agent = trace.span(.agent, "support", 0, 4_000)
        let call: Asked = ("call_9", "track_order", arguments)
        trace.model(parent: agent, 10, 950, asks: [call], offers: ["track_order"])
        trace.tool("track_order", parent: agent, id: "call_9", ran ?? arguments, gives: result, 960, 1_270) {
            $0.isError = isError
        }
        trace.model(
            parent: agent, 1_290, 2_890, recalls: [call], delivers: [("call_9", delivered ?? result)], answer: answer,
            admitsGap: admitsGap, offers: ["track_order"])
        return trace
    }
}

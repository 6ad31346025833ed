import TraceExport
import TraceModel

/// A trace of model calls and tools, told by what was said.
struct ChatTrace {
    private(set) var spans: [ExportSpan] = []
    private var runs: [AgentRun] = []
    private let trace = TraceID(high: 1, low: 2)

    /// Adds an agent run; returns its number.
    mutating func run(_ name: String?) -> Int32 {
        runs.append(AgentRun(number: Int32(runs.count + 1), name: name, source: .declared))
        return Int32(runs.count)
    }

    /// Adds a span of a kind in order of start; returns its id.
    @discardableResult
    mutating func span(
        _ kind: SpanKind, run: Int32 = 0, parent: SpanID? = nil, _ change: (inout ExportSpan) -> Void = { _ in }
    ) -> SpanID {
        let id = SpanID(UInt64(spans.count + 1))
        let start = Int64(spans.count) * 1_000
        var row = SpanRow(arrival: Int32(spans.count + 1), spanID: id, parentSpanID: parent, name: 0)
        row.kind = kind
        row.agentRun = run
        row.startUnixNano = start
        var span = ExportSpan(
            row: row,
            span: Span(
                traceID: trace, spanID: id, parentSpanID: parent, name: kind.name, startUnixNano: start,
                endUnixNano: start + 500),
            logs: [], stream: nil, facts: SpanFacts(kind: kind), content: SpanContent())
        change(&span)
        spans.append(span)
        return id
    }

    /// Adds a model call.
    @discardableResult
    mutating func call(
        _ input: [Message], _ output: [Message], run: Int32 = 0, parent: SpanID? = nil,
        _ change: (inout ExportSpan) -> Void = { _ in }
    ) -> SpanID {
        span(.llm, run: run, parent: parent) { span in
            span.content.inputMessages = input
            span.content.outputMessages = output
            span.facts.modelResolved = "m-1"
            change(&span)
        }
    }

    /// Adds the run of a tool.
    mutating func tool(_ id: String?, gives result: String?, parent: SpanID? = nil) {
        span(.tool, parent: parent) { span in
            span.facts.toolCallID = id
            span.content.toolResult = result
        }
    }

    var fixture: ExportFixture {
        var summary = TraceSummary(traceID: trace)
        summary.spanCount = spans.count
        let trace = ExportTrace(
            summary: summary, agents: AgentTopology(runs: runs, spanCount: spans.count), steps: [], findings: [],
            coverage: nil, part: nil, spanCount: spans.count)
        return ExportFixture(trace: trace, spans: spans)
    }

    var trajectories: [Trajectory] {
        let fixture = fixture
        var builder = TrajectoryBuilder(fixture.trace)
        for span in fixture.spans { builder.add(span) }
        return builder.finish()
    }
}

extension Message {
    static func system(_ text: String) -> Message { Message(role: "system", parts: [.text(text)]) }
    static func user(_ text: String) -> Message { Message(role: "user", parts: [.text(text)]) }
    static func says(_ text: String) -> Message { Message(role: "assistant", parts: [.text(text)]) }

    static func asks(_ id: String?, _ arguments: String = #"{"city":"Oslo"}"#, name: String = "weather") -> Message {
        Message(role: "assistant", parts: [.toolCall(id: id, name: name, arguments: arguments)])
    }

    static func result(_ id: String?, _ text: String?) -> Message {
        Message(role: "tool", parts: [.toolResult(id: id, result: text)])
    }
}

extension Trajectory {
    /// What is said, a word a message.
    var outline: [String] {
        messages.map { message in
            let calls = message.calls.map { "\($0.name ?? "?")#\($0.id ?? "?")" }.joined(separator: "+")
            switch message.role {
            case .system: return "S:" + message.text
            case .user: return "U:" + message.text
            case .assistant: return "A:" + message.text + calls
            case .tool: return "T#\(message.callID ?? "?"):" + message.text
            case .other(let role): return role + ":" + message.text
            }
        }
    }
}

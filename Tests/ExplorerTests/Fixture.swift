import Canvas
import Explorer
import Foundation
import TraceExport
import TraceModel
import TraceQuery

/// A small incident, built in code: a planner, two workers, a critic, tool calls, a missing parent.
enum Fixture {
    static let start: Int64 = 1_795_399_900_000_000_000
    static let second: Int64 = 1_000_000_000

    /// Builds rows with less noise.
    struct Builder {
        var names = NameTable()
        var spans: [SpanRow] = []

        @discardableResult
        mutating func add(
            _ id: UInt64, parent: UInt64? = nil, _ name: String, _ kind: SpanKind, from: Double, to: Double?,
            agent: String? = nil, source: IdentitySource = .declared, change: (inout SpanRow) -> Void = { _ in }
        ) -> SpanRow {
            var row = SpanRow(
                arrival: Int32(id), spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) },
                name: names.intern(name))
            row.kind = kind
            row.startUnixNano = Fixture.start + Int64(from * 1e9)
            row.endUnixNano = to.map { Fixture.start + Int64($0 * 1e9) }
            row.agent = names.intern(agent)
            row.agentSource = agent == nil ? .missing : source
            if to == nil { row.marks.insert(.unfinished) }
            change(&row)
            spans.append(row)
            return row
        }
    }

    static func structure() -> TraceStructure {
        var b = Builder()
        let requested = b.names.intern("gpt-x")
        let resolved = b.names.intern("gpt-x-2026-04-30")
        let search = b.names.intern("search_orders")
        b.add(1, "answer_ticket", .workflow, from: 0, to: 28.4)
        b.add(2, parent: 1, "invoke_agent planner", .agent, from: 0.1, to: 28.3, agent: "planner")
        b.add(3, parent: 2, "chat gpt-x", .llm, from: 0.2, to: 2.3, agent: "planner", source: .inherited) {
            $0.modelRequested = requested
            $0.modelResolved = resolved
            $0.timeToFirstChunkNanos = 800_000_000
            $0.tokensInput = 1210
            $0.tokensOutput = 38
        }
        b.add(4, parent: 2, "invoke_agent worker", .agent, from: 2.5, to: 8.5, agent: "worker")
        b.add(5, parent: 4, "chat gpt-x", .llm, from: 2.6, to: 4.4, agent: "worker", source: .inherited) {
            $0.modelRequested = requested
        }
        b.add(
            6, parent: 4, "execute_tool search_orders", .tool, from: 4.5, to: 8.4, agent: "worker", source: .inherited
        ) {
            $0.tool = search
            $0.isError = true
            $0.status = .error
        }
        for i in 0..<12 {
            b.add(
                UInt64(20 + i), parent: 2, "execute_tool lookup", .tool, from: 9 + Double(i) * 0.5,
                to: 9.3 + Double(i) * 0.5, agent: "planner", source: .inherited)
        }
        b.add(7, parent: 2, "invoke_agent critic", .agent, from: 16, to: 20, agent: "critic", source: .inferred)
        b.add(8, parent: 7, "对话 检查答案 👩‍💻", .llm, from: 16.1, to: 19.8)
        b.add(9, parent: 0xdead_beef, "orphan.step", .chain, from: 20.5, to: 21)
        b.add(10, parent: 2, "execute_tool refund", .tool, from: 21, to: 24) { $0.isCancelled = true }
        b.add(11, parent: 2, "chat gpt-x", .llm, from: 24.5, to: nil, agent: "planner", source: .inherited)
        b.spans.sort { ($0.startUnixNano ?? 0, $0.arrival) < ($1.startUnixNano ?? 0, $1.arrival) }
        return TraceStructure(summary: summary(key: 1, name: "answer_ticket"), names: b.names, spans: b.spans)
    }

    static func traceID(_ number: Int64) -> TraceID { TraceID(high: 0xabc, low: UInt64(number)) }

    static func summary(key: Int64, name: String, seconds: Double = 28.4, ago: Int64 = 0) -> TraceSummary {
        var summary = TraceSummary(traceID: traceID(key))
        summary.name = name
        summary.startUnixNano = start - ago * second
        summary.durationNanos = Int64(seconds * 1e9)
        summary.spanCount = 23
        summary.errorCount = key % 3 == 1 ? 1 : 0
        summary.services = ["support-api"]
        summary.agents = ["planner", "worker", "critic"]
        summary.models = ["gpt-x", "gpt-x-2026-04-30"]
        summary.modelCallCount = key % 4 == 0 ? 0 : 3
        summary.modelCallsWithTokens = key % 4 == 2 ? 0 : key % 4 == 0 ? 0 : 3
        if key % 4 == 1 || key % 4 == 3 {
            summary.tokensInput = 40_000
            summary.tokensOutput = 1_200
        }
        summary.session = "sess-\(key)"
        summary.findings = key == 1 ? ["structure.missing_parent"] : []
        return summary
    }

    static func summaries() -> [TraceSummary] {
        [
            summary(key: 1, name: "answer_ticket"), summary(key: 2, name: "chat claude-x", seconds: 8.4, ago: 151),
            summary(key: 3, name: "refund_flow", seconds: 6.02, ago: 165),
            summary(key: 4, name: "GET /健康检查", seconds: 0.0019, ago: 189),
            summary(key: 5, name: "research", seconds: 12, ago: 273),
            summary(key: 6, name: "evil \u{1b}[31mred\u{1b}[0m \u{202e}txt", seconds: 0.4, ago: 90_000),
        ]
    }

    static func detail(_ row: SpanRow, names: NameTable) -> SpanDetail {
        var span = Span(
            traceID: TraceID(high: 0xabc, low: 1), spanID: row.spanID, parentSpanID: row.parentSpanID,
            name: names[row.name] ?? "", startUnixNano: row.startUnixNano, endUnixNano: row.endUnixNano)
        span.attributes = [Attribute("gen_ai.operation.name", .string("chat"))]
        var facts = SpanFacts(kind: row.kind)
        facts.modelRequested = names[row.modelRequested]
        var content = SpanContent()
        content.inputMessages = [Message(role: "user", parts: [.text("When does order 7731 arrive?")])]
        content.outputMessages = [Message(role: "assistant", parts: [.text("On Thursday.")])]
        return SpanDetail(row: row, names: names, span: span, facts: facts, content: content)
    }
}

/// An explorer without a terminal: keys go in, screens come out, requests are answered at once from the fixture.
struct ScriptedExplorer {
    var state: AppState
    var effects: [Effect] = []
    var summaries = Fixture.summaries()
    var structure = Fixture.structure()
    /// What the lists over a trace are answered with.
    var topology = ListFixture.topology()
    var steps = ListFixture.steps()
    var joints = ListFixture.joints()
    var ledger = ListFixture.ledger()
    var findingRules = ListFixture.findingRules()
    /// What spans are answered with, by id; all others as the fixture has them.
    var details: [SpanID: SpanDetail] = [:]
    /// What streams of spans are answered with, one after the other, the last again and again.
    var streams: [StreamDetail] = []
    /// What exports are said to come to; nil leaves the question open.
    var estimate: ExportEstimate? = ScriptedExplorer.smallEstimate
    private var streamsAsked = 0

    init(
        columns: Int = 80, rows: Int = 24, metrics: TextMetrics = TextMetrics(), options: StartOptions = StartOptions()
    ) {
        state = AppState(
            size: Size(columns: columns, rows: rows), metrics: metrics, theme: Theme(name: "test", styles: [:]),
            nowUnixNano: Fixture.start + 30 * Fixture.second, timeZone: TimeZone(secondsFromGMT: 0) ?? .gmt,
            databaseName: "incidents.db")
        send(.start(options))
    }

    /// Presses keys, written as in the keymap and separated by spaces; `'text'` types text.
    mutating func press(_ keys: String) {
        for word in keys.split(separator: " ") {
            if word.hasPrefix("'"), word.count > 2 {
                for character in word.dropFirst().dropLast() {
                    send(.key(.character(character == "_" ? " " : character)))
                }
            } else if let key = Key(name: String(word)) {
                send(.key(key))
            }
        }
    }

    mutating func send(_ message: AppMessage) {
        var pending = update(&state, message)
        while !pending.isEmpty {
            let effect = pending.removeFirst()
            effects.append(effect)
            if case .run(let id, let request) = effect, request.base is StreamRequest {
                pending += update(&state, answerStream(id))
            } else if case .estimateExport(let order) = effect, let estimate {
                pending += update(&state, .exportEstimated(order, estimate))
            } else if case .run(let id, let request) = effect {
                pending += answer(id, with: answer(request.base))
            } else if case .derive(let id) = effect, let derivation = state.derivation(for: id) {
                pending += update(&state, .loaded(id, derivation()))
            }
        }
    }

    /// Answers a request, as the task that fetched the result does; what it leads to is for the caller.
    mutating func answer(_ id: RequestID, with result: any Sendable) -> [Effect] {
        update(&state, .loaded(id, state.preparation(for: id)(result)))
    }

    /// A few traces, stored redacted.
    static let smallEstimate = ExportEstimate(
        traces: 3, spans: 41, bytes: 1_200_000,
        redaction: TraceRedaction(
            policies: ["secrets"], spansRedacted: 41, counts: RedactionCounts(["STRIPE_KEY": 100, "JWT": 20])))

    private mutating func answerStream(_ id: RequestID) -> AppMessage {
        guard !streams.isEmpty else { return .failed(id, .notFound(what: "stream")) }
        defer { streamsAsked += 1 }
        return .loaded(id, state.preparation(for: id)(streams[min(streamsAsked, streams.count - 1)]))
    }

    private func answer(_ request: any TraceRequest) -> any Sendable {
        switch request {
        case let list as TraceListRequest:
            var rows = summaries
            if list.sort == .duration { rows.sort { ($0.durationNanos ?? 0) > ($1.durationNanos ?? 0) } }
            if !list.descending { rows.reverse() }
            var overview = TraceListOverview(matching: rows.count, totalTraces: 312, totalSpans: 18_200)
            overview.histogram = (0..<list.histogramBuckets).map { $0 % 7 }
            return TracePage(rows: rows, next: nil, overview: overview)
        case is StructureRequest: return structure
        case let request as SpanRequest:
            guard case .address(let span) = request.span else { break }
            if let detail = details[span.span] { return detail }
            let row = structure.spans.first { $0.local == span.local } ?? structure.spans[0]
            var detail = Fixture.detail(row, names: structure.names)
            detail.findings = structure.findings.filter { $0.spanID == row.spanID }
            return detail
        case is SQLRequest:
            return SQLTable(
                columns: ["name", "n"], rows: [[.text("chat"), .integer(3)], [.null, .integer(0)]], isPartial: false)
        case is AgentsRequest: return TraceAgents(summary: structure.summary, topology: topology)
        case is StepsRequest: return TraceSteps(summary: structure.summary, topology: topology, steps: steps)
        case is JointsRequest:
            return TraceJoints(
                summary: structure.summary, topology: topology, joints: joints, findings: ListFixture.findings())
        case is LedgerRequest: return TraceLedgerPage(summary: structure.summary, ledger: ledger)
        case is FindingRulesRequest: return findingRules
        case let facets as FacetRequest:
            return FacetPage(field: facets.field, values: [.init(value: "planner", count: 3)])
        default: break
        }
        return SearchPage(hits: [], names: NameTable(), next: nil)
    }

    var screen: [String] {
        let canvas = Screens.render(state)
        return (0..<canvas.size.rows).map { row in
            (0..<canvas.size.columns).map { canvas[$0, row].text }.joined()
        }
    }

    var text: String { screen.joined(separator: "\n") }
}

import Basics
import Foundation
import SQLiteQuery
import TraceAnalysis
import TraceModel
import TraceQuery

/// The analysis of one trace in memory, and the requests of its views.
struct AnalysisBench {
    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    /// Milliseconds of the analysis of traces of growing size; linear means equal nanoseconds a span.
    func analysis() -> [Measurement] {
        var smallest: Double?
        return [1_000, 10_000, 100_000, 1_000_000].map { count in
            let input = AnalysisBench.input(spans: count)
            var findings = 0
            let seconds =
                (0..<(count > 100_000 ? 2 : 5)).map { _ in
                    Meter.seconds { findings = TraceAnalyzer.report(of: input).findings.count }
                }.min() ?? 0
            let each = seconds / Double(input.spans.count)
            let reference = smallest ?? each
            smallest = reference
            let ratio = String(format: "%.2f × a span of the smallest", each / reference)
            let isReached = count == 100_000 ? seconds <= 0.3 : each <= 2 * reference
            return Measurement(
                what: "analysis of a trace of \(input.spans.count) spans, \(findings) findings",
                bar: count == 100_000 ? "≤ 300 ms" : "linear",
                measured: "\(Meter.milliseconds(seconds)), \(Int(clamped: each * 1e9)) ns a span, \(ratio)",
                isReached: isReached)
        }
    }

    /// Milliseconds of the requests behind the views of a large trace.
    func views() async throws -> [Measurement] {
        let backend = try SQLiteBackend(path: try workshop.oneTrace(workshop.options.spans))
        guard let trace = try await backend.run(TraceListRequest(limit: 1)).rows.first else {
            throw BenchError.unexpected("no trace to open")
        }
        func measure<Request: TraceRequest>(
            _ name: String, _ request: Request, count: (Request.Answer) -> Int
        ) async throws -> Measurement {
            var best = Double.infinity
            var rows = 0
            for _ in 0..<5 {
                let begin = Meter.now()
                let answer = try await backend.run(request)
                best = min(best, Meter.now() - begin)
                rows = count(answer)
            }
            return Measurement(
                what: "\(name) of a trace of \(trace.spanCount) spans, \(rows) rows", bar: "≤ 100 ms",
                measured: Meter.milliseconds(best), isReached: best <= 0.1)
        }
        let reference = TraceReference.id(trace.traceID)
        return [
            try await measure("agents", AgentsRequest(reference)) { $0.topology.runs.count },
            try await measure("steps", StepsRequest(reference)) { $0.steps.count },
            try await measure("joints", JointsRequest(reference)) { $0.joints.count },
            try await measure("ledger", LedgerRequest(reference)) { $0.ledger.items.count },
        ]
    }

    /// A made-up trace of agents that ask models and run tools, twelve spans a run.
    private static func input(spans count: Int) -> TraceInput {
        var random = SplitMix64(seed: 11)
        var names = NameTable()
        let toolNames = ["search", "read_file", "run_tests", "fetch_page"].map { names.intern($0) }
        let agents = ["planner", "worker", "critic"].map { names.intern($0) }
        let model = names.intern("large-1")
        var spans: [SpanRow] = []
        var indices: [Int32] = []
        var evidence: [SpanEvidence] = []
        var time: Int64 = 1_000_000_000
        var id: UInt64 = 1
        func digest(_ value: UInt64) -> PayloadDigest {
            PayloadDigest(byteCount: 120, forms: [value], preview: "{\"value\":\(value % 1000)}")
        }
        func add(_ kind: SpanKind, parent: UInt64?, lasts: Int64, _ change: (inout SpanRow) -> Void) -> UInt64 {
            var row = SpanRow(arrival: Int32(id), spanID: SpanID(id), parentSpanID: parent.map(SpanID.init), name: 0)
            row.kind = kind
            row.startUnixNano = time
            row.endUnixNano = time + lasts
            row.status = .ok
            change(&row)
            spans.append(row)
            id += 1
            return id - 1
        }
        let root = add(.workflow, parent: nil, lasts: Int64(count) * 40_000_000) { _ in }
        indices.append(-1)
        while spans.count + 12 <= count {
            let agent = agents[Int(random.integer(0...2))]
            let run = add(.agent, parent: root, lasts: 400_000_000) {
                $0.agent = agent
                $0.agentSource = .declared
            }
            indices.append(-1)
            var pending: (id: String, digest: PayloadDigest)?
            for turn in 0..<6 {
                var asked = SpanEvidence()
                asked.hasMessages = true
                if let pending {
                    asked.deliveredResults = [ToolCallDelivery(id: pending.id, name: nil, result: pending.digest)]
                }
                let call = "call_\(id)"
                let arguments = digest(random.next())
                let tool = toolNames[Int(random.integer(0...3))]
                if turn < 5 {
                    asked.requestedCalls = [ToolCallRequest(id: call, name: names[tool], arguments: arguments)]
                } else {
                    asked.answer = digest(random.next())
                }
                _ = add(.llm, parent: run, lasts: 40_000_000) {
                    $0.modelRequested = model
                    $0.timeToFirstChunkNanos = 9_000_000
                    $0.tokensInput = 900
                    $0.tokensOutput = 40
                    $0.agent = agent
                    $0.agentSource = .inherited
                }
                indices.append(Int32(evidence.count))
                evidence.append(asked)
                time += 41_000_000
                guard turn < 5 else { break }
                var ran = SpanEvidence()
                ran.toolCallID = call
                ran.arguments = arguments
                ran.result = digest(random.next())
                pending = ran.result.map { (call, $0) }
                _ = add(.tool, parent: run, lasts: 20_000_000) {
                    $0.tool = tool
                    $0.agent = agent
                    $0.agentSource = .inherited
                }
                indices.append(Int32(evidence.count))
                evidence.append(ran)
                time += 22_000_000
            }
        }
        return TraceInput(
            spans: spans, names: names, clocks: Array(repeating: 0, count: spans.count), clockNames: ["bench"],
            evidenceIndices: indices, evidence: evidence)
    }
}

import Testing
import TraceModel

@testable import TraceAnalysis

/// Loops, storms of retries, and names of models that move.
@Suite struct AgentFindingsTests {
    /// One run that makes calls one after another, each asked for by a model call of its own.
    private func trace(_ calls: [(name: String, arguments: String, result: String)], run: (Int) -> Int32 = { _ in 1 })
        -> JointFixture
    {
        var trace = JointFixture()
        for (turn, call) in calls.enumerated() {
            let at = Int64(turn) * 100
            trace.model(at, at + 50, run: run(turn), asks: [("c\(turn)", call.name, call.arguments)]) {
                ($0.tokensInput, $0.tokensOutput) = (100, 10)
            }
            trace.tool(
                call.name, id: "c\(turn)", call.arguments, gives: call.result, at + 60, at + 80, run: run(turn))
        }
        return trace
    }

    @Test func equalCallsWithEqualResultsAreALoop() throws {
        let loop = trace([("search", "a", "r"), ("search", "a", "r"), ("other", "b", "s"), ("search", "a", "r")])
        let finding = try #require(loop.finding("agent.tool_loop"))
        #expect(loop.rules == ["agent.tool_loop"])
        #expect(finding.certainty == .proven)
        #expect(finding.evidence.contains { $0.label == "calls" && $0.value == "3" })
        #expect(finding.evidence.contains { $0.label == "tokens" && $0.value == "330" })
        #expect(finding.evidence.contains { $0.label == "time" && $0.value == "330ms" })
    }

    @Test func callsWithNewResultsOrOfSeveralRunsAreNoLoop() {
        #expect(trace([("poll", "a", "1%"), ("poll", "a", "50%"), ("poll", "a", "100%")]).rules == [])
        #expect(trace([("search", "a", "r"), ("search", "a", "r")]).rules == [])
        let calls = Array(repeating: (name: "search", arguments: "a", result: "r"), count: 3)
        #expect(trace(calls) { Int32($0 + 1) }.rules == [])
    }

    @Test func callsThatTakeTurnsAreOneLoop() throws {
        let pair = [(name: "left", arguments: "a", result: "r"), (name: "right", arguments: "b", result: "s")]
        let loop = trace(pair + pair + pair)
        #expect(loop.rules == ["agent.tool_loop"])
        #expect(try #require(loop.finding("agent.tool_loop")).message.contains("took turns 3 times"))
        #expect(trace(pair + pair).rules == [])
    }

    @Test func uselessCallsInARowAreALoop() throws {
        let futile = (0..<4).map { (name: "search", arguments: "q\($0)", result: #"{"error": "down"}"#) }
        #expect(try #require(trace(futile).finding("agent.tool_loop")).certainty == .inferred)
        let useful = (0..<9).map { (name: "write", arguments: "file \($0)", result: "ok") }
        #expect(trace(useful).rules == [])
        #expect(trace(Array(futile.prefix(3))).finding("agent.tool_loop") == nil)
    }

    private func attempts(_ count: Int64, every step: Int64, succeedsAt: Int64 = -1) -> JointFixture {
        var trace = JointFixture()
        for attempt in 0..<count {
            trace.tool("search", id: nil, "a", gives: nil, attempt * step, attempt * step + 10) {
                $0.isError = attempt != succeedsAt
            }
        }
        return trace
    }

    @Test func failuresInARowAreAStorm() throws {
        let finding = try #require(attempts(6, every: 1_000).finding("agent.retry_storm"))
        #expect(finding.message.contains("6 times"))
        #expect(finding.spanID == SpanID(1))
    }

    @Test func fewSlowOrBrokenRowsOfFailuresAreNoStorm() {
        #expect(attempts(4, every: 1_000).rules == [])
        #expect(attempts(8, every: 60_000).rules == [])
        #expect(attempts(8, every: 1_000, succeedsAt: 4).rules == [])
    }

    @Test func failedAttemptsOfAnAgentAreAStorm() {
        var trace = JointFixture()
        for number in 1...5 as ClosedRange<Int32> {
            let id = trace.span(.agent, "worker", Int64(number) * 1_000, Int64(number) * 1_000 + 500, run: number)
            var run = AgentRun(number: number, name: "worker", source: .declared)
            (run.firstAttempt, run.state, run.spanID) = (1, .error, SpanID(id))
            run.startUnixNano = Int64(number) * 1_000_000_000
            trace.runs.append(run)
        }
        #expect(trace.rules == [])
        trace.model(0, 1, answer: "ok")
        #expect(trace.rules == ["agent.retry_storm"])
        trace.runs[2].state = .ok
        #expect(trace.rules == [])
    }

    private func models(_ requested: String, _ resolved: [String?]) -> JointFixture {
        var trace = JointFixture()
        for (turn, name) in resolved.enumerated() {
            trace.model(Int64(turn) * 10, Int64(turn) * 10 + 5, answer: "ok", requested: requested, resolved: name)
        }
        return trace
    }

    @Test func twoModelsUnderOneNameAreAFlip() throws {
        let flip = models("gpt-4o", ["gpt-4o-2024-05-13", "gpt-4o-2024-05-13", "gpt-4o-2024-08-06"])
        let finding = try #require(flip.finding("identity.alias_flip"))
        #expect(finding.spanID == SpanID(3))
        #expect(finding.evidence.map(\.value) == ["gpt-4o-2024-05-13", "gpt-4o-2024-08-06"])
    }

    @Test func oneModelUnderSeveralSpellingsIsNoFlip() {
        #expect(models("gpt-4o", ["gpt-4o", "gpt-4o-2024-05-13", "openai/GPT-4o-2024-05-13"]).rules == [])
        #expect(models("sonnet", ["claude-sonnet-4", "claude-sonnet-4-20250514"]).rules == [])
        #expect(models("gpt-4o", [nil, "gpt-4o-2024-05-13"]).rules == [])
    }
}

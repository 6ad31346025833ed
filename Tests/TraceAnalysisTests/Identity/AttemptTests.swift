import Testing
import TraceAnalysis
import TraceModel

@Suite struct AttemptTests {
    private typealias Builder = AgentTraceBuilder

    @Test func statedAttemptsOfAnInstanceAreProven() {
        var trace = Builder()
        let root = trace.span(.workflow, to: 1_000)
        func worker(_ attempt: Int, _ reason: AttemptReason?) {
            trace.span(.agent, agent: "worker", instance: "worker-3", under: root) {
                $0.attempt = attempt
                $0.attemptReason = reason
            }
        }
        func critic(accepts: Bool) -> UInt64 {
            let agent = trace.span(.agent, agent: "critic", instance: "critic-1", under: root)
            return trace.span(.llm, under: agent) { $0.isAccepted = accepts }
        }
        worker(1, nil)
        _ = critic(accepts: false)
        worker(2, .critic)
        let second = critic(accepts: false)
        worker(3, .critic)
        _ = critic(accepts: true)
        let runs = trace.resolve().topology.runs
        #expect(
            runs.map(\.label) == [
                "worker#3", "critic#1", "worker#3 ·try 2←critic", "critic#2", "worker#3 ·try 3←critic", "critic#3",
            ])
        #expect(runs.map(\.firstAttempt) == [1, 2, 1, 4, 1, 6])
        #expect(runs[4].attemptCertainty == .proven)
        #expect(runs[4].relation == .retried)
        #expect(runs[4].triggeringSpanID == SpanID(second))
        #expect(runs[4].attemptEvidence.map(\.label).contains("verdict"))
        #expect(runs[5].declaredInstance == "critic-1")
        #expect(runs[5].attemptCertainty == nil)
    }

    @Test(arguments: [
        ("TimeoutError", AttemptReason.timeout), ("RateLimitError", .transport), ("ValidationError", .validation),
        ("GenerateError", .unknown),
    ])
    func anEqualInputAfterAFailureIsARetry(error: String, reason: AttemptReason) {
        var trace = Builder()
        let root = trace.span(.chain, to: 1_000)
        let first = trace.span(.agent, agent: "a", under: root, error: error) { $0.input = Builder.digest(7) }
        trace.span(.agent, agent: "a", under: root) { $0.input = Builder.digest(7) }
        trace.span(.agent, agent: "a", under: root) { $0.input = Builder.digest(7) }
        let runs = trace.resolve().topology.runs
        #expect(runs.map(\.attempt) == [1, 2, 1])
        #expect(runs.map(\.instance) == [1, 1, 2])
        #expect(runs[1].attemptReason == reason)
        #expect(runs[1].attemptCertainty == .inferred)
        #expect(runs[1].triggeringSpanID == SpanID(first))
    }

    @Test func whatIsNoRetry() {
        // Equal input without a failure, a failure with another input, an overlap, another agent, another parent.
        var trace = Builder()
        let root = trace.span(.chain, to: 1_000)
        let other = trace.span(.chain, to: 1_000)
        func call(_ agent: String, _ input: UInt64, under parent: UInt64, from: Int64, error: String? = nil) {
            trace.span(.agent, agent: agent, under: parent, from: from, error: error) {
                $0.input = Builder.digest(input)
            }
        }
        call("same", 1, under: root, from: 100)
        call("same", 1, under: root, from: 200)
        call("changed", 2, under: root, from: 300, error: "Timeout")
        call("changed", 3, under: root, from: 400)
        call("beside", 4, under: root, from: 500, error: "Timeout")
        call("beside", 4, under: root, from: 505)
        call("one", 5, under: root, from: 600, error: "Timeout")
        call("two", 5, under: root, from: 700)
        call("moved", 6, under: root, from: 800, error: "Timeout")
        call("moved", 6, under: other, from: 900)
        #expect(trace.resolve().topology.runs.allSatisfy { $0.attempt == 1 })
    }

    @Test func aRejectionBetweenTwoCallsMakesARetry() {
        var trace = Builder()
        let root = trace.span(.chain, to: 1_000)
        trace.span(.agent, agent: "planner", under: root)
        trace.span(.agent, agent: "writer", under: root)
        let verdict = trace.span(.guardrail, under: root) { $0.isAccepted = false }
        // The verdict is on the writer, so that the planner is called afresh.
        trace.span(.agent, agent: "planner", under: root)
        trace.span(.agent, agent: "writer", under: root)
        let runs = trace.resolve().topology.runs
        #expect(runs.map(\.label) == ["planner#1", "writer#1", "planner#2", "writer#1 ·try 2←critic"])
        #expect(runs[3].attemptCertainty == .inferred)
        #expect(runs[3].triggeringSpanID == SpanID(verdict))
    }

    @Test func aVerdictOnOneOfSeveralCallsSideBySideProvesNothing() {
        var trace = Builder()
        let root = trace.span(.chain, to: 1_000)
        for _ in 0..<3 { trace.span(.agent, agent: "writer", under: root, from: 10) }
        let critic = trace.span(.agent, agent: "critic", under: root, from: 30)
        trace.span(.llm, under: critic) { $0.isAccepted = false }
        trace.span(.agent, agent: "writer", under: root)
        #expect(trace.resolve().topology.runs.map(\.attempt) == [1, 1, 1, 1, 1])
    }

    @Test func anAcceptedResultIsNotTriedAgain() {
        var trace = Builder()
        let root = trace.span(.chain, to: 1_000)
        trace.span(.agent, agent: "writer", under: root)
        trace.span(.evaluator, under: root) { $0.isAccepted = false }
        trace.span(.evaluator, under: root) { $0.isAccepted = true }
        trace.span(.agent, agent: "writer", under: root)
        #expect(trace.resolve().topology.runs.map(\.label) == ["writer#1", "writer#2"])
    }

    @Test func attemptsStatedTwiceKeepTheirLabelsApart() {
        var trace = Builder()
        for _ in 0..<3 { trace.span(.agent, agent: "a", instance: "a-1") { $0.attempt = 2 } }
        let labels = trace.resolve().topology.runs.map(\.label)
        #expect(Set(labels).count == 3)
    }
}

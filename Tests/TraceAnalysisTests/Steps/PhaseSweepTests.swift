import Testing
import TraceModel

@testable import TraceAnalysis

@Suite struct PhaseSweepTests {
    /// One step from 0 to 100 ms that a call of no length opens, with spans beneath its agent.
    private func step(_ fill: (inout StepFixture, UInt64) -> Void) throws -> StepFigures {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 100)
        fill(&trace, agent)
        let steps = trace.attribute().steps
        #expect(steps.count == 1)
        let step = try #require(steps.first)
        #expect(step.wall.reduce(0, +) == step.durationNanos)
        return step
    }

    @Test func parallelToolsShareTheWallAndSumTheWork() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 10, in: agent)
            for _ in 0..<3 { trace.span(.tool, 10, 50, in: agent) }
            trace.span(.tool, 40, 60, in: agent)
        }
        #expect(step.wallMillis == [.modelUnsplit: 10, .toolExecution: 50, .unattributed: 40])
        #expect(step.workMillis == [.modelUnsplit: 10, .toolExecution: 140, .unattributed: 40])
    }

    @Test func theDeeperSpanWinsAndOfEqualOnesTheModel() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 30, in: agent)
            let tool = trace.span(.tool, 20, 80, in: agent)
            trace.span(.retrieval, 50, 70, in: tool)
        }
        #expect(
            step.wallMillis == [.modelUnsplit: 30, .toolExecution: 30, .retrieval: 20, .unattributed: 20])
        #expect(
            step.workMillis == [.modelUnsplit: 30, .toolExecution: 40, .retrieval: 20, .unattributed: 20])
    }

    @Test func spansThatSayNothingLeaveTheTimeToThoseAroundThem() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 10, in: agent)
            let tool = trace.span(.tool, 10, 60, in: agent)
            trace.span(.other, 20, 50, in: tool)
            trace.span(.chain, 70, 90, in: agent)
        }
        #expect(step.wallMillis == [.modelUnsplit: 10, .toolExecution: 50, .unattributed: 40])
    }

    @Test func aHumanWhoIsWaitedForIsAPartOfItsOwn() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 10, in: agent)
            let tool = trace.span(.tool, 10, 60, in: agent)
            trace.waiting(trace.span(.chain, 10, 40, in: tool))
            // The tool that asks is the wait, but for the search that goes on beneath it.
            let asking = trace.span(.tool, 60, 90, in: agent)
            trace.waiting(asking)
            trace.span(.retrieval, 80, 85, in: asking)
        }
        #expect(
            step.wallMillis == [
                .modelUnsplit: 10, .humanWait: 55, .toolExecution: 20, .retrieval: 5, .unattributed: 10,
            ])
        #expect(step.quality(of: .humanWait) == .measured && step.dominant == .humanWait)
    }

    @Test func toolsThatRunWhileAHumanIsWaitedForHaveTheTime() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 10, in: agent)
            trace.waiting(trace.span(.chain, 10, 100, in: agent))
            trace.span(.tool, 20, 50, in: agent)
            trace.chain(.orchestration, 60, 70, in: agent)
        }
        #expect(step.wallMillis == [.modelUnsplit: 10, .humanWait: 60, .toolExecution: 30])
        #expect(step.workMillis[.humanWait] == 90)
    }

    @Test func whatTheServerStatesIsMeasured() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 50, in: agent, firstChunk: 30) {
                $0.queueNanos = 5_000_000
                $0.serverPrefillNanos = 15_000_000
                $0.serverDecodeNanos = 20_000_000
            }
        }
        #expect(
            step.wallMillis == [
                .orchestration: 5, .prefill: 15, .modelUnsplit: 10, .decode: 20, .unattributed: 50,
            ])
        #expect(step.quality(of: .prefill) == .measured)
        #expect(step.quality(of: .orchestration) == .measured)
    }

    @Test func halfOfWhatTheServerStatesBoundsTheOther() throws {
        let prefill = try step { trace, agent in
            trace.span(.llm, 0, 50, in: agent) { $0.serverPrefillNanos = 20_000_000 }
        }
        #expect(prefill.wallMillis == [.prefill: 20, .decode: 30, .unattributed: 50])
        #expect([prefill.quality(of: .prefill), prefill.quality(of: .decode)] == [.measured, .bounded])
        let decode = try step { trace, agent in
            trace.span(.llm, 0, 50, in: agent) { $0.serverDecodeNanos = 20_000_000 }
        }
        #expect(decode.wallMillis == [.prefill: 30, .decode: 20, .unattributed: 50])
        #expect([decode.quality(of: .prefill), decode.quality(of: .decode)] == [.bounded, .measured])
    }

    @Test func figuresBeyondTheCallAreCutToIt() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 50, in: agent, firstChunk: 70)
            trace.span(.llm, 10, 40, in: agent) {
                $0.serverPrefillNanos = .max
                $0.serverDecodeNanos = .max
                $0.queueNanos = -1
            }
        }
        #expect(step.wallMillis == [.prefill: 50, .unattributed: 50])
        #expect(step.workMillis == [.prefill: 80, .unattributed: 50])
    }

    @Test func nothingMeasuredIsNotAMeasuredNothing() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 100, in: agent, firstChunk: 0)
            trace.span(.tool, 100, 100, in: agent)
            trace.span(.retrieval, 40, 30, in: agent)
        }
        #expect(step.wallMillis == [.decode: 100])
        #expect(step.quality(of: .prefill) == .bounded)
        #expect(step.quality(of: .toolExecution) == .measured)
        #expect(step.quality(of: .retrieval) == .unknown)
        #expect(step.quality(of: .inputAssembly) == .unknown)
    }

    @Test func spansAreCutToTheStep() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 10, in: agent)
            trace.span(.tool, -50, 30, in: agent, run: 2)
            trace.span(.tool, 90, 500, in: agent, run: 2)
            trace.span(.tool, 600, 700, in: agent, run: 2)
        }
        #expect(step.wallMillis == [.modelUnsplit: 10, .toolExecution: 30, .unattributed: 60])
        #expect(step.workMillis == [.modelUnsplit: 10, .toolExecution: 40, .unattributed: 60])
    }

    @Test func anUnfinishedSpanLastsAsLongAsItsStep() throws {
        let step = try step { trace, agent in
            trace.span(.llm, 0, 10, in: agent)
            trace.span(.tool, 60, nil, in: agent)
        }
        #expect(step.wallMillis == [.modelUnsplit: 10, .toolExecution: 40, .unattributed: 50])
        #expect(step.quality(of: .toolExecution) == .bounded)
    }
}

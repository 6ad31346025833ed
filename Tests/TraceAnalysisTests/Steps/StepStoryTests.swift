import Testing
import TraceModel

@testable import TraceAnalysis

/// An agent run of 28 seconds that shows as one bar, and the same run once its parts were instrumented.
@Suite struct StepStoryTests {
    @Test func theFatBarHasOneFinding() throws {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 28_000)
        trace.span(.llm, 21_400, 25_700, in: agent)
        let report = trace.attribute()
        let step = try #require(report.steps.first)
        #expect(report.steps.count == 1)
        #expect(step.startMillis == 0)
        #expect(step.durationMillis == 28_000)
        #expect(step.wallMillis == [.modelUnsplit: 4_300, .unattributed: 23_700])
        #expect(step.quality(of: .modelUnsplit) == .measured)
        #expect(step.quality(of: .prefill) == .unknown)
        #expect(step.quality(of: .retrieval) == .unknown)
        #expect(step.dominant == .unattributed)
        let finding = try #require(report.findings.first)
        #expect(report.findings.count == 1)
        #expect(finding.rule == "latency.unattributed")
        #expect(finding.spanID == SpanID(2))
        #expect(finding.message == "No span says what 23.7s of the 28.0s of step 1 went into (85%).")
    }

    @Test func itsPartsAccountForAllButTheEnd() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 28_000)
        trace.chain(.orchestration, 0, 1_900, in: agent)
        let assembly = trace.chain(.inputAssembly, 1_900, 6_690, in: agent)
        trace.chain(.inputAssembly, 1_900, 2_320, in: assembly)
        trace.span(.embedding, 2_320, 2_530, in: assembly)
        trace.span(.retrieval, 2_530, 6_330, in: assembly)
        trace.chain(.inputAssembly, 6_330, 6_690, in: assembly)
        trace.span(.llm, 6_690, 12_890, in: agent, firstChunk: 4_400)
        trace.span(.tool, 12_890, 17_990, in: agent)
        trace.chain(.resultHandling, 17_990, 18_690, in: agent)
        trace.span(.llm, 18_690, 25_590, in: agent, firstChunk: 2_800)
        trace.span(.guardrail, 25_590, 26_790, in: agent)
        let report = trace.attribute()
        #expect(report.steps.map(\.durationMillis) == [18_690, 9_310])
        #expect(
            report.steps[0].wallMillis == [
                .orchestration: 1_900, .inputAssembly: 780, .retrieval: 4_010, .prefill: 4_400, .decode: 1_800,
                .toolExecution: 5_100, .resultHandling: 700,
            ])
        #expect(report.steps[0].workMillis == report.steps[0].wallMillis)
        #expect(
            report.steps[1].wallMillis == [
                .prefill: 2_800, .decode: 4_100, .resultHandling: 1_200, .unattributed: 1_210,
            ])
        #expect(report.steps[0].quality(of: .prefill) == .bounded)
        #expect(report.steps[0].quality(of: .decode) == .measured)
        #expect(report.steps[0].quality(of: .modelUnsplit) == .measured)
        #expect(report.steps[1].quality(of: .toolExecution) == .unknown)
        #expect(report.findings.isEmpty)
        #expect(report.spanSteps == [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2])
        #expect(report.steps.map(\.spanCount) == [9, 2])
    }

    @Test func theWorstStepTellsHowManyAreLikeIt() throws {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 20_000)
        for start in [0, 4_000, 12_000] as [Int64] { trace.span(.llm, start, start + 900, in: agent) }
        let finding = try #require(trace.attribute().findings.first)
        #expect(finding.spanID == SpanID(3))
        #expect(
            finding.message == "No span says what 7.10s of the 8.00s of step 2 went into (89%); "
                + "2 more steps are like it.")
    }

    @Test func aShortStepOrASmallShareIsNoFinding() {
        var short = StepFixture()
        let agent = short.span(.agent, 0, 999)
        short.span(.llm, 0, 1, in: agent)
        #expect(short.attribute().findings.isEmpty)
        var whole = StepFixture()
        let run = whole.span(.agent, 0, 1_000)
        whole.span(.llm, 0, 800, in: run)
        #expect(whole.attribute().findings.isEmpty)
    }
}

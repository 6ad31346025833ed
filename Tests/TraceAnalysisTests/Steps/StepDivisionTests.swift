import Testing
import TraceModel

@testable import TraceAnalysis

@Suite struct StepDivisionTests {
    private func spans(_ steps: [StepFigures]) -> [[Int64]] { steps.map { [$0.startMillis, $0.durationMillis] } }

    @Test func aNestedRunHasStepsOfItsOwnAndCountsInTheOuterOne() {
        var trace = StepFixture()
        let outer = trace.span(.agent, 0, 100)
        trace.span(.llm, 0, 20, in: outer)
        let tool = trace.span(.tool, 20, 90, in: outer)
        let inner = trace.span(.agent, 30, 80, in: tool, run: 2)
        trace.span(.llm, 40, 50, in: inner, run: 2)
        trace.span(.llm, 60, 70, in: inner, run: 2)
        let report = trace.attribute()
        #expect(report.steps.map(\.run) == [1, 2, 2])
        #expect(report.steps.map(\.numberInRun) == [1, 1, 2])
        #expect(spans(report.steps) == [[0, 100], [30, 30], [60, 20]])
        // What the inner agent does itself is the tool's time for the outer one, and nobody's for itself.
        #expect(report.steps[0].wallMillis == [.modelUnsplit: 40, .toolExecution: 50, .unattributed: 10])
        #expect(report.steps[1].wallMillis == [.modelUnsplit: 10, .unattributed: 20])
        #expect(report.steps[2].wallMillis == [.modelUnsplit: 10, .unattributed: 10])
        #expect(report.spanSteps == [1, 1, 1, 0, 2, 3])
    }

    @Test func theInnermostOfNestedModelCallsOpensTheStep() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 100)
        let wrapper = trace.span(.llm, 10, 60, in: agent)
        trace.span(.llm, 12, 58, in: wrapper)
        trace.span(.llm, 60, 90, in: agent)
        let report = trace.attribute()
        #expect(report.steps.map(\.spanID) == [SpanID(3), SpanID(4)])
        #expect(spans(report.steps) == [[0, 60], [60, 40]])
        #expect(report.steps[0].wallMillis == [.modelUnsplit: 50, .unattributed: 10])
        // The wrapper adds what it lasted longer, not the call once more.
        #expect(report.steps[0].workMillis == [.modelUnsplit: 50, .unattributed: 10])
        #expect(report.spanSteps == [0, 1, 1, 2])
    }

    @Test func aParallelCallOpensNoStep() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 100)
        trace.span(.llm, 0, 40, in: agent)
        trace.span(.llm, 0, 50, in: agent)
        trace.span(.llm, 50, 60, in: agent)
        let report = trace.attribute()
        #expect(spans(report.steps) == [[0, 50], [50, 50]])
        #expect(report.steps[0].wallMillis == [.modelUnsplit: 50])
        #expect(report.steps[0].workMillis == [.modelUnsplit: 90])
        #expect(report.spanSteps == [0, 1, 1, 2])
    }

    @Test func anUnfinishedCallDoesNotKeepTheNextOneFromOpening() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 100)
        trace.span(.llm, 0, nil, in: agent)
        trace.span(.llm, 30, 60, in: agent)
        let report = trace.attribute()
        #expect(spans(report.steps) == [[0, 30], [30, 70]])
        #expect(report.steps[0].wallMillis == [.modelUnsplit: 30])
        #expect(report.steps[0].quality(of: .modelUnsplit) == .bounded)
        #expect(report.steps[1].wallMillis == [.modelUnsplit: 30, .unattributed: 40])
    }

    @Test func declaredStepsWin() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 200)
        let first = trace.span(.chain, 10, 90, in: agent) {
            $0.isStep = true
            $0.stepNumber = 7
        }
        trace.span(.llm, 20, 40, in: first)
        trace.span(.llm, 50, 60, in: first)
        let second = trace.span(.chain, 100, 190, in: agent) {
            $0.isStep = true
            $0.stepNumber = 9
        }
        trace.span(.tool, 100, 180, in: second)
        let report = trace.attribute()
        #expect(report.steps.map(\.isDeclared) == [true, true])
        #expect(report.steps.map(\.spanID) == [SpanID(2), SpanID(5)])
        #expect(spans(report.steps) == [[10, 80], [100, 90]])
        #expect(report.steps.map(\.declaredNumber) == [7, 9])
        #expect(report.steps.map(\.numberInRun) == [1, 2])
        #expect(report.steps[0].wallMillis == [.modelUnsplit: 30, .unattributed: 50])
        #expect(report.steps[1].wallMillis == [.toolExecution: 80, .unattributed: 10])
        #expect(report.spanSteps == [0, 1, 1, 1, 2, 2])
    }

    @Test func callsOutsideDeclaredStepsOpenStepsUntilTheNextOfEitherSort() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 100)
        trace.span(.llm, 10, 20, in: agent)
        let step = trace.span(.chain, 40, 70, in: agent) { $0.isStep = true }
        let inner = trace.span(.chain, 45, 60, in: step) { $0.isStep = true }
        trace.span(.llm, 50, 60, in: inner)
        trace.span(.llm, 70, 80, in: agent)
        let report = trace.attribute()
        #expect(spans(report.steps) == [[0, 45], [45, 15], [70, 30]])
        #expect(report.steps.map(\.isDeclared) == [false, true, false])
    }

    @Test func spansWithoutAnAgentAreOneGroupPerRoot() {
        var trace = StepFixture()
        let first = trace.span(.other, 0, 50, run: 0)
        trace.span(.llm, 10, 20, in: first, run: 0)
        let second = trace.span(.other, 30, 90, run: 0)
        trace.span(.llm, 40, 50, in: second, run: 0)
        let report = trace.attribute()
        #expect(spans(report.steps) == [[0, 50], [30, 60]])
        #expect(report.steps.map(\.run) == [0, 0])
        #expect(report.steps.map(\.numberInRun) == [1, 1])
    }

    @Test func aRunWithoutCallsHasNoSteps() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 50)
        trace.span(.tool, 10, 20, in: agent)
        trace.span(.llm, nil, 30, in: agent)
        let report = trace.attribute()
        #expect(report.steps.isEmpty)
        #expect(report.spanSteps == [0, 0, 0])
    }

    @Test func aStepKeepsTheNumberAndTheErrorsOfItsSpans() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 50)
        trace.span(.llm, 0, 10, in: agent) { $0.stepNumber = 0 }
        trace.span(.llm, 20, 30, in: agent)
        trace.span(.tool, 30, 40, in: agent) { $0.stepNumber = 5 }
        trace.spans[3].isError = true
        let report = trace.attribute()
        #expect(report.steps.map(\.declaredNumber) == [0, 5])
        #expect(report.steps.map(\.number) == [1, 2])
        #expect(report.steps.map(\.isError) == [false, true])
        #expect(report.steps.map(\.spanCount) == [1, 2])
    }
}

import Testing
import TraceModel

@testable import TraceAnalysis

@Suite struct CriticalPathTests {
    private func path(_ trace: StepFixture) -> CriticalPath {
        CriticalPath(trace.spans, forest: SpanForest(trace.spans))
    }

    /// Span id, from and to of each segment, in milliseconds.
    private func figures(_ segments: [CriticalPath.Segment]) -> [[Int64]] {
        segments.map { [Int64($0.node) + 1, $0.fromUnixNano / 1_000_000, $0.toUnixNano / 1_000_000] }
    }

    private func after(_ trace: StepFixture, without id: Int) -> Int64? {
        path(trace).whatIf(withoutTimeOf: Int32(id - 1)).map { $0.afterNanos / 1_000_000 }
    }

    /// A root from 0 to 100; 2 and 3 run in parallel, 4 follows 3 and has 5 inside.
    private var forkAndJoin: StepFixture {
        var trace = StepFixture()
        let root = trace.span(.agent, 0, 100)
        trace.span(.tool, 10, 30, in: root)
        trace.span(.tool, 10, 50, in: root)
        let last = trace.span(.chain, 50, 90, in: root)
        trace.span(.llm, 60, 80, in: last)
        return trace
    }

    @Test func walksBackFromTheLastChildToFinish() {
        let path = path(forkAndJoin)
        #expect(
            figures(path.segments) == [
                [1, 0, 10], [3, 10, 50], [4, 50, 60], [5, 60, 80], [4, 80, 90], [1, 90, 100],
            ])
        #expect(path.isOnPath == [true, false, true, true, true])
        #expect(path.durationNanos(of: 0) == 100_000_000)
    }

    @Test func cuttingASpanOffThePathChangesNothing() {
        #expect(after(forkAndJoin, without: 2) == 100)
    }

    @Test func cuttingASpanOnThePathGainsWhatNoOtherTakes() {
        // 2 still runs until 30.
        #expect(after(forkAndJoin, without: 3) == 80)
        #expect(after(forkAndJoin, without: 5) == 80)
        #expect(after(forkAndJoin, without: 4) == 60)
        #expect(after(forkAndJoin, without: 1) == 0)
    }

    @Test func thePathOfAStepIsThatOfItsStretch() {
        var trace = StepFixture()
        let agent = trace.span(.agent, 0, 100)
        trace.span(.llm, 10, 30, in: agent)
        trace.span(.tool, 30, 50, in: agent)
        trace.span(.llm, 60, 70, in: agent)
        let steps = trace.attribute().steps
        let path = path(trace)
        #expect(
            figures(path.segments(of: steps[0], opener: 1)) == [[1, 0, 10], [2, 10, 30], [3, 30, 50], [1, 50, 60]])
        #expect(figures(path.segments(of: steps[1], opener: 3)) == [[4, 60, 70], [1, 70, 100]])
        #expect(
            figures(path.segments(of: 0, fromUnixNano: 20_000_000, toUnixNano: 40_000_000)) == [
                [2, 20, 30], [3, 30, 40],
            ])
    }

    @Test func childrenOutsideTheirParentsAreCut() {
        var trace = StepFixture()
        let root = trace.span(.agent, 0, 100)
        let child = trace.span(.chain, -20, 60, in: root)
        trace.span(.tool, 50, 90, in: child)
        trace.span(.tool, 200, 300, in: root)
        let path = path(trace)
        #expect(figures(path.segments) == [[2, 0, 50], [3, 50, 60], [1, 60, 100]])
        #expect(path.durationNanos(of: 3) == nil)
        #expect(path.whatIf(withoutTimeOf: 3) == nil)
    }

    @Test func anUnfinishedSpanEndsWithWhatIsKnownBeneathIt() {
        var trace = StepFixture()
        let root = trace.span(.agent, 0, nil)
        let child = trace.span(.chain, 10, nil, in: root)
        trace.span(.tool, 20, 70, in: child)
        #expect(figures(path(trace).segments) == [[1, 0, 10], [2, 10, 20], [3, 20, 70]])
    }

    @Test func aMissingParentTakesTheTimeOfItsChildren() {
        var trace = StepFixture()
        trace.span(.tool, 10, 30, in: 99)
        trace.span(.tool, 40, 50, in: 99)
        let path = path(trace)
        #expect(figures(path.segments) == [[1, 10, 30], [3, 30, 40], [2, 40, 50]])
        #expect(path.whatIf(withoutTimeOf: 0) == WhatIf(root: 2, beforeNanos: 40_000_000, afterNanos: 20_000_000))
    }

    @Test func takesAChainAHundredThousandDeep() {
        var trace = StepFixture()
        for i in 0..<100_000 as Range<Int64> { trace.span(.chain, i, 300_000 - i, in: i == 0 ? nil : UInt64(i)) }
        let path = path(trace)
        #expect(path.segments.count == 199_999)
        #expect(path.whatIf(withoutTimeOf: 99_999)?.savedNanos == 100_002_000_000)
    }
}

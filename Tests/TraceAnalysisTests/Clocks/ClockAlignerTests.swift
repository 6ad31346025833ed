import Testing
import TraceModel

@testable import TraceAnalysis

@Suite struct ClockAlignerTests {
    private typealias Placed = (id: UInt64, parent: UInt64?, clock: Int32, start: Int64?, end: Int64?)

    /// A trace of spans with a clock each; times in milliseconds.
    private func trace(_ spans: [Placed], clocks: Int = 3) -> JointFixture {
        var trace = JointFixture()
        trace.clockNames = (0..<clocks).map { "clock \($0)" }
        for span in spans {
            trace.span(.other, "work", parent: span.parent, span.start, span.end, clock: span.clock)
        }
        return trace
    }

    private func estimates(_ trace: JointFixture) -> [ClockEstimate] {
        let input = trace.input
        return ClockAligner.estimates(input, forest: SpanForest(input.spans))
    }

    private func findings(_ trace: JointFixture) -> [Finding] {
        let input = trace.input
        return ClockAligner.findings(estimates(trace), input, forest: SpanForest(input.spans))
    }

    private let ms: Int64 = 1_000_000

    @Test func aChildWithinItsParentNeedsNoShift() {
        let calm = trace([(1, nil, 0, 0, 100), (2, 1, 1, 20, 80)])
        let clocks = estimates(calm)
        #expect(clocks.map(\.basis) == [.reference, .consistent, .unconnected])
        #expect(clocks.map(\.spanCount) == [1, 1, 0])
        #expect(clocks[1].offsetNanos == 0)
        #expect(clocks[1].lowerNanos == -20 * ms)
        #expect(clocks[1].upperNanos == 20 * ms)
        #expect(clocks[1].pairCount == 1)
        #expect(findings(calm).isEmpty)
        #expect(ClockShift(clocks).isNeutral)
    }

    @Test func aChildBeforeItsParentIsSetInTheMiddle() throws {
        let early = trace([(1, nil, 0, 1_000, 1_100), (2, 1, 1, 500, 560)])
        // Sorted by start the child comes first; the earliest root still is the reference.
        let clocks = estimates(early)
        #expect(clocks[0].basis == .reference)
        #expect(clocks[1].basis == .bounded)
        #expect(clocks[1].lowerNanos == 500 * ms)
        #expect(clocks[1].upperNanos == 540 * ms)
        #expect(clocks[1].offsetNanos == 520 * ms)
        let finding = try #require(findings(early).first)
        #expect(finding.certainty == .proven)
        #expect(finding.spanID == SpanID(2))
        let adjusted = ClockShift(clocks).adjusted(early.input.spans)
        #expect(adjusted.map(\.startUnixNano) == [1_020 * ms, 1_000 * ms])
        #expect(adjusted.map(\.endUnixNano) == [1_080 * ms, 1_100 * ms])
    }

    @Test func manyPairsNarrowTheBounds() {
        let clocks = estimates(
            trace([(1, nil, 0, 1_000, 1_100), (2, 1, 1, 500, 560), (3, 1, 1, 525, 590), (4, 1, 1, 515, 575)]))
        #expect(clocks[1].lowerNanos == 500 * ms)
        #expect(clocks[1].upperNanos == 510 * ms)
        #expect(clocks[1].pairCount == 3)
        #expect(clocks[1].offsetNanos == 505 * ms)
    }

    @Test func aChildLongerThanItsParentIsBoundByItsStartAlone() {
        let running = trace([(1, nil, 0, 0, 100), (2, 1, 1, 50, 400)])
        #expect(estimates(running)[1].basis == .consistent)
        #expect(estimates(running)[1].upperNanos == nil)
        #expect(findings(running).isEmpty)
    }

    @Test func anEndAfterTheParentsIsInferredOnly() {
        #expect(findings(trace([(1, nil, 0, 0, 100), (2, 1, 1, 150, 180)])).map(\.certainty) == [.inferred])
    }

    @Test func aClockIsReachedOverAnother() {
        let clocks = estimates(trace([(1, nil, 0, 1_000, 1_100), (2, 1, 1, 500, 600), (3, 2, 2, 2_510, 2_590)]))
        #expect(clocks[1].offsetNanos == 500 * ms)
        #expect(clocks[2].lowerNanos == -1_510 * ms)
        #expect(clocks[2].upperNanos == -1_490 * ms)
        #expect(clocks[2].offsetNanos == -1_500 * ms)
    }

    @Test func aParentOnTheOtherClockBoundsToo() {
        // The middle span is a child of one clock and the parent of another span of that clock.
        let clocks = estimates(
            trace([(1, nil, 0, 1_000, 1_100), (2, 1, 1, 500, 600), (3, 2, 0, 1_010, 1_090)]))
        #expect(clocks[1].lowerNanos == 500 * ms)
        #expect(clocks[1].upperNanos == 500 * ms)
        #expect(clocks[1].pairCount == 2)
    }

    @Test func contradictoryPairsBreakTheFewest() {
        let torn = trace([
            (1, nil, 0, 1_000, 1_100), (2, 1, 1, 500, 600), (3, 1, 1, 501, 600), (4, 1, 1, 1_010, 1_090),
        ])
        let clock = estimates(torn)[1]
        #expect(clock.basis == .contradictory)
        #expect(clock.offsetNanos == 500 * ms)
        #expect(findings(torn).map(\.certainty) == [.inferred])
    }

    @Test func aDisagreementWithinAMillisecondIsNoFinding() {
        var trace = trace([(1, nil, 0, 1_000, 1_100)])
        trace.span(.other, "work", parent: 1, 1_000, 1_100, clock: 1) {
            $0.startUnixNano = 999_500_000
            $0.endUnixNano = 1_099_500_000
        }
        #expect(estimates(trace)[1].offsetNanos == 500_000)
        #expect(findings(trace).isEmpty)
    }

    @Test func missingTimesAndParentsBindNothing() {
        let clocks = estimates(trace([(1, nil, 0, 1_000, nil), (2, 1, 1, nil, 600), (3, 77, 2, 10, 20)]))
        #expect(clocks.dropFirst().map(\.basis) == [.unconnected, .unconnected])
        #expect(estimates(trace([], clocks: 0)) == [])
    }
}

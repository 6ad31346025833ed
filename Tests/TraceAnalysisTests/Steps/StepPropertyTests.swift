import Basics
import TestSupport
import Testing
import TraceModel

@testable import TraceAnalysis

/// What must hold whatever the spans are like: random trees with overlap, skew, missing times, duplicates and cycles.
@Suite struct StepPropertyTests {
    private static func trace(_ random: inout SplitMix64) -> StepFixture {
        var trace = StepFixture()
        let count = Int.random(in: 1...40, using: &random)
        let kinds = SpanKind.allCases
        for i in 0..<count {
            let start = Int64.random(in: -20...1_000, using: &random)
            let length = Int64.random(in: -30...400, using: &random)
            let parent: UInt64? =
                Int.random(in: 0..<8, using: &random) == 0
                ? nil : UInt64.random(in: 1...UInt64(max(1, i + 2)), using: &random)
            var evidence: SpanEvidence?
            if Bool.random(using: &random) { evidence = Self.evidence(&random) }
            trace.span(
                Bool.random(using: &random) ? .llm : kinds.randomElement(using: &random) ?? .other,
                Int.random(in: 0..<20, using: &random) == 0 ? nil : start,
                Int.random(in: 0..<8, using: &random) == 0 ? nil : start + length, in: parent,
                run: Int32.random(in: 0...4, using: &random),
                firstChunk: Bool.random(using: &random) ? Int64.random(in: -5...300, using: &random) : nil,
                evidence.map { read in { $0 = read } })
        }
        for i in trace.spans.indices {
            switch Int.random(in: 0..<60, using: &random) {
            case 0: trace.spans[i].startUnixNano = .min
            case 1: trace.spans[i].endUnixNano = .max
            case 2: trace.spans[i].spanID = SpanID(UInt64.random(in: 1...UInt64(count), using: &random))
            case 3: trace.spans[i].timeToFirstChunkNanos = .max
            default: break
            }
        }
        let order = trace.spans.indices.sorted {
            (trace.spans[$0].startUnixNano ?? .max, $0) < (trace.spans[$1].startUnixNano ?? .max, $1)
        }
        trace.spans = order.map { trace.spans[$0] }
        trace.runs = order.map { trace.runs[$0] }
        trace.evidenceIndices = order.map { trace.evidenceIndices[$0] }
        return trace
    }

    private static func evidence(_ random: inout SplitMix64) -> SpanEvidence {
        var evidence = SpanEvidence()
        evidence.isStep = Int.random(in: 0..<5, using: &random) == 0
        evidence.phase = Phase.allCases.randomElement(using: &random)
        func nanos() -> Int64? {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: .max
            case 1: .min
            case 2, 3: nil
            default: Int64.random(in: 0...300_000_000, using: &random)
            }
        }
        evidence.queueNanos = nanos()
        evidence.serverPrefillNanos = nanos()
        evidence.serverDecodeNanos = nanos()
        return evidence
    }

    @Test func thePhasesSumToTheStepExactly() {
        var random = SplitMix64(seed: 11)
        var stepCount = 0
        for _ in 0..<1_500 {
            let trace = Self.trace(&random)
            let report = trace.attribute()
            stepCount += report.steps.count
            for (i, step) in report.steps.enumerated() {
                #expect(step.wall.reduce(0, +) == step.durationNanos)
                #expect(step.wall.allSatisfy { $0 >= 0 })
                #expect(step.number == Int32(i + 1))
                for phase in Phase.allCases {
                    #expect(step.work[phase.rawValue] >= step.wall[phase.rawValue])
                    if step.work[phase.rawValue] > 0 { #expect(step.quality(of: phase) != .unknown) }
                }
            }
            #expect(report.spanSteps.count == trace.spans.count)
            #expect(report.spanSteps.allSatisfy { $0 >= 0 && Int($0) <= report.steps.count })
            #expect(report.steps.reduce(0) { $0 + $1.spanCount } == report.spanSteps.count { $0 > 0 })
        }
        #expect(stepCount > 1_500)
    }

    @Test func theSegmentsOfAPathSumToItsRoot() {
        var random = SplitMix64(seed: 12)
        for _ in 0..<1_000 {
            let trace = Self.trace(&random)
            let forest = SpanForest(trace.spans)
            let path = CriticalPath(trace.spans, forest: forest)
            let total = forest.roots.reduce(Int64(0)) {
                $0.addingClamped(path.durationNanos(of: $1) ?? 0)
            }
            #expect(path.segments.reduce(Int64(0)) { $0.addingClamped($1.durationNanos) } == total)
            #expect(path.segments.allSatisfy { path.isOnPath[Int($0.node)] && $0.durationNanos > 0 })
        }
    }

    @Test func cuttingASpanGainsNothingOffThePathAndAtMostItselfOnIt() {
        var random = SplitMix64(seed: 13)
        var gains = 0
        for _ in 0..<1_000 {
            let trace = Self.trace(&random)
            let path = CriticalPath(trace.spans, forest: SpanForest(trace.spans))
            for node in path.isOnPath.indices {
                guard let whatIf = path.whatIf(withoutTimeOf: Int32(node)) else { continue }
                if path.isOnPath[node] {
                    #expect(whatIf.savedNanos >= 0)
                    #expect(whatIf.savedNanos <= path.durationNanos(of: Int32(node)) ?? 0)
                    if whatIf.savedNanos > 0 { gains += 1 }
                } else {
                    #expect(whatIf.savedNanos == 0)
                }
            }
        }
        #expect(gains > 1_000)
    }
}

import Basics
import TestSupport
import Testing
import TraceAnalysis
import TraceModel

@Suite struct AgentResolverPropertyTests {
    private static let kinds: [SpanKind] = [.agent, .llm, .tool, .chain, .guardrail]

    /// A trace with cycles, orphans, equal ids, absent and reversed times, and whatever evidence.
    private func randomInput(_ random: inout SplitMix64, count: Int, statesInstances: Bool) -> TraceInput {
        var names = NameTable()
        let agents = ["a", "b", "c"].map { names.intern($0) }
        let instances = ["w-1", "w-2", "w-x"].map { names.intern($0) }
        var rows: [SpanRow] = []
        var evidence: [SpanEvidence] = []
        for place in 0..<count {
            var row = SpanRow(
                arrival: Int32(place + 1), spanID: SpanID(UInt64.random(in: 1...UInt64(count), using: &random)),
                parentSpanID: SpanID(UInt64.random(in: 1...UInt64(count + 4), using: &random)), name: 0)
            row.kind = Self.kinds.randomElement(using: &random) ?? .other
            row.agentSource = IdentitySource.allCases.randomElement(using: &random) ?? .missing
            row.agent = row.agentSource == .missing ? 0 : agents.randomElement(using: &random) ?? 0
            if statesInstances, Bool.random(using: &random) {
                row.agentInstance = instances.randomElement(using: &random) ?? 0
            }
            if Int.random(in: 0..<5, using: &random) > 0 {
                row.startUnixNano = Int64.random(in: -50...50, using: &random)
            }
            if Int.random(in: 0..<5, using: &random) > 0 {
                row.endUnixNano = Int64.random(in: -50...90, using: &random)
            }
            row.isError = Bool.random(using: &random)
            row.tokensInput = Bool.random(using: &random) ? .max : nil
            rows.append(row)
            var value = SpanEvidence()
            value.input = AgentTraceBuilder.digest(UInt64.random(in: 0...2, using: &random))
            value.isAccepted = [nil, true, false].randomElement(using: &random) ?? nil
            value.attempt = [nil, nil, nil, -1, 0, 1, 2, .max].randomElement(using: &random) ?? nil
            value.attemptReason = [nil, nil, .user].randomElement(using: &random) ?? nil
            value.parentAgent = [nil, "a", "unknown"].randomElement(using: &random) ?? nil
            value.handOff = Bool.random(using: &random) ? HandOff(from: "unknown", to: "b") : nil
            evidence.append(value)
        }
        rows.sort { ($0.startUnixNano ?? .max, $0.arrival) < ($1.startUnixNano ?? .max, $1.arrival) }
        let indices = rows.indices.map { $0 % 3 == 0 ? -1 : Int32($0) }
        return TraceInput(
            spans: rows, names: names, clocks: Array(repeating: 0, count: count), clockNames: [""],
            evidenceIndices: indices, evidence: evidence)
    }

    @Test(arguments: [false, true]) func holdsForWhateverTrace(statesInstances: Bool) {
        var random = SplitMix64(seed: 31)
        for _ in 0..<300 {
            let count = Int.random(in: 0...60, using: &random)
            let input = randomInput(&random, count: count, statesInstances: statesInstances)
            let result = AgentResolver.resolve(input, forest: SpanForest(input.spans))
            let runs = result.topology.runs
            #expect(result.spanRuns.count == count && result.spanSources.count == count)
            #expect(result.spanRuns.allSatisfy { $0 >= 0 && Int($0) <= runs.count })
            #expect(runs.map(\.number) == runs.indices.map { Int32($0 + 1) })
            #expect(runs.map(\.spanCount).reduce(0, +) == result.spanRuns.count { $0 > 0 })
            let unreasoned = runs.map { "\($0.name ?? "?")#\($0.instance)·\($0.attempt)" }
            #expect(Set(unreasoned).count == runs.count)
            #expect(Set(runs.map(\.label)).count == runs.count)
            for run in runs {
                #expect(run.spanCount > 0)
                #expect(run.parent != run.number && run.parent >= 0 && Int(run.parent) <= runs.count)
                #expect(run.firstAttempt <= run.number)
                let first = runs[Int(run.firstAttempt) - 1]
                #expect(first.firstAttempt == first.number && first.name == run.name && first.instance == run.instance)
                #expect((run.attempt > 1) == (run.attemptCertainty != nil))
            }
            if statesInstances { continue }
            for (_, same) in Dictionary(grouping: runs, by: \.name) {
                #expect(Set(same.map(\.instance)) == Set(1...(Set(same.map(\.instance)).count)))
            }
        }
    }
}

import Basics
import TraceAnalysis
import TraceModel

/// Sums usage over model calls that have no model call beneath them: the outer ones repeat the inner ones' usage.
///
/// Of the spans that tell of one call only the one that counts is summed up. Where no call states any tokens, those that
/// the topmost agents state count, as usage of no calls.
struct UsageCounter {
    private struct Key: Hashable {
        var model: NameIndex
        var provider: NameIndex
    }

    private var places: [Key: Int] = [:]
    /// One entry for each model and provider, in the order of their first calls.
    private(set) var models: [ModelUsage] = []

    /// - Parameter calls: the calls, whose spans are places among the rows.
    init(_ calls: [TraceRecords.Call], _ rows: [SpanRow], _ names: NameTable, forest: SpanForest) {
        let agents = calls.filter { rows[Int($0.span)].kind == .agent }
        let calls = calls.filter { rows[Int($0.span)].kind == .llm && !rows[Int($0.span)].marks.contains(.sameCall) }
        addCalls(calls, rows, names, forest)
        if !agents.isEmpty, models.allSatisfy({ $0.callsWithTokens == 0 }) { addAgents(agents, rows, names, forest) }
    }

    private mutating func addCalls(
        _ calls: [TraceRecords.Call], _ rows: [SpanRow], _ names: NameTable, _ forest: SpanForest
    ) {
        guard !calls.isEmpty else { return }
        var holdsModelCall = [Bool](repeating: false, count: forest.nodeCount)
        for call in calls {
            var ancestor = forest.parents[Int(call.span)]
            while ancestor >= 0, !holdsModelCall[Int(ancestor)] {
                holdsModelCall[Int(ancestor)] = true
                ancestor = forest.parents[Int(ancestor)]
            }
        }
        for call in calls where !holdsModelCall[Int(call.span)] {
            add(call, rows[Int(call.span)], names)
        }
    }

    private mutating func addAgents(
        _ agents: [TraceRecords.Call], _ rows: [SpanRow], _ names: NameTable, _ forest: SpanForest
    ) {
        let stating = Set(agents.map { $0.span })
        var isBeneath = [Bool](repeating: false, count: forest.nodeCount)
        for node in forest.preorder {
            let parent = forest.parents[Int(node)]
            if parent >= 0 { isBeneath[Int(node)] = isBeneath[Int(parent)] || stating.contains(parent) }
        }
        for agent in agents where !isBeneath[Int(agent.span)] {
            add(agent, rows[Int(agent.span)], names, calls: 0)
        }
    }

    private mutating func add(_ call: TraceRecords.Call, _ row: SpanRow, _ names: NameTable, calls: Int = 1) {
        let model = row.modelResolved != 0 ? row.modelResolved : row.modelRequested
        let key = Key(model: model, provider: call.provider)
        let place = places[key] ?? models.count
        if place == models.count {
            places[key] = place
            models.append(ModelUsage(model: names[model], provider: names[call.provider]))
        }
        models[place].calls += calls
        if calls > 0, row.tokensTotal != nil { models[place].callsWithTokens += 1 }
        if call.usage.inputStated != nil { models[place].callsWithoutCache += 1 }
        Self.add(row.tokensInput, to: &models[place].input)
        Self.add(call.usage.inputStated ?? row.tokensInput, to: &models[place].inputStated)
        Self.add(row.tokensOutput, to: &models[place].output)
        Self.add(call.usage.cacheRead, to: &models[place].cacheRead)
        Self.add(call.usage.cacheWrite, to: &models[place].cacheWrite)
        Self.add(call.usage.reasoning, to: &models[place].reasoning)
    }

    private static func add(_ count: Int64?, to sum: inout Int64?) {
        if let count { sum = (sum ?? 0).addingClamped(count) }
    }
}

import Basics
import TraceAnalysis
import TraceModel

/// Sums usage over model calls that have no model call beneath them: the outer ones repeat the inner ones' usage.
///
/// Of the spans that tell of one call only the one that counts is summed up.
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
        let calls = calls.filter { rows[Int($0.span)].kind == .llm && !rows[Int($0.span)].marks.contains(.sameCall) }
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

    private mutating func add(_ call: TraceRecords.Call, _ row: SpanRow, _ names: NameTable) {
        let model = row.modelResolved != 0 ? row.modelResolved : row.modelRequested
        let key = Key(model: model, provider: call.provider)
        let place = places[key] ?? models.count
        if place == models.count {
            places[key] = place
            models.append(ModelUsage(model: names[model], provider: names[call.provider]))
        }
        models[place].calls += 1
        if row.tokensInput != nil || row.tokensOutput != nil { models[place].callsWithTokens += 1 }
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

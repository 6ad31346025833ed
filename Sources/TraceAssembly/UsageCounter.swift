import Basics
import TraceAnalysis
import TraceModel

/// Sums usage over model calls that have no model call beneath them: the outer ones repeat the inner ones' usage.
struct UsageCounter {
    private struct Key: Hashable {
        var model: NameIndex
        var provider: NameIndex
    }

    private var places: [Key: Int] = [:]
    /// One entry for each model and provider, in the order of their first calls.
    private(set) var models: [ModelUsage] = []

    /// - Parameter places: where the rows stand by their order of arrival; empty where they stand as they came.
    init(_ calls: [TraceRecords.ModelCall], _ rows: [SpanRow], _ names: NameTable, places: [Int32], forest: SpanForest)
    {
        guard !calls.isEmpty else { return }
        func row(_ call: TraceRecords.ModelCall) -> Int32 { places.isEmpty ? call.span : places[Int(call.span)] }
        var holdsModelCall = [Bool](repeating: false, count: forest.nodeCount)
        for call in calls {
            var ancestor = forest.parents[Int(row(call))]
            while ancestor >= 0, !holdsModelCall[Int(ancestor)] {
                holdsModelCall[Int(ancestor)] = true
                ancestor = forest.parents[Int(ancestor)]
            }
        }
        for call in calls where !holdsModelCall[Int(row(call))] {
            add(call, rows[Int(row(call))], names)
        }
    }

    private mutating func add(_ call: TraceRecords.ModelCall, _ row: SpanRow, _ names: NameTable) {
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

import TraceModel

/// Where each tool result first stands in the input of a model.
///
/// An input holds the whole history, so that a result stands in every later one too; each is read only as far as it is
/// new, which keeps the reading linear in what is new.
struct ToolDeliveries {
    private struct Key: Hashable {
        var id: Int32
        var run: Int32
    }

    /// A run with the last digest of a result.
    private struct Known {
        var run: Int32 = TimedIndex.anyRun
        var form: UInt64 = 0
    }

    private struct Place {
        var model: Int32
        var place: Int32
    }

    /// By id: the run that first had a result, which few results leave, and the others.
    private var known: [Known] = []
    private var knownElsewhere: [Key: UInt64] = [:]
    private var places: [Place] = []
    private var byID = TimedIndex()
    /// The models with evidence, by run and in order of time, and where those of each run begin.
    private var models: [(time: Int64, model: Int32)] = []
    private var starts: [Int32] = []
    /// The newest result of the last input of each run: what stands before it in the next one is known.
    private var newest: [(id: String?, form: UInt64)?]

    /// Sorts the models that can be given to `add`, which come in order of start, by runs below a count.
    init(_ layers: LayerSpans, runCount: Int) {
        newest = Array(repeating: nil, count: runCount)
        starts = Array(repeating: 0, count: runCount + 1)
        for model in layers.models where Self.counts(model) { starts[Int(model.run) + 1] += 1 }
        for run in 0..<runCount { starts[run + 1] += starts[run] }
        places.reserveCapacity(layers.executions.count)
        byID.reserveCapacity(layers.executions.count)
        models = Array(repeating: (0, 0), count: Int(starts[runCount]))
        var next = starts
        for (index, model) in layers.models.enumerated() where Self.counts(model) {
            models[Int(next[Int(model.run)])] = (model.start, Int32(index))
            next[Int(model.run)] += 1
        }
    }

    /// True for a model call whose input is read.
    static func counts(_ model: LayerSpans.ModelCall) -> Bool { model.evidence >= 0 && model.start < .max }

    /// Reads the input of a model; models must come in order of start.
    mutating func add(
        _ results: [ToolCallDelivery], of model: Int32, run: Int32, at time: Int64, ids: inout TextNumbers
    ) {
        guard let last = results.indices.last else { return }
        let end = newest[Int(run)]
        newest[Int(run)] = (results[last].id, results[last].result?.forms.first ?? 0)
        for place in results.indices.reversed() {
            let form = results[place].result?.forms.first ?? 0
            if let end, form == end.form, results[place].id == end.id { return }
            guard let text = results[place].id, !text.isEmpty else { continue }
            let id = ids.number(of: text)
            guard isNew(form, id: id, run: run) else { continue }
            byID.add(Int32(places.count), key: id, run: run, time: time)
            places.append(Place(model: model, place: Int32(place)))
        }
    }

    /// Remembers the digest of a result in a run; false where it was the last one there too.
    private mutating func isNew(_ form: UInt64, id: Int32, run: Int32) -> Bool {
        while known.count <= Int(id) { known.append(Known()) }
        if known[Int(id)].run == TimedIndex.anyRun {
            known[Int(id)] = Known(run: run, form: form)
            return true
        }
        guard known[Int(id)].run == run else {
            return knownElsewhere.updateValue(form, forKey: Key(id: id, run: run)) != form
        }
        defer { known[Int(id)].form = form }
        return known[Int(id)].form != form
    }

    /// Must be called once, after the last input.
    mutating func finish() {
        byID.sort()
    }

    /// The first input of a run at or after a time that has the result of a call.
    func first(_ id: Int32, run: Int32, notBefore time: Int64) -> (model: Int32, place: Int32)? {
        byID.first(id, run: run, notBefore: time).map { (places[Int($0)].model, places[Int($0)].place) }
    }

    /// The first model call of a run with evidence at or after a time.
    func nextModel(in run: Int32, notBefore time: Int64) -> Int32? {
        later(in: run, notBefore: time).first?.model
    }

    /// The first model calls of a run from a time on, in order; at most `reach`.
    func laterModels(in run: Int32, notBefore time: Int64) -> [Int32] {
        later(in: run, notBefore: time).prefix(Self.reach).map(\.model)
    }

    private func later(in run: Int32, notBefore time: Int64) -> ArraySlice<(time: Int64, model: Int32)> {
        guard run >= 0, Int(run) + 1 < starts.count else { return [] }
        let range = Int(starts[Int(run)])..<Int(starts[Int(run) + 1])
        return models[range.partitionPoint { models[$0].time < time }..<range.upperBound]
    }

    /// How many inputs are looked through for a result that is missing.
    private static let reach = 64
}

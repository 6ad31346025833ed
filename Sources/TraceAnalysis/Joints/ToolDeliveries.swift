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

    private struct Place {
        var model: Int32
        var place: Int32
    }

    /// The last digest of each id in each run.
    private var known: [Key: UInt64] = [:]
    private var places: [Place] = []
    private var byID = TimedIndex()
    /// The model calls of each run with their times, in order of time.
    private var models: [Int32: [(time: Int64, model: Int32)]] = [:]
    /// The newest result of the last input of each run: what stands before it in the next one is known.
    private var newest: [Int32: (id: String?, form: UInt64)] = [:]

    /// Reads the input of a model; models must come in order of start.
    mutating func add(
        _ results: [ToolCallDelivery], of model: Int32, run: Int32, at time: Int64,
        number: (String?) -> Int32
    ) {
        models[run, default: []].append((time, model))
        guard let last = results.last else { return }
        let end = newest.updateValue((last.id, last.result?.forms.first ?? 0), forKey: run)
        for place in results.indices.reversed() {
            if let end, results[place].id == end.id, (results[place].result?.forms.first ?? 0) == end.form { return }
            let id = number(results[place].id)
            guard id >= 0 else { continue }
            let form = results[place].result?.forms.first ?? 0
            let key = Key(id: id, run: run)
            if known.updateValue(form, forKey: key) == form { continue }
            byID.add(Int32(places.count), key: id, run: run, time: time)
            places.append(Place(model: model, place: Int32(place)))
        }
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
        guard let models = models[run] else { return nil }
        let place = Self.firstPlace(models, time)
        return place < models.count ? models[place].model : nil
    }

    /// The first model calls of a run from a time on, in order; at most `reach`.
    func laterModels(in run: Int32, notBefore time: Int64) -> [Int32] {
        guard let models = models[run] else { return [] }
        return models[Self.firstPlace(models, time)...].prefix(Self.reach).map(\.model)
    }

    private static func firstPlace(_ models: [(time: Int64, model: Int32)], _ time: Int64) -> Int {
        var (low, high) = (0, models.count)
        while low < high {
            let middle = (low + high) / 2
            if models[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many inputs are looked through for a result that is missing.
    private static let reach = 64
}

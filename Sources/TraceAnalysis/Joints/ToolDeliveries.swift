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

    /// So many known results in a row mean that all before them are known.
    private static let knownInARow = 8

    /// The last digest of each id in each run.
    private var known: [Key: UInt64] = [:]
    private var places: [Place] = []
    private var byID = TimedIndex()
    private var models = TimedIndex()

    /// Reads the input of a model; models must come in order of start.
    mutating func add(
        _ results: [ToolCallDelivery], of model: Int32, run: Int32, at time: Int64,
        number: (String?) -> Int32
    ) {
        models.add(model, key: 0, run: run, time: time)
        var knownCount = 0
        for place in results.indices.reversed() {
            let id = number(results[place].id)
            guard id >= 0 else { continue }
            let form = results[place].result?.forms.first ?? 0
            let key = Key(id: id, run: run)
            if known[key] == form {
                knownCount += 1
                if knownCount >= Self.knownInARow { break }
                continue
            }
            knownCount = 0
            known[key] = form
            byID.add(Int32(places.count), key: id, run: run, time: time)
            places.append(Place(model: model, place: Int32(place)))
        }
    }

    /// Must be called once, after the last input.
    mutating func finish() {
        byID.sort()
        models.sort()
    }

    /// The first input of a run at or after a time that has the result of a call.
    func first(_ id: Int32, run: Int32, notBefore time: Int64) -> (model: Int32, place: Int32)? {
        byID.first(id, run: run, notBefore: time).map { (places[Int($0)].model, places[Int($0)].place) }
    }

    /// The first model call of a run with evidence at or after a time.
    func nextModel(in run: Int32, notBefore time: Int64) -> Int32? { models.first(0, run: run, notBefore: time) }

    /// All of them from a time on, in order.
    func laterModels(in run: Int32, notBefore time: Int64) -> some Sequence<Int32> {
        models.values(0, run: run, notBefore: time)
    }
}

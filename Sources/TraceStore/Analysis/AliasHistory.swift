import TraceAnalysis

/// When which models answered to one requested name, over all traces of a database.
struct AliasHistory {
    /// A model and the times of its calls, in nanoseconds since the Unix epoch.
    struct Model: Equatable {
        var name: String
        /// The references of the name; several where names mean the same model.
        var references: [Int64]
        var first: Int64
    }

    /// A model that came after another one.
    struct Flip: Equatable {
        var before: Model
        /// The latest call that the model before answered, earlier than the first of the new one.
        var lastBefore: Int64
        var after: Model
        /// The model before answers after that too.
        var isShared: Bool
    }

    /// In order of their first calls.
    private(set) var models: [Model] = []

    /// Adds a model that answered to the name; one that answers to its own name says nothing about what is behind it.
    mutating func add(_ model: Model, requested: String) {
        if ModelNames.bare(model.name) == ModelNames.bare(requested) { return }
        if let known = models.firstIndex(where: { ModelNames.isSame($0.name, model.name) }) {
            models[known].references += model.references
            models[known].first = min(models[known].first, model.first)
        } else {
            models.append(model)
        }
        models.sort { ($0.first, $0.name) < ($1.first, $1.name) }
    }

    /// Each model but the first with the one that answered last before it; `last` gives the latest call of a model
    /// before a time.
    func flips(last: (Model, Int64) throws -> Int64?) rethrows -> [Flip] {
        var flips: [Flip] = []
        for (place, after) in models.enumerated() {
            var flip: Flip?
            for before in models[..<place] {
                guard let time = try last(before, after.first), time < after.first else { continue }
                if flip.map({ $0.lastBefore < time }) ?? true {
                    let latest = try last(before, .max) ?? time
                    flip = Flip(
                        before: before, lastBefore: time, after: after, isShared: latest > after.first)
                }
            }
            if let flip { flips.append(flip) }
        }
        return flips
    }
}

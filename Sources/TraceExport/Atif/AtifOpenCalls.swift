/// The tool calls that models asked for, to be found by the runs that answer them.
struct AtifOpenCalls {
    struct Place: Equatable {
        var draft: Int
        var call: Int
    }

    private var byID: [String: Place] = [:]
    private var byName: [String: Queue] = [:]

    /// The calls of one name that have no id, by the steps that asked.
    private struct Queue {
        var waiting: [(position: Int, place: Place)] = []
        var next = 0
        /// Those that stand before the run that is looked at, one group a step.
        var ready: [[Place]] = []
    }

    mutating func add(_ place: Place, _ call: AtifDraft.Call, position: Int) {
        if let id = call.id { byID[id] = place }
        byName[call.name, default: Queue()].waiting.append((position, place))
    }

    /// The call that a run answers: the one of its id, or where it states none, the next of that name of the step before.
    ///
    /// Runs come in order of time.
    mutating func take(id: String?, name: String, before position: Int) -> Place? {
        if let id, !id.isEmpty { return byID[id] }
        guard var queue = byName.removeValue(forKey: name) else { return nil }
        defer { byName[name] = queue }
        while queue.next < queue.waiting.count, queue.waiting[queue.next].position < position {
            let place = queue.waiting[queue.next].place
            if queue.ready.last?.first?.draft == place.draft {
                queue.ready[queue.ready.count - 1].append(place)
            } else {
                queue.ready.append([place])
            }
            queue.next += 1
        }
        guard var group = queue.ready.popLast(), !group.isEmpty else { return nil }
        let place = group.removeFirst()
        if !group.isEmpty { queue.ready.append(group) }
        return place
    }
}

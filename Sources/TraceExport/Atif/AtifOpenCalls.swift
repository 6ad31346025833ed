import TraceModel

/// The tool calls that models asked for, to be found by the runs that answer them.
struct AtifOpenCalls {
    struct Place: Hashable {
        var draft: Int
        var call: Int
    }

    private struct Ask {
        var place: Place
        var position: Int
        var hasID: Bool
    }

    /// The calls of one name, by the steps that asked.
    private struct Queue {
        var waiting: [Ask] = []
        var next = 0
        /// Those that stand before the run that is looked at, one group a step.
        var ready: [[Ask]] = []
    }

    private var byID: [String: Place] = [:]
    private var byName: [String: Queue] = [:]
    private var taken: Set<Place> = []

    mutating func add(_ place: Place, _ call: AtifDraft.Call, position: Int) {
        if let id = call.id { byID[id] = place }
        byName[call.name, default: Queue()].waiting.append(
            Ask(place: place, position: position, hasID: call.id != nil))
    }

    /// The call that a run answers, once: the one of its id, else the next of its name that the step before asked for.
    ///
    /// Runs come in order of time. Two ids that differ are two calls.
    mutating func take(id: String?, name: String, before position: Int) -> Place? {
        let id = id.flatMap { $0.isEmpty ? nil : $0 }
        if let id, let place = byID.removeValue(forKey: id), taken.insert(place).inserted { return place }
        guard var queue = byName.removeValue(forKey: name) else { return nil }
        defer { byName[name] = queue }
        while queue.next < queue.waiting.count, queue.waiting[queue.next].position < position {
            let ask = queue.waiting[queue.next]
            queue.next += 1
            if queue.ready.last?.last?.place.draft == ask.place.draft {
                queue.ready[queue.ready.count - 1].append(ask)
            } else {
                queue.ready.append([ask])
            }
        }
        while var group = queue.ready.popLast() {
            group.removeAll { taken.contains($0.place) }
            guard let index = group.firstIndex(where: { id == nil || !$0.hasID }) else {
                if group.isEmpty { continue }
                queue.ready.append(group)
                return nil
            }
            let place = group.remove(at: index).place
            if !group.isEmpty { queue.ready.append(group) }
            taken.insert(place)
            return place
        }
        return nil
    }
}

/// The model calls and tool runs that have another layer of the same call beneath them.
struct AtifInnerCalls {
    /// Spans that only repeat what a span beneath them, or around them, tells.
    private(set) var isRepeated: [Bool]

    init(_ spans: [ExportSpan]) {
        isRepeated = Array(repeating: false, count: spans.count)
        let indexOfSpan = spans.map(\.row.spanID).firstPlaces
        for (index, span) in spans.enumerated() {
            guard let parent = span.row.parentSpanID.flatMap({ indexOfSpan[$0] }), parent != index else { continue }
            let outer = spans[parent]
            if span.row.kind == .llm, outer.row.kind == .llm {
                // The inner one is the call itself, unless only the outer one says what was said.
                let isBare = span.content.outputMessages.isEmpty && !outer.content.outputMessages.isEmpty
                isRepeated[isBare ? index : parent] = true
            } else if span.row.kind == .tool, outer.row.kind == .tool, span.facts.toolName == outer.facts.toolName {
                isRepeated[index] = true
            }
        }
    }
}

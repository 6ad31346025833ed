import TraceModel

/// A heap of what runs, the innermost on top; what has ended is dropped when it comes to the top.
struct RunningPieces {
    struct Entry {
        var rank: Int
        var to: Int64
        var phase: Phase
    }

    private var entries: [Entry] = []

    mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[parent].rank < entries[child].rank else { return }
            entries.swapAt(parent, child)
            child = parent
        }
    }

    /// The phase of the innermost piece that goes on after a time; nil where none does.
    mutating func first(after time: Int64) -> Phase? {
        while let top = entries.first {
            if top.to > time { return top.phase }
            removeFirst()
        }
        return nil
    }

    private mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            var largest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child].rank > entries[largest].rank {
                largest = child
            }
            guard largest != parent else { return }
            entries.swapAt(parent, largest)
            parent = largest
        }
    }
}

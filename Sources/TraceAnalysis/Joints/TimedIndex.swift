/// Things that bear a key and belong to an agent run, found by time.
struct TimedIndex {
    /// The run that stands for all runs.
    static let anyRun: Int32 = -1

    private struct Entry {
        var key: Int32
        var run: Int32
        var time: Int64
        var value: Int32
    }

    private var entries: [Entry] = []

    /// Adds a thing under its own run and under all of them; of equal times the one added first comes first.
    mutating func add(_ value: Int32, key: Int32, run: Int32, time: Int64) {
        entries.append(Entry(key: key, run: run, time: time, value: value))
        entries.append(Entry(key: key, run: Self.anyRun, time: time, value: value))
    }

    /// Must be called once, after the last thing was added.
    mutating func sort() {
        entries.sort { ($0.key, $0.run, $0.time, $0.value) < ($1.key, $1.run, $1.time, $1.value) }
    }

    /// The first thing at or after a time.
    func first(_ key: Int32, run: Int32, notBefore time: Int64) -> Int32? {
        let place = lowerBound(key, run, time)
        guard place < entries.count, entries[place].key == key, entries[place].run == run else { return nil }
        return entries[place].value
    }

    /// The last thing at or before a time.
    func last(_ key: Int32, run: Int32, notAfter time: Int64) -> Int32? {
        let place = time == .max ? lowerBound(key, run + 1, .min) : lowerBound(key, run, time + 1)
        guard place > 0, entries[place - 1].key == key, entries[place - 1].run == run else { return nil }
        return entries[place - 1].value
    }

    /// The things from a time on, in order of time.
    func values(_ key: Int32, run: Int32, notBefore time: Int64) -> some Sequence<Int32> {
        entries[lowerBound(key, run, time)...].lazy.prefix { $0.key == key && $0.run == run }.map(\.value)
    }

    /// The place of the first entry that is not before a key, a run and a time.
    private func lowerBound(_ key: Int32, _ run: Int32, _ time: Int64) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            let entry = entries[middle]
            if (entry.key, entry.run, entry.time) < (key, run, time) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

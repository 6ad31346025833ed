/// Things that bear a key and belong to an agent run, found by time.
struct TimedIndex {
    /// The run that stands for all runs.
    static let anyRun: Int32 = -1

    private struct Entry {
        /// The key and the run in one word, which compares faster.
        var place: UInt64
        var time: Int64
        var value: Int32
    }

    private var entries: [Entry] = []

    /// Adds a thing under its own run and under all of them; of equal times the one added first comes first.
    mutating func add(_ value: Int32, key: Int32, run: Int32, time: Int64) {
        entries.append(Entry(place: Self.place(key, run), time: time, value: value))
        entries.append(Entry(place: Self.place(key, Self.anyRun), time: time, value: value))
    }

    /// Must be called once, after the last thing was added.
    mutating func sort() {
        entries.sort { ($0.place, $0.time, $0.value) < ($1.place, $1.time, $1.value) }
    }

    private static func place(_ key: Int32, _ run: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: key)) << 32 | UInt64(UInt32(bitPattern: run))
    }

    /// The first thing at or after a time.
    func first(_ key: Int32, run: Int32, notBefore time: Int64) -> Int32? {
        let wanted = Self.place(key, run)
        let place = lowerBound(wanted, time)
        return place < entries.count && entries[place].place == wanted ? entries[place].value : nil
    }

    /// The last thing at or before a time.
    func last(_ key: Int32, run: Int32, notAfter time: Int64) -> Int32? {
        let wanted = Self.place(key, run)
        var place = lowerBound(wanted, time)
        while place < entries.count, entries[place].place == wanted, entries[place].time == time { place += 1 }
        return place > 0 && entries[place - 1].place == wanted ? entries[place - 1].value : nil
    }

    /// The place of the first entry that is not before a place and a time.
    private func lowerBound(_ place: UInt64, _ time: Int64) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            let entry = entries[middle]
            if (entry.place, entry.time) < (place, time) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

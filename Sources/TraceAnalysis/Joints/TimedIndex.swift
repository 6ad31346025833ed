/// Things that bear a key and belong to an agent run, found by time.
///
/// Keys are small numbers from 0, and things are added in order of time, so that counting sorts them.
struct TimedIndex {
    /// The run that stands for all runs.
    static let anyRun: Int32 = -1

    private struct Entry {
        var time: Int64
        var key: Int32
        var run: Int32
        var value: Int32
    }

    /// In the order in which they were added; after `sort` by key, those of one key still in that order.
    private var entries: [Entry] = []
    /// Where the entries of each key begin; one more than there are keys.
    private var starts: [Int32] = []
    /// For keys with entries of several runs: their places by run, then time.
    private var byRun: [Int32: [Int32]] = [:]

    mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

    /// Adds a thing; of equal times the one added first comes first, and times must not go back.
    mutating func add(_ value: Int32, key: Int32, run: Int32, time: Int64) {
        entries.append(Entry(time: time, key: key, run: run, value: value))
    }

    /// Must be called once, after the last thing was added.
    mutating func sort() {
        let keyCount = Int(entries.lazy.map(\.key).max() ?? -1) + 1
        starts = Array(repeating: 0, count: keyCount + 1)
        var isSorted = true
        var last: Int32 = -1
        for entry in entries {
            starts[Int(entry.key) + 1] += 1
            isSorted = isSorted && entry.key >= last
            last = entry.key
        }
        for key in 0..<keyCount { starts[key + 1] += starts[key] }
        if !isSorted {
            var next = starts
            let added = entries
            for entry in added {
                entries[Int(next[Int(entry.key)])] = entry
                next[Int(entry.key)] += 1
            }
        }
        for key in 0..<keyCount {
            let range = Int(starts[key])..<Int(starts[key + 1])
            // A few entries are looked through faster than they are sorted.
            guard range.count > Self.fewEntries else { continue }
            byRun[Int32(key)] = range.map { Int32($0) }.sorted {
                (entries[Int($0)].run, $0) < (entries[Int($1)].run, $1)
            }
        }
    }

    private static let fewEntries = 8

    /// The first thing at or after a time.
    func first(_ key: Int32, run: Int32, notBefore time: Int64) -> Int32? {
        let range = range(key)
        if run == Self.anyRun {
            let place = range.partitionPoint { entries[$0].time < time }
            return place < range.upperBound ? entries[place].value : nil
        }
        guard let places = byRun[key] else {
            return range.first { entries[$0].run == run && entries[$0].time >= time }.map { entries[$0].value }
        }
        let place = places.indices.partitionPoint {
            let entry = entries[Int(places[$0])]
            return (entry.run, entry.time) < (run, time)
        }
        guard place < places.count, entries[Int(places[place])].run == run else { return nil }
        return entries[Int(places[place])].value
    }

    /// The last thing at or before a time.
    func last(_ key: Int32, run: Int32, notAfter time: Int64) -> Int32? {
        let range = range(key)
        if run == Self.anyRun {
            let place = range.partitionPoint { entries[$0].time <= time }
            return place > range.lowerBound ? entries[place - 1].value : nil
        }
        guard let places = byRun[key] else {
            return range.last { entries[$0].run == run && entries[$0].time <= time }.map { entries[$0].value }
        }
        let place = places.indices.partitionPoint {
            let entry = entries[Int(places[$0])]
            return (entry.run, entry.time) <= (run, time)
        }
        guard place > 0, entries[Int(places[place - 1])].run == run else { return nil }
        return entries[Int(places[place - 1])].value
    }

    private func range(_ key: Int32) -> Range<Int> {
        guard key >= 0, Int(key) + 1 < starts.count else { return 0..<0 }
        return Int(starts[Int(key)])..<Int(starts[Int(key) + 1])
    }
}

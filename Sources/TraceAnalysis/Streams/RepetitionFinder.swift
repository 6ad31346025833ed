import Basics

/// A stretch of a text that repeats itself: `text[i] == text[i + period]` throughout, three periods long or more.
struct Repetition: Equatable {
    /// Places in the text, the last one past the end.
    var start: Int
    var end: Int
    var period: Int

    /// The first place that says nothing new.
    var onset: Int { start + period }
    var repeats: Int { (end - start) / period }
}

/// Finds the repetitions of a text by rolling hashes.
///
/// A table keeps the last place of every window of 24 symbols, for each sixteenth place; every place asks it where its
/// own window stood before. The distance is a candidate period, and how far the text agrees with itself at that
/// distance is found by galloping over prefix hashes. Inside a repetition of period p every window stands exactly p
/// before, so one of sixteen places hits it; the candidate is tried once, since the reach of each distance is kept.
///
/// Why rolling hashes: two passes over flat arrays of 8 bytes a symbol take linear time for texts in which few
/// distances occur, and O(n log n) for any, with a fraction of the memory of a suffix automaton and none of its
/// alphabet. A Z-function alone finds only repetitions that touch a known place. What is found is compared symbol by
/// symbol before it is told, so that a collision of hashes can hide a repetition and never invent one. Source: Karp and
/// Rabin, "Efficient randomized pattern-matching algorithms", IBM J. Res. Dev. 31 (2), 1987.
struct RepetitionFinder {
    /// Symbols of a window.
    static let window = 24
    /// Of that many places one is kept.
    private static let spacing = 16
    private static let base: UInt64 = StableHash.goldenRatio

    private let symbols: UnsafeBufferPointer<UInt32>
    /// The hash of the first n symbols, at place n.
    private var prefix: [UInt64]
    /// `base` to the power 2^k, at place k.
    private var powers: [UInt64] = []

    private init(_ symbols: UnsafeBufferPointer<UInt32>) {
        self.symbols = symbols
        let base = Self.base
        prefix = [UInt64](unsafeUninitializedCapacity: symbols.count + 1) { buffer, count in
            var hash: UInt64 = 0
            buffer[0] = 0
            for index in 0..<symbols.count {
                hash = hash &* base &+ UInt64(symbols[index]) &+ 1
                buffer[index + 1] = hash
            }
            count = symbols.count + 1
        }
        var power = base
        for _ in 0..<63 {
            powers.append(power)
            power = power &* power
        }
    }

    /// Repetitions of at least three periods and `minimum` symbols, in order of their onset.
    ///
    /// None lies inside another one of the result.
    static func repetitions(in symbols: [UInt32], minimum: Int) -> [Repetition] {
        guard symbols.count >= max(minimum, 3 * spacing) else { return [] }
        return symbols.withUnsafeBufferPointer { RepetitionFinder($0).find(minimum: minimum) }
    }

    private func find(minimum: Int) -> [Repetition] {
        let window = Self.window
        let count = symbols.count
        guard count > window else { return [] }
        var bits = 4
        while 1 << bits < count / Self.spacing * 2 { bits += 1 }
        var table = [Int32](repeating: -1, count: 1 << bits)
        let shift = UInt64(64 - bits)
        var power: UInt64 = 1
        for _ in 0..<window { power = power &* Self.base }
        var reach: [Int: Int] = [:]
        var found: [Repetition] = []
        table.withUnsafeMutableBufferPointer { table in
            prefix.withUnsafeBufferPointer { prefix in
                for place in 0...(count - window) {
                    let hash = prefix[place + window] &- prefix[place] &* power
                    let slot = Int(((hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9) >> shift)
                    let source = Int(table[slot])
                    if source >= 0, prefix[source + window] &- prefix[source] &* power == hash {
                        let period = place - source
                        if reach[period, default: 0] <= place {
                            let end = place + agreement(source, place)
                            reach[period] = end
                            let start = source - agreementBefore(source, place)
                            if end - start >= max(minimum, 3 * period) {
                                keep(Repetition(start: start, end: end, period: period), in: &found)
                            }
                        }
                    }
                    if place % Self.spacing == 0 { table[slot] = Int32(truncatingIfNeeded: place) }
                }
            }
        }
        return found.sorted { ($0.onset, $0.end) < ($1.onset, $1.end) }
    }

    /// How many symbols agree from two places on, the second one later.
    private func agreement(_ first: Int, _ second: Int) -> Int {
        gallop(limit: symbols.count - second) { done, step in
            hash(first + done, step) == hash(second + done, step)
        }
    }

    /// How many symbols agree in front of two places.
    private func agreementBefore(_ first: Int, _ second: Int) -> Int {
        gallop(limit: first) { done, step in
            hash(first - done - (1 << step), step) == hash(second - done - (1 << step), step)
        }
    }

    /// The longest agreement up to a limit, when `agrees` compares 2^step symbols beyond what is done.
    private func gallop(limit: Int, _ agrees: (_ done: Int, _ step: Int) -> Bool) -> Int {
        var done = 0
        var step = 0
        while done + (1 << step) <= limit, agrees(done, step) {
            done += 1 << step
            step += 1
        }
        while step >= 0 {
            if done + (1 << step) <= limit, agrees(done, step) { done += 1 << step } else { step -= 1 }
        }
        return done
    }

    /// The hash of 2^step symbols.
    private func hash(_ start: Int, _ step: Int) -> UInt64 {
        prefix[start + (1 << step)] &- prefix[start] &* powers[step]
    }

    /// Keeps a repetition that is one in truth, by its shortest period, unless another one covers it.
    private func keep(_ candidate: Repetition, in found: inout [Repetition]) {
        var candidate = candidate
        candidate.period = shortestPeriod(candidate)
        if found.contains(where: { $0.start <= candidate.start && candidate.end <= $0.end }) { return }
        for place in candidate.onset..<candidate.end where symbols[place] != symbols[place - candidate.period] {
            return
        }
        found.removeAll { candidate.start <= $0.start && $0.end <= candidate.end }
        found.append(candidate)
    }

    /// The shortest period of a repetition, which divides any other one that fits it twice.
    private func shortestPeriod(_ repetition: Repetition) -> Int {
        var period = repetition.period
        var rest = period
        var factor = 2
        while rest > 1 {
            if factor * factor > rest { factor = rest }
            guard rest % factor == 0 else {
                factor += 1
                continue
            }
            rest /= factor
            let shorter = period / factor
            let length = repetition.end - repetition.start
            if agreement(repetition.start, repetition.start + shorter) >= length - shorter { period = shorter }
        }
        return period
    }
}

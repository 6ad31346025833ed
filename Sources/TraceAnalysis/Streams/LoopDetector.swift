/// Finds content loops: stretches in which a text says the same thing again and again.
///
/// A loop repeats without anything between the periods, so that lists, tables, boilerplate and refrains, of which each
/// line says something new, are none. What repeats exactly is still judged by what it is made of and how often it
/// comes, since tables have empty rows and songs have choruses:
///
/// | period | repeats | characters |
/// |---|---|---|
/// | prose of three sentences and 24 characters, or of 60 characters | 3 | |
/// | prose of 30 characters | 4 | |
/// | prose of 12 characters | 8 | 160 |
/// | shorter prose, such as `very ` | 20 | 300 |
/// | code, markup, data | 8 | 800 |
/// | one word without a blank, such as `ha` | 10 | 1500 |
/// | no letters, such as `0, ` | 10 | 2000 |
/// | blanks only | 10 | 4000 |
///
/// *Near* loops are prose whose periods differ in a counter alone: the text is searched once more with every number
/// replaced by one symbol, and what is found counts where the numbers that change do so in equal steps, all together.
/// A list of facts has numbers that change each in its own way. Near loops need 3 periods of three sentences and 40
/// characters or of 80 characters, 5 of 40 characters, or 8 of 24.
///
/// Takes linear time in the text but for contrived ones, see `RepetitionFinder`. The limits were chosen on the
/// labelled texts that `spandrel-bench loops` measures.
package struct LoopDetector {
    /// A loop in a text; places are Unicode scalars.
    package struct Loop: Equatable, Sendable {
        /// Where the first period starts.
        package var start: Int
        /// Where the first repetition starts.
        package var onset: Int
        /// The first character after the loop.
        package var end: Int
        package var period: Int
        /// Whole periods, the first included.
        package var repeats: Int
        package var isNear: Bool

        package init(start: Int, onset: Int, end: Int, period: Int, repeats: Int, isNear: Bool) {
            self.start = start
            self.onset = onset
            self.end = end
            self.period = period
            self.repeats = repeats
            self.isNear = isNear
        }
    }

    /// No loop has fewer characters.
    private static let minimum = 72
    /// Numbers that may change together from period to period.
    private static let maximumCounters = 3

    package init() {}

    /// The loops of a text in order of their onset; none overlaps another by more than half.
    package func loops(in text: String) -> [Loop] {
        loops(in: text.unicodeScalars.map(\.value))
    }

    /// The loops of a text of Unicode scalars.
    package func loops(in text: [UInt32]) -> [Loop] {
        guard text.count >= Self.minimum else { return [] }
        var loops: [Loop] = []
        for found in RepetitionFinder.repetitions(in: text, minimum: Self.minimum) where isLoop(found, in: text) {
            loops.append(
                Loop(
                    start: found.start, onset: found.onset, end: found.end, period: found.period,
                    repeats: found.repeats, isNear: false))
        }
        let folded = NumberFolding(text)
        if !folded.numberPlaces.isEmpty {
            for found in RepetitionFinder.repetitions(in: folded.symbols, minimum: Self.minimum) {
                guard let near = nearLoop(found, in: text, folded: folded) else { continue }
                let isKnown = loops.contains { overlap($0, near) * 2 > near.end - near.start }
                if !isKnown { loops.append(near) }
            }
        }
        return loops.sorted { ($0.onset, $0.end) < ($1.onset, $1.end) }
    }

    private func overlap(_ a: Loop, _ b: Loop) -> Int { max(0, min(a.end, b.end) - max(a.start, b.start)) }

    private func isLoop(_ found: Repetition, in text: [UInt32]) -> Bool {
        let period = PeriodCharacter(text[found.start..<found.onset])
        let length = found.end - found.start
        let repeats = found.repeats
        if period.isProse {
            return period.sentences >= 3 && period.length >= 24 && repeats >= 3
                || period.length >= 60 && repeats >= 3
                || period.length >= 30 && repeats >= 4
                || period.length >= 12 && repeats >= 8 && length >= 160
                || repeats >= 20 && length >= 300
        }
        if period.blanks == period.length { return repeats >= 10 && length >= 4000 }
        if period.letters == 0 { return repeats >= 10 && length >= 2000 }
        if period.blanks == 0, !period.hasWideLetters { return repeats >= 10 && length >= 1500 }
        return repeats >= 8 && length >= 800
    }

    /// A repetition of the folded text as a loop of the text itself; nil where it is none.
    private func nearLoop(_ found: Repetition, in text: [UInt32], folded: NumberFolding) -> Loop? {
        let start = Int(folded.origins[found.start])
        let onset = Int(folded.origins[found.onset])
        let end = Int(folded.origins[found.end])
        let period = PeriodCharacter(text[start..<onset])
        let repeats = found.repeats
        guard period.isProse, period.words >= 4 else { return nil }
        let isLong =
            period.sentences >= 3 && period.length >= 40 && repeats >= 3
            || period.length >= 80 && repeats >= 3
            || period.length >= 40 && repeats >= 5
            || period.length >= 24 && repeats >= 8
        guard isLong, changesLikeACounter(found, in: folded) else { return nil }
        return Loop(start: start, onset: onset, end: end, period: period.length, repeats: repeats, isNear: true)
    }

    /// True where all numbers that differ between periods go in the same equal steps and are nearly the same.
    private func changesLikeACounter(_ found: Repetition, in folded: NumberFolding) -> Bool {
        let places = folded.numberPlaces
        let first = places.indices.partitionPoint { places[$0] < found.start }
        let last = places.indices.partitionPoint { places[$0] < found.start + found.repeats * found.period }
        guard found.repeats > 1, (last - first) % found.repeats == 0 else { return false }
        let perPeriod = (last - first) / found.repeats
        guard perPeriod > 0 else { return false }
        var counters: [[Int64]] = []
        for number in 0..<perPeriod {
            var values: [Int64] = []
            for period in 0..<found.repeats {
                guard let value = folded.values[first + period * perPeriod + number] else { return false }
                values.append(value)
            }
            if Set(values).count == 1 { continue }
            counters.append(values)
            if counters.count > Self.maximumCounters { return false }
        }
        guard let leader = counters.first, leader.count > 1 else { return false }
        let steps = zip(leader.dropFirst(), leader).map { $0 - $1 }
        guard let step = steps.first, step != 0 else { return false }
        // A counter may skip or start over now and then.
        guard steps.filter({ $0 == step }).count * 10 >= steps.count * 8 else { return false }
        return counters.dropFirst().allSatisfy { counter in
            let distances = Set(zip(counter, leader).map { $0 - $1 })
            return distances.count == 1 && distances.allSatisfy { abs($0) <= abs(step) }
        }
    }
}

/// Texts of which it is known whether the model looped, made from a seed.
package enum LabelledTexts {
    package struct Sample: Sendable {
        /// The family of the text, such as `three sentences`.
        package var family: String
        package var text: String
        package var loops: Bool
        /// Where the first repetition starts, in Unicode scalars; nil for texts without a loop.
        package var onset: Int?
        package var period: Int?
    }

    /// All families, some samples of each; equal seeds give equal texts.
    package static func samples(seed: UInt64, perFamily count: Int) -> [Sample] {
        var samples: [Sample] = []
        for (place, family) in LoopingTexts.families.enumerated() {
            for index in 0..<count {
                var writer = TextWriter(seed: seed &+ UInt64(place * 1_000_003 + index))
                let loop = family.make(&writer)
                let before = loop.before.unicodeScalars.count
                let period = loop.first.unicodeScalars.count
                samples.append(
                    Sample(
                        family: family.name, text: loop.before + loop.first + loop.rest, loops: true,
                        onset: before + period, period: period))
            }
        }
        for (place, family) in PlainTexts.families.enumerated() {
            for index in 0..<count {
                var writer = TextWriter(seed: seed &+ 77 &+ UInt64(place * 1_000_003 + index))
                samples.append(
                    Sample(family: family.name, text: family.make(&writer), loops: false, onset: nil, period: nil))
            }
        }
        return samples
    }
}

/// A text with a loop: what comes before it, one period, and all that follows.
struct LoopingText {
    var before: String
    var first: String
    var rest: String

    /// A period that repeats exactly, with the start of one more at the end where `cut` is above 0.
    init(before: String, period: String, repeats: Int, cut: Int = 0, after: String = "") {
        self.before = before
        first = period
        rest = String(repeating: period, count: repeats - 1) + period.prefix(cut) + after
    }

    /// Periods that depend on their number.
    init(before: String, repeats: Int, period: (Int) -> String) {
        self.before = before
        first = period(0)
        rest = (1..<repeats).map(period).joined()
    }
}

/// Texts of which it is known what must be redacted, made from a seed.
///
/// They are written from the formats that providers published and from how traces quote them, not from the rules.
package enum LabelledRedactions {
    package struct Sample: Sendable {
        /// The label of the rule that should find something, or the kind of a text without secrets.
        package var kind: String
        /// `secret` or `personal`; nil for texts in which nothing must be found.
        package var group: String?
        package var context: String
        package var text: String
        /// The bytes of UTF-8 that must be redacted, and no others.
        package var range: Range<Int>?
    }

    /// Finds what would be redacted: ranges of UTF-8 with labels.
    package typealias Finder = (String) -> [(Range<Int>, String)]

    /// What README tables and tests are made from.
    package static let seed: UInt64 = 20_261_128

    /// All families, some samples of each; equal seeds give equal texts.
    package static func samples(seed: UInt64 = seed, perFamily count: Int = 26, perNegative: Int = 40) -> [Sample] {
        var samples: [Sample] = []
        for (place, family) in SecretFamily.all.enumerated() {
            for index in 0..<count {
                var writer = TextWriter(seed: seed &+ UInt64(place * 1_000_003 + index))
                samples.append(sample(of: family, index, &writer))
            }
        }
        for (place, negative) in HardNegative.all.enumerated() {
            for index in 0..<perNegative {
                var writer = TextWriter(seed: seed &+ 77 &+ UInt64(place * 1_000_003 + index))
                let context = SecretContext.outer[index % SecretContext.outer.count]
                let text = context.wrap(&writer, SecretText(negative.make(&writer))).text
                samples.append(
                    Sample(kind: negative.kind, group: .none, context: context.name, text: text, range: .none))
            }
        }
        return samples
    }

    private static func sample(of family: SecretFamily, _ index: Int, _ writer: inout TextWriter) -> Sample {
        var text = family.make(&writer)
        var contexts = SecretContext.outer
        if family.isFree { contexts += SecretContext.inner }
        // Each in turn, so that every family stands in every context.
        let context = contexts[index % contexts.count]
        text = context.wrap(&writer, text)
        return Sample(
            kind: family.label, group: family.group, context: context.name, text: text.text, range: text.range)
    }
}

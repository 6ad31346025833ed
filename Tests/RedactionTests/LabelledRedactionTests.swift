import Redaction
import TestSupport
import Testing

@Suite struct LabelledRedactionTests {
    private static func score() throws -> RedactionScore {
        let finder = try SecretFinder(rules: RedactionRules.all)
        return RedactionScore(LabelledRedactions.samples(perFamily: 13, perNegative: 20)) { text in
            finder.matches(in: text).map { ($0.range, $0.label) }
        }
    }

    @Test func recallAndPrecisionAreHigh() throws {
        let score = try Self.score()
        #expect(score.recall(of: "secret") >= 0.98)
        #expect(score.recall(of: "personal") >= 0.98)
        #expect(score.precision >= 0.98)
        // The rules alone miss what stands behind escapes, which the engine resolves.
        for row in score.positives { #expect(row.recall >= 0.8, "\(row)") }
    }

    @Test func theSetIsLargeAndTheSameAgain() {
        let samples = LabelledRedactions.samples()
        #expect(samples.filter { $0.group != nil }.count >= 5_000)
        #expect(samples.filter { $0.group == nil }.count >= 1_500)
        #expect(samples.map(\.text) == LabelledRedactions.samples().map(\.text))
    }

    @Test func everyRuleIsInTheSet() {
        let samples = LabelledRedactions.samples(perFamily: 1, perNegative: 1)
        let labels = Set(samples.filter { $0.group != nil }.map(\.kind))
        #expect(labels == Set(RedactionRules.all.map(\.label)))
    }
}

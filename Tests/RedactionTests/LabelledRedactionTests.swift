import Redaction
import TestSupport
import Testing

@Suite struct LabelledRedactionTests {
    private static func score() throws -> RedactionScore {
        let finder = try SecretFinder(rules: RedactionRules.all)
        return RedactionScore(LabelledRedactions.samples()) { text in
            finder.matches(in: text).map { ($0.range, $0.label) }
        }
    }

    @Test func recallAndPrecisionAreHigh() throws {
        let score = try Self.score()
        #expect(score.recall(of: "secret") >= 0.98)
        #expect(score.recall(of: "personal") >= 0.98)
        #expect(score.precision >= 0.98)
        for row in score.positives { #expect(row.recall >= 0.9, "\(row)") }
    }

    @Test func theSetIsLargeAndTheSameAgain() {
        let samples = LabelledRedactions.samples()
        #expect(samples.filter { $0.group != nil }.count >= 1_500)
        #expect(samples.filter { $0.group == nil }.count >= 1_500)
        #expect(samples.map(\.text) == LabelledRedactions.samples().map(\.text))
    }

    @Test func everyRuleIsInTheSet() {
        let labels = Set(LabelledRedactions.samples().filter { $0.group != nil }.map(\.kind))
        #expect(labels == Set(RedactionRules.all.map(\.label)))
    }
}

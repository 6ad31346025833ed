import FastJSON
import Redaction
import TestSupport
import Testing
import TraceModel

/// Holds the engine, with all that it adds to the rules, to the labelled texts.
@Suite struct LabelledEngineTests {
    private static let samples = LabelledRedactions.samples(perFamily: 5, perNegative: 9)

    private static func redactor() -> Redactor {
        var policy = RedactionPolicy.standard
        policy.findsPersonalData = true
        return Redactor(policy: policy, key: RedactionKey(bytes: [1, 2, 3]))
    }

    private static func redacted(_ text: String, _ redactor: Redactor) -> String {
        var counts = RedactionCounts()
        return redactor.redacted(text, &counts) ?? text
    }

    @Test func theEngineIsAsRightAsTheRules() throws {
        let redactor = Self.redactor()
        let score = RedactionScore(Self.samples) { text in
            redactor.matches(in: text).map { ($0.range, $0.label) }
        }
        #expect(score.recall(of: "secret") >= 0.98)
        #expect(score.recall(of: "personal") >= 0.98)
        #expect(score.precision >= 0.98)
    }

    @Test func redactingTwiceIsRedactingOnce() {
        let redactor = Self.redactor()
        for sample in Self.samples {
            let once = Self.redacted(sample.text, redactor)
            #expect(Self.redacted(once, redactor) == once, "\(sample.text)")
        }
    }

    @Test func textWithinJSONIsRedactedAlikeAndStaysJSON() throws {
        let redactor = Self.redactor()
        var alike = 0
        for sample in Self.samples {
            let json = JSONValue.object([JSONMember("n", .int(1)), JSONMember("t", .string(sample.text))]).text()
            let after = try JSONValue(parsing: Self.redacted(json, redactor))
            if after["t"]?.string == Self.redacted(sample.text, redactor) { alike += 1 }
        }
        #expect(Double(alike) >= 0.98 * Double(Self.samples.count), "\(alike) of \(Self.samples.count)")
    }
}

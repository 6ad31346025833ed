import Testing
import TraceModel

@testable import Redaction

@Suite struct TextRedactionTests {
    private let redactor = RedactionFixture.redactor
    private let secret = RedactionFixture.secret()

    private func redacted(_ text: String) -> String? {
        var counts = RedactionCounts()
        return redactor.redacted(text, &counts)
    }

    private func placeholders(_ text: String?) -> [RedactionPlaceholder] {
        RedactionPlaceholder.all(in: text ?? "").map(\.placeholder)
    }

    @Test func cleanTextGivesNil() {
        #expect(redacted("nothing to see") == nil)
        #expect(redacted("") == nil)
        #expect(redacted(#"{"a": "line\nbreak", "b": "\u00e9"}"#) == nil)
    }

    @Test func aSecretBecomesAPlaceholder() throws {
        var counts = RedactionCounts()
        let text = try #require(redactor.redacted("a \(secret), b \(secret)", &counts))
        let found = placeholders(text)
        #expect(text == "a \(found[0].text), b \(found[1].text)")
        #expect(found.map(\.label) == ["STRIPE_KEY", "STRIPE_KEY"])
        #expect(found[0] == found[1])
        #expect(counts.byRule == ["STRIPE_KEY": 2])
        #expect(redactor.matches(in: "a \(secret)") == [RedactionMatch(range: 2..<42, label: "STRIPE_KEY")])
    }

    @Test func theHashDependsOnValueAndKey() {
        let other = Redactor(policy: .standard, key: RedactionKey(bytes: [UInt8](repeating: 8, count: 32)))
        var counts = RedactionCounts()
        let first = placeholders(redacted(secret))
        #expect(first == placeholders(redacted("x: \(secret)\n")))
        #expect(first != placeholders(redacted(RedactionFixture.secret(1))))
        #expect(first != placeholders(other.redacted(secret, &counts)))
    }

    @Test func escapesHideNothing() {
        let plain = placeholders(redacted(secret))
        let hidden = #"\u0073k_l\u0069ve_"# + secret.dropFirst(8)
        for text in [
            #"{"a":"\#(hidden)","b":"x\ty"}"#,
            #"{"a":"cut \#(hidden)"#,
            #"{"a":"{\"b\":\"\#(hidden.replacing("\\", with: "\\\\"))\"}"}"#,
            #"{"a":"first\n\#(secret)"}"#,
        ] {
            let result = redacted(text)
            #expect(placeholders(result) == plain, "\(text)")
            #expect(
                result?.replacing(plain[0].text, with: hidden).count == text.replacing(secret, with: hidden).count
                    || text.contains("\\\\"), "all else stays")
        }
    }

    @Test func whatIsRedactedStays() {
        for text in [
            "a \(secret)\(secret) b", "[STRIPE_KEY#0123abcd]", "sk_live_[STRIPE_KEY#0123abcd]", "[MASKED]",
            #"{"a":"\u0073k_live_\#(secret.dropFirst(8))"}"#,
        ] {
            let once = redacted(text) ?? text
            var counts = RedactionCounts()
            #expect(redactor.redacted(once, &counts) == nil, "\(text) -> \(once)")
            #expect(counts.isEmpty)
        }
    }

    @Test func aRuleThatCannotBeReadMasksAll() {
        var policy = RedactionPolicy.standard
        policy.rules = [RedactionRule("BAD", .custom, "", literals: [], pattern: "(?=x")]
        let redactor = Redactor(policy: policy, key: RedactionKey(bytes: [1]))
        var counts = RedactionCounts()
        #expect(redactor.redacted("anything", &counts) == "[MASKED]")
        #expect(redactor.redacted("[MASKED]", &counts) == nil)
    }

    @Test func unescapedTextKnowsItsSource() throws {
        let text = #"a\n\u00e9\ud83d\ude00\/b\x\"#
        let view = try #require(UnescapedText(text))
        #expect(String(decoding: view.bytes, as: UTF8.self) == "a\n\u{e9}\u{1F600}/b\\x\\")
        let end = view.bytes.count
        #expect(view.source(of: 0..<end) == 0..<text.utf8.count)
        #expect(view.source(of: 1..<2) == 1..<3)
        // Half of a character is the whole of its escape sequence.
        #expect(view.source(of: 2..<3) == 3..<9)
        #expect(view.source(of: 5..<6) == 9..<21)
        #expect(view.source(of: 8..<10) == 21..<24)
        #expect(UnescapedText("no escape \\x \\u12g4 \\") == nil)
    }
}

extension UnescapedText {
    fileprivate init?(_ text: String) {
        var text = text
        guard let view = text.withUTF8({ UnescapedText($0) }) else { return nil }
        self = view
    }
}

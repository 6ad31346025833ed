import Basics
import Redaction
import TestSupport
import Testing
import TraceModel

@Suite struct SecretFinderTests {
    private static func finder() throws -> SecretFinder { try SecretFinder(rules: RedactionRules.all) }

    /// The text with what was found replaced by labels.
    private static func marked(_ text: String, _ finder: SecretFinder) -> String {
        var bytes = Array(text.utf8)
        for match in finder.matches(in: text).reversed() {
            bytes.replaceSubrange(match.range, with: "<\(match.label)>".utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A text without meaning that is as long as asked.
    private static func random(_ count: Int, _ alphabet: String, seed: UInt64 = 1) -> String {
        var generator = SplitMix64(seed: seed)
        let alphabet = Array(alphabet)
        return String((0..<count).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] })
    }

    private static let alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let hex = "0123456789abcdef"

    @Test func onlyTheSecretIsReplaced() throws {
        let finder = try Self.finder()
        let key = Self.random(24, Self.alphanumeric)
        let cases: [(text: String, marked: String)] = [
            ("key sk_" + "live_\(key), ok", "key <STRIPE_KEY>, ok"),
            ("postgres://app:hunter2@db:5432/x", "postgres://app:<CONNECTION_PASSWORD>@db:5432/x"),
            (#"{"url":"https:\/\/bob:pw1@host\/x"}"#, #"{"url":"https:\/\/bob:<URL_PASSWORD>@host\/x"}"#),
            ("Authorization: Bearer \(key)\r\n", "Authorization: Bearer <BEARER_TOKEN>\r\n"),
            (#"{"api_key": "\#(key)"}"#, #"{"api_key": "<API_KEY>"}"#),
            (#"{\"api_key\": \"\#(key)\"}"#, #"{\"api_key\": \"<API_KEY>\"}"#),
            (#"{\\\"password\\\":\\\"letmein\\\"}"#, #"{\\\"password\\\":\\\"<PASSWORD>\\\"}"#),
            ("password=letmein", "password=<PASSWORD>"),
            ("line\\nghp_\(Self.random(36, Self.alphanumeric))\\nline", "line\\n<GITHUB_TOKEN>\\nline"),
            ("mail ada@example.org, please", "mail <EMAIL>, please"),
            ("card 4111 1111 1111 1111.", "card <CARD>."),
            ("IBAN DE89 3704 0044 0532 0130 00 EUR", "IBAN <IBAN> EUR"),
            ("call +49 30 901820 now", "call <PHONE> now"),
        ]
        for (text, expected) in cases { #expect(Self.marked(text, finder) == expected) }
    }

    @Test func lookalikesStay() throws {
        let finder = try Self.finder()
        let texts = [
            "sk-learn and sk-ant-hill", "max_tokens: 4096", "prompt_tokens=12", "password: ", "password=${DB_PASSWORD}",
            #""token": "Hello""#, "api_key = YOUR_API_KEY", "Bearer authentication is required",
            "git@github.com:a/b.git",
            "550e8400-e29b-41d4-a716-446655440000", Self.random(40, Self.hex), "4111 1111 1111 1112",
            "https://example.org:8080/@scope/name", "api_key=os.environ[\"API_KEY\"]", "token: <token>",
        ]
        for text in texts { #expect(Self.marked(text, finder) == text) }
    }

    @Test func emptyTextHasNoMatches() throws {
        #expect(try Self.finder().matches(in: "").isEmpty)
    }

    @Test func badPatternsAreNamed() {
        let rules = [RedactionRule("MINE", .custom, "mine", literals: [], pattern: "a)")]
        #expect(throws: PatternError(position: 1, reason: .strayClosingParenthesis, label: "MINE")) {
            try SecretFinder(rules: rules)
        }
    }

    // MARK: - Redacting twice

    private static func redacted(_ text: String, _ finder: SecretFinder) -> String {
        var bytes = Array(text.utf8)
        for match in finder.matches(in: text).reversed() {
            bytes.replaceSubrange(
                match.range, with: RedactionPlaceholder(label: match.label, hash: "a1b2c3d4").text.utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func whatIsRedactedIsNotFoundAgain() throws {
        let finder = try Self.finder()
        let texts = [
            "password=[X#a1b2c3d4]", "Bearer [X#a1b2c3d4]", "postgres://u:[X#a1b2c3d4]@h",
            "password: \"[PASSWORD#a1b2c3d4]\"",
            "[EMAIL#a1b2c3d4]@example.org", "api_key=[API_KEY#a1b2c3d4]abcDEF123456789", "ghp_[GITHUB_TOKEN#a1b2c3d4]",
            "password=hunter2[X#a1b2c3d4]", "token [API_KEY#a1b2c3d4], secret: [SECRET#00000000]",
        ]
        for text in texts { #expect(finder.matches(in: text).isEmpty, "\(text)") }
    }

    @Test func redactingTwiceIsRedactingOnce() throws {
        let finder = try Self.finder()
        for sample in LabelledRedactions.samples(perFamily: 21, perNegative: 9) {
            let once = Self.redacted(sample.text, finder)
            #expect(Self.redacted(once, finder) == once, "\(sample.kind) in \(sample.context)")
        }
        // Samples side by side, without a space: what is cut off by one secret must not become another.
        var random = SplitMix64(seed: 5)
        let samples = LabelledRedactions.samples(perFamily: 4, perNegative: 4)
        for _ in 0..<400 {
            let text = (0..<3).map { _ in samples[Int(random.next() % UInt64(samples.count))].text }.joined()
            let once = Self.redacted(text, finder)
            #expect(Self.redacted(once, finder) == once, "\(text)")
        }
    }

    @Test func nextToAPlaceholderSecretsAreFound() throws {
        let finder = try Self.finder()
        #expect(Self.marked("[EMAIL#a1b2c3d4] password=letmein", finder) == "[EMAIL#a1b2c3d4] password=<PASSWORD>")
        #expect(Self.marked("{\"a\":\"[X#a1b2c3d4]\",\"password\":\"letmein\"}", finder).hasSuffix("\"<PASSWORD>\"}"))
    }

    // MARK: - Overlaps and bounds

    private static func custom(_ rules: [(String, literals: [String], pattern: String)]) throws -> SecretFinder {
        try SecretFinder(
            rules: rules.map { RedactionRule($0.0, .custom, "", literals: $0.literals, pattern: $0.pattern) })
    }

    @Test func theLeftmostThenTheLongestThenTheFirstCounts() throws {
        let finder = try Self.custom([
            ("SHORT", ["ab"], "ab"), ("LONG", ["ab"], "abcd"), ("EQUAL", [], "abcd"), ("LATER", ["cde"], "cdef"),
        ])
        #expect(Self.marked("abx", finder) == "<SHORT>x")
        #expect(Self.marked("abcd", finder) == "<LONG>")
        // What sticks out of the first match is hidden too.
        #expect(Self.marked("abcdefg", finder) == "<LONG><LATER>g")
        #expect(finder.matches(in: "abcdefg").map(\.range) == [0..<4, 4..<6])
    }

    @Test func customLiteralsMayStandAnywhereInTheMatch() throws {
        let finder = try Self.custom([("ID", ["-acme"], "[0-9]{2,}-acme[a-z]*"), ("ALL", ["z"], ".+z")])
        #expect(Self.marked("a 12-acmecorp, 7-acme 34-acme", finder) == "a <ID>, 7-acme <ID>")
        #expect(Self.marked("12-acme z.", finder) == "<ALL>.")
    }

    @Test func threadsShareAFinder() async throws {
        let finder = try Self.finder()
        let samples = LabelledRedactions.samples(perFamily: 2, perNegative: 1)
        let alone = samples.map { finder.matches(in: $0.text) }
        await withTaskGroup(of: [[RedactionMatch]].self) { group in
            for _ in 0..<4 { group.addTask { samples.map { finder.matches(in: $0.text) } } }
            for await together in group { #expect(together == alone) }
        }
    }

    @Test func shortLiteralsAreFoundInEitherCaseWhereThatIsAsked() throws {
        let finder = try SecretFinder(rules: [
            RedactionRule("AT", .custom, "", literals: ["@"], pattern: "@x"),
            RedactionRule("Q", .custom, "", literals: ["qz"], ignoresCase: true, pattern: "qz\\d"),
            RedactionRule("LONG", .custom, "", literals: ["lööp"], ignoresCase: true, pattern: "lööp"),
        ])
        #expect(Self.marked("@x QZ1 qz2 Qz3 LööP @y", finder) == "<AT> <Q> <Q> <Q> <LONG> @y")
        #expect(Self.marked("@x", finder) == "<AT>")
    }

    @Test func literalsAreFoundAtEveryPlaceOfATextOfEveryLength() throws {
        let finder = try Self.custom([("X", ["xyz", "needle"], "xyz|needle")])
        for before in 0..<20 {
            for after in 0..<12 {
                for literal in ["xyz", "needle"] {
                    let text = String(repeating: "-", count: before) + literal + String(repeating: ".", count: after)
                    #expect(finder.matches(in: text).map(\.range) == [before..<(before + literal.utf8.count)])
                }
            }
        }
    }

    @Test func aHugeTextIsSearchedToItsEnd() throws {
        let finder = try Self.finder()
        let filler = String(
            repeating: "The order moves, https://example.org/a?b=c and {\"token\": \"x\"}. ", count: 20_000)
        #expect(Self.marked(filler + "password=letmein", finder) == filler + "password=<PASSWORD>")
    }

    @Test func hostileTextsAreSearched() throws {
        let finder = try Self.finder()
        let units = [
            "eyJ", "eyJhbGciOiJ", "sk-", "token=", "password=", "password=\"", "://a:", "@", "a@a.",
            "-----BEGIN PRIVATE KEY-----\n",
            "AKIA", "1", "4111 ", "+1", "DE", "Bearer ", "\\\\\\\\", "[X#a1b2c3d4]", "secret:secret.", "\u{0}", "é",
            "basic ",
        ]
        for unit in units { _ = finder.matches(in: String(repeating: unit, count: 4_000)) }
    }
}

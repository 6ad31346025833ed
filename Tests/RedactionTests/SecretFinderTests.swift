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
}

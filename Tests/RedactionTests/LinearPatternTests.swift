import Basics
import Redaction
import TestSupport
import Testing

@Suite struct LinearPatternTests {
    private static func longest(_ pattern: String, _ text: String, from start: Int = 0) throws -> Int? {
        var matcher = PatternMatcher(try LinearPattern(pattern))
        var text = text
        return text.withUTF8 { matcher.longestMatch(in: $0, from: start) }
    }

    private static func first(_ pattern: String, _ text: String) throws -> Range<Int>? {
        var matcher = PatternMatcher(try LinearPattern(pattern))
        var text = text
        return text.withUTF8 { matcher.firstMatch(in: $0, from: 0) }
    }

    @Test(
        arguments: [
            ("abc", "abcd", 3), ("a|ab|abc", "abcd", 3), ("a*", "aaab", 3), ("a+b?", "aab", 3),
            ("[a-c]{2,3}", "abca", 3),
            ("[^b]+", "aéb", 3), (".", "\n", nil), (".+", "ab\ncd", 2), ("\\d+\\.\\d", "12.34", 4), ("\\w+", "a_1-", 3),
            ("\\x41\\t", "A\t", 2), ("[]a]+", "]a]", 3), ("[a\\]-]+", "a]-b", 3), ("(?i)aBc", "AbC", 3),
            ("(?i)[^a]", "A", nil),
            ("a{3}", "aa", nil), ("a{2,}", "aaaa", 4), ("(ab){2}", "ababab", 4), ("(?:a|b)*c", "abbac", 5),
            ("é+", "ééa", 4),
            ("^ab$", "ab", 2), ("ab$", "abc", nil), ("\\bab\\b", "ab-", 2), ("ab\\b", "abc", nil), ("", "a", 0),
            ("a||b", "c", 0),
            ("[\\w.-]+", "a.b-c!", 5), ("\\S+", "a\u{B}", 1), ("\\D\\W", "a ", 2), ("a{0}b", "b", 1),
        ] as [(String, String, Int?)])
    func syntax(pattern: String, text: String, end: Int?) throws {
        #expect(try Self.longest(pattern, text) == end)
    }

    @Test(
        arguments: [
            ("a)", 1, .strayClosingParenthesis), ("(a", 0, .unclosedGroup), ("[a", 0, .unclosedClass),
            ("*a", 0, .nothingToRepeat),
            ("a**", 2, .nothingToRepeat), ("a*?", 2, .lazyRepetition), ("a++", 2, .lazyRepetition),
            ("a{2,1}", 1, .badRepetition),
            ("a{x}", 1, .badRepetition), ("{", 0, .badRepetition), ("\\q", 0, .badEscape("q")),
            ("\\", 0, .badEscape("")),
            ("\\xg0", 0, .badEscape("x")), ("(a)\\1", 3, .backReference), ("(?=a)", 0, .unknownGroup),
            ("(?<n>a)", 0, .unknownGroup),
            ("a(?i)", 1, .unknownGroup), ("a^b", 1, .anchorInside), ("a$b", 1, .anchorInside),
            ("a\\bb", 1, .anchorInside),
            ("^a|b", 1, .anchorBesideAlternatives), ("[é]", 1, .notASCIIInClass), ("[z-a]", 3, .rangeBackwards),
            ("[^\\d\\D]", 0, .emptyClass), ("(a{500}){500}", 0, .tooLarge(limit: 6_000)),
            ("((((){5000}){5000}){5000}){5000}", 0, .tooLarge(limit: 6_000)),
            ("a{99999999999999999999}", 0, .tooLarge(limit: 6_000)),
        ] as [(String, Int, PatternError.Reason)])
    func errorsHaveAPosition(pattern: String, position: Int, reason: PatternError.Reason) {
        #expect(throws: PatternError(position: position, reason: reason)) { try LinearPattern(pattern) }
    }

    @Test func groupsMayNotNestWithoutEnd() {
        #expect(throws: PatternError.self) {
            try LinearPattern(String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000))
        }
    }

    @Test func errorsReadAsOneLine() {
        let error = PatternError(position: 1, reason: .strayClosingParenthesis, label: "MINE")
        #expect("\(error)" == "MINE: a parenthesis closes nothing at character 2")
    }

    @Test func theLeftmostMatchIsAsLongAsItCanBe() throws {
        #expect(try Self.first("abcd|c", "xabcd") == 1..<5)
        #expect(try Self.first("c|abcde", "xabcd") == 3..<4)
        #expect(try Self.first("b*", "aab") == 0..<0)
        #expect(try Self.first("^a", "ba") == nil)
    }

    @Test func randomPatternsMatchAsANaiveMatcherDoes() throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<3_000 {
            let pattern = NaivePattern.random(depth: 3, using: &random)
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                UInt8.random(in: 0x61...0x63, using: &random)
            }
            var matcher = PatternMatcher(try LinearPattern(pattern.source))
            text.withUnsafeBufferPointer { bytes in
                for start in 0...text.count {
                    let expected = pattern.ends(in: text, from: [start]).max()
                    #expect(matcher.longestMatch(in: bytes, from: start) == expected, "\(pattern.source) in \(text)")
                }
            }
        }
    }

    /// Steps are counted: a time would depend on the machine.
    @Test(arguments: [
        ("(a*)*b", "a"), ("(a|a)*b", "a"), ("(a|aa)+$", "a"), ("(a+)+b", "a"), ("a.*b|a", "a"), ("x{0,200}y", "x"),
        ("(x+x+)+y", "x"), ("(?:a|b)*a(?:a|b){11}c", "ab"), ("(.*)(.*)(.*)(.*)=", "a"), ("a*a*a*a*a*c", "a"),
        ("foo.*bar", "foo"), ("(?:[a-z]+\\.)+x", "ab."),
    ])
    func patternsThatRunAwayElsewhereTakeLinearTime(pattern: String, unit: String) throws {
        let short = try Self.stepsToFindAll(pattern, unit, bytes: 20_000)
        let long = try Self.stepsToFindAll(pattern, unit, bytes: 80_000)
        #expect(short <= 400 * 20_000)
        #expect(Double(long) <= 4.2 * Double(short) + 1_000, "\(short) and \(long) steps")
    }

    private static func stepsToFindAll(_ pattern: String, _ unit: String, bytes count: Int) throws -> Int {
        var random = SplitMix64(seed: 3)
        let letters = Array(unit.utf8)
        // `ab` stands for a random text of both.
        let text = (0..<count).map { unit == "ab" ? letters[Int(random.next() % 2)] : letters[$0 % letters.count] }
        var matcher = PatternMatcher(try LinearPattern(pattern))
        text.withUnsafeBufferPointer { bytes in
            var position = 0
            while let match = matcher.firstMatch(in: bytes, from: position) {
                position = max(match.upperBound, position + 1)
            }
        }
        return matcher.steps
    }

    @Test func anAutomatonThatGrowsTooLargeIsForgottenAndStillRight() throws {
        var random = SplitMix64(seed: 11)
        let text = (0..<60_000).map { _ in random.next() % 2 == 0 ? UInt8(ascii: "a") : UInt8(ascii: "b") }
        var matcher = PatternMatcher(try LinearPattern("(?:a|b)*a(?:a|b){14}"))
        text.withUnsafeBufferPointer { bytes in
            let last = text.indices.last { $0 + 15 <= text.count && text[$0] == UInt8(ascii: "a") } ?? 0
            #expect(matcher.longestMatch(in: bytes, from: 0) == last + 15)
        }
        #expect(matcher.resets > 0)
    }
}

/// Stands in until the finder of patterns is there.
struct PatternError: Error {
    var reason: String
}

struct SecretFinder: Sendable {
    let rules: [RedactionRule]

    init(rules: [RedactionRule]) throws(PatternError) {
        for rule in rules where rule.pattern.contains("(?=") { throw PatternError(reason: "look-ahead at 1") }
        self.rules = rules
    }

    func matches(in bytes: UnsafeBufferPointer<UInt8>) -> [RedactionMatch] {
        var found: [RedactionMatch] = []
        for rule in rules {
            for literal in rule.literals {
                let word = Array(literal.utf8)
                var at = 0
                while at + word.count <= bytes.count {
                    if bytes[at] == word[0], bytes[at..<at + word.count].elementsEqual(word) {
                        var end = at + word.count
                        while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
                        if end - at >= word.count + 8 {
                            found.append(RedactionMatch(range: at..<end, label: rule.label))
                            at = end
                            continue
                        }
                    }
                    at += 1
                }
            }
        }
        found.sort { $0.range.lowerBound < $1.range.lowerBound }
        return found
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}

package enum RedactionRules {
    package static let all: [RedactionRule] = [
        RedactionRule("STRIPE_KEY", .secret, "Stripe API key", literals: ["sk_live_"], pattern: "")
    ]
}

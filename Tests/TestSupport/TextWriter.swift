import Basics

/// Writes sentences that read like an assistant's, from a seed.
struct TextWriter {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        _ = random.next()
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func pick<T>(_ list: [T]) -> T { list[Int.random(in: 0..<list.count, using: &random)] }

    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    mutating func noun() -> String { pick(Self.nouns) }

    mutating func word() -> String { chance(50) ? pick(Self.nouns) : pick(Self.verbs) }

    mutating func sentence() -> String {
        let subject = pick(["The", "Our", "Your", "This", "Every", "One"]) + " " + pick(Self.adjectives) + " " + noun()
        let middle = " " + pick(Self.verbs) + " the " + (chance(50) ? pick(Self.adjectives) + " " : "") + noun()
        let tail =
            chance(70)
            ? " " + pick(["because", "while", "after", "before", "although", "so that"]) + " the " + noun() + " "
                + pick(Self.verbs) + " a " + pick(Self.adjectives) + " " + noun()
            : ""
        return subject + middle + tail + pick([".", ".", ".", "!", "?"])
    }

    mutating func sentences(_ count: Int) -> String {
        (0..<count).map { _ in sentence() + " " }.joined()
    }

    mutating func paragraphs(_ count: Int) -> String {
        (0..<count).map { _ in sentences(number(3...6)) + "\n\n" }.joined()
    }

    mutating func title() -> String { (0..<number(2...4)).map { _ in noun() }.joined(separator: " ") }

    mutating func scalars(_ alphabet: String, _ count: Int) -> String {
        let letters = Array(alphabet.unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<count { text.append(letters[number(0...letters.count - 1)]) }
        return String(text)
    }

    private static let nouns = [
        "order", "parcel", "carrier", "warehouse", "invoice", "customer", "refund", "ticket", "report", "server",
        "database", "query", "index", "window", "garden", "river", "bridge", "teacher", "student", "library", "recipe",
        "kitchen", "window", "mountain", "forest", "contract", "budget", "project", "meeting", "engineer", "sensor",
        "battery", "network", "protocol", "message", "schedule", "station", "airport", "passenger", "doctor", "patient",
        "clinic", "painting", "museum", "orchestra", "violin", "harbour", "island", "lantern", "compass", "ledger",
    ]
    private static let verbs = [
        "checks", "moves", "sends", "reads", "writes", "opens", "closes", "repairs", "paints", "describes", "counts",
        "finds", "loses", "carries", "delivers", "reviews", "approves", "rejects", "measures", "compares", "explains",
        "follows", "replaces", "protects", "visits", "remembers", "forgets", "improves", "delays", "cancels",
    ]
    private static let adjectives = [
        "old", "new", "quiet", "bright", "heavy", "light", "careful", "broken", "distant", "local", "regional", "early",
        "late", "simple", "complex", "green", "silver", "narrow", "wide", "patient", "sudden", "modern", "ancient",
        "hidden", "open", "gentle", "sharp", "steady", "curious", "formal",
    ]
}

import Basics
import TestSupport
import TraceModel

/// Attributes of any shape, from a seed.
struct RandomPayload {
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    mutating func number(_ limit: Int) -> Int {
        Int.random(in: 0..<limit, using: &generator)
    }

    mutating func text() -> String {
        let pieces = [
            "", "a", "\"", "\\", "\0", "\u{1B}[31m", "\u{202E}", "é", "e\u{301}", "订单", "كتاب", "👩‍💻", "\n", "$map",
            "$bytes",
            "word ", "'; DROP TABLE span; --", "\u{2028}", "\u{7F}", "\u{85}",
        ]
        return (0..<number(6)).map { _ in pieces[number(pieces.count)] }.joined()
    }

    mutating func attributes(depth: Int) -> [Attribute] {
        (0..<number(6)).map { _ in Attribute(text(), value(depth: depth)) }
    }

    mutating func value(depth: Int) -> AttributeValue {
        switch number(depth > 0 ? 9 : 6) {
        case 0: .empty
        case 1: .string(text())
        case 2: .bool(number(2) == 0)
        case 3: .int(Int64(truncatingIfNeeded: generator.next()))
        case 4: .double(Double(number(1 << 50)) / Double(1 + number(1000)))
        case 5: .bytes((0..<number(9)).map { _ in UInt8(number(256)) })
        case 6: .array((0..<number(4)).map { _ in value(depth: depth - 1) })
        default: .map(attributes(depth: depth - 1))
        }
    }
}

import FastJSON
import TraceModel

/// What one value is to another one of the same name.
enum ValueRelation: Equatable {
    /// Equal, whatever the order of the members of maps.
    case same
    /// The second one says all that the first one says, and more.
    case grown
    /// The first one says more.
    case shrunk
    /// Neither is a part of the other.
    case other

    /// Compares two values; a stack takes the place of recursion.
    ///
    /// Numbers grow by counting up, texts and lists by getting longer, maps by further members; JSON in a text grows as
    /// what it holds.
    init(_ first: AttributeValue, _ second: AttributeValue) {
        var walk = Walk()
        walk.pairs = [.values(first, second)]
        self = walk.run()
    }

    private enum Pair {
        case values(AttributeValue, AttributeValue)
        case json(JSONValue, JSONValue)
    }

    private struct Walk {
        var pairs: [Pair] = []
        var hasGrown = false
        var hasShrunk = false
        var isOther = false

        mutating func run() -> ValueRelation {
            while let pair = pairs.popLast() {
                switch pair {
                case .values(let first, let second): compare(first, second)
                case .json(let first, let second): compare(first, second)
                }
                if isOther || (hasGrown && hasShrunk) { return .other }
            }
            return hasGrown ? .grown : hasShrunk ? .shrunk : .same
        }

        private mutating func compare(_ first: AttributeValue, _ second: AttributeValue) {
            switch (first, second) {
            case (.empty, .empty): break
            case (.empty, _): hasGrown = true
            case (_, .empty): hasShrunk = true
            case (.bool(let a), .bool(let b)): if a != b { isOther = true }
            case (.string(let a), .string(let b)): compare(a, b)
            case (.bytes(let a), .bytes(let b)): compare(a, b)
            case (.array(let a), .array(let b)):
                compareCounts(a.count, b.count)
                for (one, other) in zip(a, b) { pairs.append(.values(one, other)) }
            case (.map(let a), .map(let b)):
                compare(a.map { ($0.key, $0.value) }, b.map { ($0.key, $0.value) }) { .values($0, $1) }
            default: compareNumbers(first.intValue, second.intValue, first.doubleValue, second.doubleValue)
            }
        }

        private mutating func compare(_ first: JSONValue, _ second: JSONValue) {
            if let a = first.members, let b = second.members {
                compare(a.map { ($0.key, $0.value) }, b.map { ($0.key, $0.value) }) { .json($0, $1) }
            } else if let a = first.elements, let b = second.elements {
                compareCounts(a.count, b.count)
                for (one, other) in zip(a, b) { pairs.append(.json(one, other)) }
            } else if let a = first.string, let b = second.string {
                compare(a, b)
            } else if first == .null || second == .null {
                if first != second { if first == .null { hasGrown = true } else { hasShrunk = true } }
            } else if let a = first.bool, let b = second.bool {
                if a != b { isOther = true }
            } else {
                compareNumbers(first.int, second.int, first.double, second.double)
            }
        }

        private mutating func compare<Value>(
            _ first: [(key: String, value: Value)], _ second: [(key: String, value: Value)],
            _ pair: (Value, Value) -> Pair
        ) {
            let members = Dictionary(second, uniquingKeysWith: { earlier, _ in earlier })
            var seen: Set<String> = []
            for (key, value) in first where seen.insert(key).inserted {
                if let other = members[key] { pairs.append(pair(value, other)) } else { hasShrunk = true }
            }
            if members.keys.contains(where: { !seen.contains($0) }) { hasGrown = true }
        }

        private mutating func compareCounts(_ first: Int, _ second: Int) {
            if first < second { hasGrown = true } else if first > second { hasShrunk = true }
        }

        private mutating func compareNumbers(_ a: Int64?, _ b: Int64?, _ c: Double?, _ d: Double?) {
            if let a, let b {
                if a < b { hasGrown = true } else if a > b { hasShrunk = true }
            } else if let c, let d {
                if c < d {
                    hasGrown = true
                } else if c > d {
                    hasShrunk = true
                } else if c != d {
                    isOther = c.isNaN != d.isNaN
                }
            } else {
                isOther = true
            }
        }

        private mutating func compare(_ first: String, _ second: String) {
            if first.utf8.elementsEqual(second.utf8) { return }
            if let a = Int64(first), let b = Int64(second) { return compareNumbers(a, b, nil, nil) }
            if let a = Self.json(first), let b = Self.json(second) {
                pairs.append(.json(a, b))
            } else {
                compare(Array(first.utf8), Array(second.utf8))
            }
        }

        /// Text grows at its end, or in one place within, as text in quotes and brackets does.
        private mutating func compare(_ first: [UInt8], _ second: [UInt8]) {
            if first.count == second.count {
                if first != second { isOther = true }
                return
            }
            let (short, long) = first.count < second.count ? (first, second) : (second, first)
            var head = 0
            while head < short.count, short[head] == long[head] { head += 1 }
            var tail = 0
            while tail < short.count - head, short[short.count - 1 - tail] == long[long.count - 1 - tail] { tail += 1 }
            if head + tail < short.count {
                isOther = true
            } else if first.count < second.count {
                hasGrown = true
            } else {
                hasShrunk = true
            }
        }

        /// The value of text that looks like a JSON object or array.
        private static func json(_ text: String) -> JSONValue? {
            guard let start = text.utf8.first, start == UInt8(ascii: "{") || start == UInt8(ascii: "[") else {
                return nil
            }
            return try? JSONValue(parsing: text)
        }
    }
}

import Basics

/// Values of filters as people write them.
package enum FilterValue {
    /// What is wrong with a value; nil for a good one.
    package static func fault(_ value: String, _ comparison: FilterTerm.Comparison, _ field: FilterField) -> String? {
        switch field.values {
        case .words(let words, _, _):
            let isKnown = words.contains { matches($0, value, comparison) }
            return isKnown ? nil : "no \(field.name) '\(value)'; known are " + list(words)
        case .duration:
            return range(value, comparison, duration) == nil
                ? "'\(value)' is no duration; write 200ms, 1.5s, 2m, 1h30m or 1s..5s" : nil
        case .count:
            return range(value, comparison, count) == nil
                ? "'\(value)' is no number; write 12, 10k, 1.5M or 1k..5k" : nil
        case .time:
            return FilterTime.isTime(value)
                ? nil : "'\(value)' is no time; write 2h, 02:14, \"Tue 02:00\", 2026-11-20 or 2026-11-20T02:00"
        case .id(let digits, _):
            return IDRange(value, length: digits) == nil
                ? "'\(value)' is no beginning of a \(field.name) id: up to \(digits) of 0-9a-f" : nil
        case .search:
            return value.isEmpty ? "a text to search for must follow" : nil
        case .attributes:
            let isOrdered = [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(comparison)
            return isOrdered && Double(value) == nil ? "'\(value)' is no number" : nil
        case .texts:
            return nil
        }
    }

    /// Whether a known word is meant by a value.
    package static func matches(_ word: String, _ value: String, _ comparison: FilterTerm.Comparison) -> Bool {
        comparison == .matches ? TextPattern(comparison, value).matches(word) : word == value.lowercased()
    }

    private static func list(_ words: [String]) -> String {
        words.dropLast().joined(separator: ", ") + (words.count > 1 ? " and " : "") + (words.last ?? "")
    }

    // MARK: Numbers

    /// The bounds that a number or a range such as `1s..5s` sets; nil where it is neither.
    ///
    /// A range is written with `:` only; one of its ends may be left out.
    package static func range(
        _ text: String, _ comparison: FilterTerm.Comparison, _ read: (String) -> Int64?
    ) -> (low: Int64?, high: Int64?)? {
        guard comparison == .matches, let dots = text.firstRange(of: "..") else {
            return read(text).map { ($0, $0) }
        }
        let (low, high) = (String(text[..<dots.lowerBound]), String(text[dots.upperBound...]))
        if low.isEmpty && high.isEmpty { return nil }
        let bounds = (low: low.isEmpty ? nil : read(low), high: high.isEmpty ? nil : read(high))
        if (bounds.low == nil) != low.isEmpty || (bounds.high == nil) != high.isEmpty { return nil }
        return bounds
    }

    /// Nanoseconds of a text such as `1.5s`, `200ms`, `1h30m`.
    package static func duration(_ text: String) -> Int64? {
        let units: [(String, Double)] = [
            ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86400e9),
        ]
        var rest = Substring(text)
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = rest.dropFirst(digits.count).prefix { $0.isLetter }
            guard let number = Double(digits), let scale = units.first(where: { $0.0 == unit.lowercased() })?.1 else {
                return nil
            }
            total += number * scale
            rest = rest.dropFirst(digits.count + unit.count)
        }
        return text.isEmpty ? nil : whole(total)
    }

    /// The number of a text such as `12`, `10k`, `1.5M`, `2G`.
    package static func count(_ text: String) -> Int64? {
        var digits = Substring(text)
        var scale = 1.0
        switch text.last {
        case "k", "K": scale = 1e3
        case "M", "m": scale = 1e6
        case "G", "g", "B", "b": scale = 1e9
        default: break
        }
        if scale == 1, let exact = Int64(digits), exact >= 0 { return exact }
        if scale != 1 { digits = digits.dropLast() }
        guard digits.first?.isNumber == true, digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let number = Double(digits)
        else { return nil }
        return whole(number * scale)
    }

    private static func whole(_ value: Double) -> Int64? {
        OutsideNumber.duration(value)
    }
}

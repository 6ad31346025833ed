import TraceModel

/// Values of filters as people write them.
public enum FilterValue {
    /// What is wrong with a value for a field; nil if nothing is.
    static func problem(with value: String, _ comparison: FilterTerm.Comparison, for field: FilterField) -> String? {
        let orders: Set<FilterTerm.Comparison> = [.less, .lessOrEqual, .greater, .greaterOrEqual]
        switch field.type {
        case .text:
            // Attributes may hold numbers, so they can be ordered.
            if orders.contains(comparison), !field.isAttribute { return "\(field.name) has no order; use : = != ~" }
            if orders.contains(comparison), Double(value) == nil { return "“\(value)” is no number" }
            return nil
        case .kind:
            guard [.matches, .equal, .notEqual].contains(comparison) else { return "kind takes : = !=" }
            if value.contains("*") || SpanKind(name: value.lowercased()) != nil { return nil }
            return "no kind is called “\(value)”: " + SpanKind.allCases.map(\.name).joined(separator: ", ")
        case .status:
            guard [.matches, .equal, .notEqual].contains(comparison) else { return "status takes : = !=" }
            return ["ok", "error", "unset"].contains(value.lowercased()) ? nil : "status is ok, error or unset"
        case .time:
            guard comparison == .matches || comparison == .equal else { return "\(field.name) takes :" }
            return FilterTime.isValid(value) ? nil : "no time: write 2h (ago), 02:14, Tue 02:00, or 2026-11-20T02:00"
        case .duration:
            return rangeProblem(value, comparison, duration, "no duration: write 2s, 200ms, 1h30m, or 1s..5s")
        case .count:
            return rangeProblem(value, comparison, count, "no count: write 500, 10k, 1.5M, or 1k..8k")
        }
    }

    private static func rangeProblem(
        _ value: String, _ comparison: FilterTerm.Comparison, _ parse: (String) -> Int64?, _ message: String
    ) -> String? {
        if comparison == .contains { return "numbers take : = != < <= > >=" }
        if let range = range(value) {
            guard comparison == .matches || comparison == .equal || comparison == .notEqual else {
                return "a range takes : or !="
            }
            if range.low == nil, range.high == nil { return message }
            let isValid = [range.low, range.high].allSatisfy { $0.map { parse($0) != nil } ?? true }
            return isValid ? nil : message
        }
        return parse(value) == nil ? message : nil
    }

    /// The ends of `a..b`, `a..` and `..b`, both included; nil where the value is no range.
    public static func range(_ text: String) -> (low: String?, high: String?)? {
        guard let dots = text.firstRange(of: "..") else { return nil }
        let low = String(text[..<dots.lowerBound])
        let high = String(text[dots.upperBound...])
        return (low.isEmpty ? nil : low, high.isEmpty ? nil : high)
    }

    /// Nanoseconds of a duration such as `2s`, `1.5s`, `200ms`, `1h30m`, or `0`; nil where it is none.
    public static func duration(_ text: String) -> Int64? {
        if text == "0" { return 0 }
        var total = 0.0
        var rest = text[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            guard let scale = units[String(unit)] else { return nil }
            rest = rest.dropFirst(unit.count)
            total += number * scale
        }
        return total < 9.2e18 ? Int64(total.rounded()) : nil
    }

    private static let units: [String: Double] = [
        "ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "min": 60e9, "h": 3_600e9,
        "d": 86_400e9, "w": 7 * 86_400e9,
    ]

    /// A count such as `500`, `10k`, `1.5M`, `2G`; nil where it is none.
    public static func count(_ text: String) -> Int64? {
        if let whole = Int64(text) { return whole >= 0 ? whole : nil }
        guard let last = text.last, let scale = ["k": 1e3, "K": 1e3, "M": 1e6, "m": 1e6, "G": 1e9][last],
            let number = Double(text.dropLast()), number >= 0, number * scale < 9.2e18
        else { return nil }
        return Int64((number * scale).rounded())
    }

    /// Whether a text matches a pattern in which `*` stands for any characters, ignoring case.
    ///
    /// Linear in the product of both lengths at worst; never exponential.
    public static func matches(_ text: String, pattern: String) -> Bool {
        let text = Array(text.lowercased())
        let pattern = Array(pattern.lowercased())
        var (i, j) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while i < text.count {
            if j < pattern.count, pattern[j] == "*" {
                star = (j, i)
                j += 1
            } else if j < pattern.count, pattern[j] == text[i] {
                i += 1
                j += 1
            } else if let back = star {
                // Let the last star take one character more.
                star = (back.pattern, back.text + 1)
                i = back.text + 1
                j = back.pattern + 1
            } else {
                return false
            }
        }
        return pattern[j...].allSatisfy { $0 == "*" }
    }
}

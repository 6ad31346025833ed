import Basics
import TestSupport

@testable import TraceQuery

/// Filters of any shape that a parser can make, from a seed.
enum RandomFilter {
    static func expression(depth: Int, using random: inout SplitMix64) -> FilterExpression {
        switch depth > 0 ? Int.random(in: 0..<6, using: &random) : 5 {
        case 0: return .not(expression(depth: depth - 1, using: &random))
        case 1, 2: return .and(parts(depth, using: &random) { if case .and = $0 { true } else { false } })
        case 3: return .or(parts(depth, using: &random) { if case .or = $0 { true } else { false } })
        default: return .term(term(using: &random))
        }
    }

    /// A list of a kind stands in no list of the same kind without parentheses, which a reader keeps.
    private static func parts(
        _ depth: Int, using random: inout SplitMix64, isSame: (FilterExpression) -> Bool
    ) -> [FilterExpression] {
        (0..<Int.random(in: 2...3, using: &random)).map { _ in
            let part = expression(depth: depth - 1, using: &random)
            return isSame(part) ? .not(part) : part
        }
    }

    private static func term(using random: inout SplitMix64) -> FilterTerm {
        let terms: [(String, FilterTerm.Comparison, [String])] = [
            ("kind", .matches, ["llm", "tool", "re*"]), ("status", .notEqual, ["ok", "error"]),
            ("duration", .greaterOrEqual, ["1s", "1h30m"]), ("tokens", .matches, ["1k..5k", "..10", "3.."]),
            ("name", .contains, ["a b", "\"", "\\", "x(y)", "plain", "-x", ""]),
            ("text", .matches, ["and", "not", "-x", "a:b", "two words", "订单", "x\"y", "(", "a\\b", "or"]),
            ("attr.http.code", .equal, ["429", "", "a=b"]), ("attr.odd key:\"x\"", .less, ["4.5"]),
            ("since", .matches, ["2h", "Tue 02:00", "2026-11-20T02:00"]), ("mark", .matches, ["*parent*"]),
            ("trace", .equal, ["4bf9", "FF"]), ("resource.host.name", .matches, ["web*"]),
        ]
        let (field, comparison, values) = terms.randomElement(using: &random) ?? terms[0]
        return FilterTerm(field: field, comparison: comparison, value: values.randomElement(using: &random) ?? "")
    }
}

import Testing
import TraceAnalysis

@Suite struct DiffValueTests {
    private func told(_ old: DiffValue, _ new: DiffValue) -> [String] {
        DiffValue.changes(from: old, to: new).map {
            "\($0.kind) \($0.path): \($0.before?.brief(width: 12) ?? "-") → \($0.after?.brief(width: 12) ?? "-")"
        }
    }

    @Test func tellsEachChangeWithItsPath() {
        let old = DiffValue.object([
            ("id", .number("7")), ("items", .array([.string("a"), .object([("n", .number("1"))])])), ("gone", .null),
        ])
        let new = DiffValue.object([
            ("items", .array([.string("a"), .object([("n", .number("2"))]), .bool(true)])), ("id", .number("7")),
            ("odd key", .array([])),
        ])
        #expect(
            told(old, new) == [
                "changed items[1].n: 1 → 2", "added items[2]: - → true", "removed gone: null → -",
                #"added ["odd key"]: - → []"#,
            ])
    }

    @Test func theOrderOfMembersDoesNotMatter() {
        #expect(
            DiffValue.object([("a", .null), ("b", .bool(true))]) == .object([("b", .bool(true)), ("a", .null)]))
        #expect(DiffValue.array([.null, .bool(true)]) != .array([.bool(true), .null]))
        #expect(DiffValue.number("1") != .string("1"))
        #expect(DiffValue.null != .object([]))
    }

    @Test func nullAndAbsentDiffer() {
        #expect(told(.object([("a", .null)]), .object([])) == ["removed a: null → -"])
    }

    @Test func stopsAtTheLimit() {
        let old = DiffValue.array((0..<50).map { .number("\($0)") })
        #expect(DiffValue.changes(from: old, to: .array([]), limit: 3).map(\.path) == ["[0]", "[1]", "[2]"])
    }

    @Test func longValuesAreCut() {
        #expect(DiffValue.string("abcdefgh").brief(width: 5) == "\"abc…")
    }
}

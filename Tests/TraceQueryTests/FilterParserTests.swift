import Basics
import TestSupport
import Testing

@testable import TraceQuery

@Suite struct FilterParserTests {
    private func term(_ field: String, _ comparison: FilterTerm.Comparison, _ value: String) -> FilterExpression {
        .term(FilterTerm(field: field, comparison: comparison, value: value))
    }

    @Test func theLineOfTheDocumentation() throws {
        let line = """
            kind:tool status:error agent:worker model:gpt-4* dur>2s tokens>10k name~"search" attr.http.status_code=429 \
            text:"refund policy" since:2h since:"Tue 02:00" until:2026-11-20 session:s-1 -service:foo \
            (kind:llm or kind:agent)
            """
        let expected: [FilterExpression] = [
            term("kind", .matches, "tool"), term("status", .matches, "error"), term("agent", .matches, "worker"),
            term("model", .matches, "gpt-4*"), term("duration", .greater, "2s"), term("tokens", .greater, "10k"),
            term("name", .contains, "search"), term("attr.http.status_code", .equal, "429"),
            term("text", .matches, "refund policy"), term("since", .matches, "2h"),
            term("since", .matches, "Tue 02:00"), term("until", .matches, "2026-11-20"),
            term("session", .matches, "s-1"), .not(term("service", .matches, "foo")),
            .or([term("kind", .matches, "llm"), term("kind", .matches, "agent")]),
        ]
        #expect(try FilterExpression.parse(line) == .and(expected))
    }

    @Test func nothingIsNoFilter() throws {
        #expect(try FilterExpression.parse("") == nil)
        #expect(try FilterExpression.parse(" \t ") == nil)
    }

    @Test func precedenceAndWords() throws {
        let a = term("text", .matches, "a")
        let b = term("text", .matches, "b")
        let c = term("text", .matches, "c")
        #expect(try FilterExpression.parse("a b or c") == .or([.and([a, b]), c]))
        #expect(try FilterExpression.parse("a and (b OR c)") == .and([a, .or([b, c])]))
        #expect(try FilterExpression.parse("not a b") == .and([.not(a), b]))
        #expect(try FilterExpression.parse("-(a b)") == .not(.and([a, b])))
        #expect(try FilterExpression.parse("NOT -a") == .not(.not(a)))
        #expect(try FilterExpression.parse("\"and\"") == term("text", .matches, "and"))
        #expect(try FilterExpression.parse("orange") == term("text", .matches, "orange"))
        #expect(try FilterExpression.parse("\"-x \\\" \\\\\"") == term("text", .matches, "-x \" \\"))
        #expect(try FilterExpression.parse("a-b") == term("text", .matches, "a-b"))
        #expect(try FilterExpression.parse("订单号") == term("text", .matches, "订单号"))
    }

    @Test func fieldsInAnyCaseAndKeysInTheirs() throws {
        #expect(try FilterExpression.parse("KIND:LLM") == term("kind", .matches, "LLM"))
        #expect(try FilterExpression.parse("attr.Http.Code>=5") == term("attr.Http.Code", .greaterOrEqual, "5"))
        #expect(try FilterExpression.parse("attr.\"a b:c\"=x") == term("attr.a b:c", .equal, "x"))
        #expect(try FilterExpression.parse("dur:1s..5s") == term("duration", .matches, "1s..5s"))
        #expect(try FilterExpression.parse("trace.dur<=1h30m") == term("trace.duration", .lessOrEqual, "1h30m"))
        #expect(try FilterExpression.parse("name:\"\"") == term("name", .matches, ""))
    }

    /// A text with the place and a piece of the complaint.
    @Test(arguments: [
        ("kin:tool", 0, "did you mean 'kind'"), ("a (b", 2, "never closed"), ("a b)", 3, "without"),
        ("a or", 4, "must follow 'or'"), ("or a", 0, "missing before 'or'"), ("not", 3, "must follow 'not'"),
        ("()", 1, "nothing stands"), ("kind:", 5, "value must follow"), ("kind:foo", 5, "no kind 'foo'"),
        ("dur>fast", 4, "no duration"), ("tokens>many", 7, "no number"), ("since:someday", 6, "no time"),
        ("name:\"x", 5, "never closed"), ("dur~2s", 3, "cannot be compared"), ("status>ok", 6, "cannot be compared"),
        ("a -", 2, "must follow '-'"), ("mark:odd", 5, "no mark"), ("trace:xyz", 6, "no beginning"),
        ("dur:..", 4, "no duration"), ("dur>1s..2s", 4, "no duration"), ("\"\"", 0, "no text"),
        ("name:a(b)", 6, "in quotes"), ("text:\"\"", 5, "must follow"), ("attr.x>big", 7, "no number"),
        ("zzzzzzzz:1", 0, "unknown field 'zzzzzzzz'"), ("span:7f3a7f3a7f3a7f3a7f", 5, "no beginning"),
    ])
    func faultsHaveAPlace(text: String, position: Int, piece: String) throws {
        let error = #expect(throws: QueryError.self) { _ = try FilterExpression.parse(text) }
        guard case .filter(let message, let original, let place) = error else {
            Issue.record("\(text): \(String(describing: error))")
            return
        }
        #expect(original == text)
        #expect(place == position, "\(text): \(message)")
        #expect(message.contains(piece), "\(text): \(message)")
    }

    @Test func nestingAndLengthHaveLimits() {
        let deep = String(repeating: "(", count: 10_000) + "a" + String(repeating: ")", count: 10_000)
        #expect(throws: QueryError.self) { try FilterExpression.parse(deep) }
        #expect(throws: QueryError.self) { try FilterExpression.parse(String(repeating: "not ", count: 9_999) + "a") }
        #expect(throws: QueryError.self) { try FilterExpression.parse(String(repeating: "a ", count: 9_999)) }
        let fair = String(repeating: "(", count: 60) + "a" + String(repeating: ")", count: 60)
        #expect(throws: Never.self) { try FilterExpression.parse(fair) }
    }

    @Test(arguments: 0..<300) func printingAndReadingAreInverse(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let expression = RandomFilter.expression(depth: 4, using: &random)
        let text = expression.description
        #expect(try FilterExpression.parse(text) == expression, "\(text)")
    }

    @Test(arguments: 0..<300) func noTextTraps(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "kind:", "tool", "(", ")", "\"", "\\", "-", " ", "or ", "and ", "not ", "dur>", "1..2", "*", "attr.", "=",
            "!", "~",
            "<", "\0", "é", "👩‍💻", "since:", "Tue 02:00", "9999999999999999999999", "1e999", ".", "..",
        ]
        let text = (0..<Int.random(in: 0..<12, using: &random)).map { _ in
            pieces.randomElement(using: &random) ?? ""
        }.joined()
        if let parsed = try? FilterExpression.parse(text) { #expect(!parsed.description.isEmpty) }
        let completion = FilterCompletion(text: text, position: Int.random(in: 0..<20, using: &random))
        #expect(completion.range.upperBound <= text.count)
    }

    @Test func everyExampleParses() throws {
        for field in FilterField.all {
            #expect(try FilterExpression.parse(field.example) != nil, "\(field.example)")
            #expect(field.help.count < 60 && !field.help.hasSuffix("."))
        }
        let names = FilterField.all.flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
    }
}

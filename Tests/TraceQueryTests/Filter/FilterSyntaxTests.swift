import Foundation
import Testing
import TraceQuery

@Suite struct FilterSyntaxTests {
    private func term(_ field: String, _ comparison: FilterTerm.Comparison, _ value: String) -> FilterExpression {
        .term(FilterTerm(field: field, comparison: comparison, value: value))
    }

    @Test func readsTermsAndWords() throws {
        #expect(try FilterExpression.parse("  ") == nil)
        #expect(try FilterExpression.parse("kind:tool") == term("kind", .matches, "tool"))
        #expect(try FilterExpression.parse("dur>=1.5s") == term("duration", .greaterOrEqual, "1.5s"))
        #expect(try FilterExpression.parse("refund") == term("text", .matches, "refund"))
        #expect(try FilterExpression.parse("\"refund policy\"") == term("text", .matches, "refund policy"))
        #expect(try FilterExpression.parse("name~\"a \\\"b\\\" c\"") == term("name", .contains, "a \"b\" c"))
        #expect(try FilterExpression.parse("attr.http.Status_code=429") == term("attr.http.Status_code", .equal, "429"))
        #expect(try FilterExpression.parse("attr.\"my key\"!=x") == term("attr.my key", .notEqual, "x"))
        #expect(try FilterExpression.parse("model:gpt-4*") == term("model", .matches, "gpt-4*"))
    }

    @Test func andBindsTighterThanOr() throws {
        let a = term("kind", .matches, "tool")
        let b = term("status", .matches, "error")
        let c = term("agent", .matches, "worker")
        #expect(try FilterExpression.parse("kind:tool status:error or agent:worker") == .or([.and([a, b]), c]))
        #expect(try FilterExpression.parse("kind:tool (status:error or agent:worker)") == .and([a, .or([b, c])]))
        #expect(try FilterExpression.parse("kind:tool AND not status:error") == .and([a, .not(b)]))
        #expect(
            try FilterExpression.parse("-kind:tool -(status:error or agent:worker)")
                == .and([.not(a), .not(.or([b, c]))]))
    }

    @Test(arguments: [
        ("kind:", 5, "a value must stand after"), ("kind:nonsense", 5, "no kind is called"),
        (":x", 0, "a field must stand"),
        ("kidn:tool", 0, "did you mean kind?"), ("dur>2", 4, "no duration"), ("tokens:lots", 7, "no count"),
        ("(kind:tool", 0, "not closed"), ("kind:tool)", 9, "was not opened"), ("kind:tool or", 12, "missing here"),
        ("name:\"abc", 5, "not closed"), ("since:whenever", 6, "no time"), ("status:bad", 7, "status is"),
        ("http.method:GET", 0, "attr.http.method"), ("name>x", 5, "no order"), ("dur~2s", 4, "numbers take"),
    ])
    func namesTheFaultAndItsPlace(text: String, position: Int, message: String) {
        #expect {
            try FilterExpression.parse(text)
        } throws: { error in
            guard case .filter(let said, let whole, let place)? = error as? QueryError else { return false }
            return said.contains(message) && whole == text && place == position
        }
    }

    @Test func refusesDeepNesting() {
        let deep = String(repeating: "(", count: 10_000) + "kind:tool"
        #expect(throws: QueryError.self) { try FilterExpression.parse(deep) }
        #expect(throws: QueryError.self) { try FilterExpression.parse(String(repeating: "not ", count: 10_000) + "a") }
    }

    @Test func whatIsPrintedParsesToTheSame() throws {
        var seed: UInt64 = 11
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let texts = ["worker", "a b", "\"", "\\", "(x)", "or", "-x", "情报", "a:b", "x=y", "*", "", "not", "12"]
        func random(_ depth: Int) -> FilterExpression {
            switch depth > 3 ? 0 : next(5) {
            case 0, 1:
                let field = ["name", "agent", "text", "attr.k", "attr.a b", "resource.x:y"][next(6)]
                let value = texts[next(texts.count)]
                let comparison: FilterTerm.Comparison = [.matches, .equal, .notEqual, .contains][next(4)]
                return .term(FilterTerm(field: field, comparison: comparison, value: value))
            case 2: return .not(random(depth + 1))
            case 3: return .and((0...next(2) + 1).map { _ in random(depth + 1) })
            default: return .or((0...next(2) + 1).map { _ in random(depth + 1) })
            }
        }
        for _ in 0..<500 {
            let expression = random(0)
            #expect(try FilterExpression.parse(expression.description) == expression, "\(expression)")
        }
    }

    @Test func readsDurationsCountsAndRanges() {
        #expect(FilterValue.duration("1h30m") == 5_400_000_000_000)
        #expect(FilterValue.duration("1.5s") == 1_500_000_000)
        #expect(FilterValue.duration("200ms") == 200_000_000)
        #expect(FilterValue.duration("12") == nil)
        #expect(FilterValue.duration("s") == nil)
        #expect(FilterValue.count("1.5M") == 1_500_000)
        #expect(FilterValue.count("-1") == nil)
        #expect(FilterValue.range("1s..5s")?.low == "1s")
        #expect(FilterValue.range("..5s")?.low == nil)
        #expect(FilterValue.range("5s") == nil)
    }

    @Test func readsTimesInATimeZone() throws {
        let zone = try #require(TimeZone(secondsFromGMT: 2 * 3_600))
        // Monday 2026-11-23 02:11:40 UTC is 04:11:40 there.
        let now: Int64 = 1_795_399_900_000_000_000
        func seconds(_ text: String) -> Int64? {
            FilterTime.parse(text, nowUnixNano: now, timeZone: zone).map { ($0 - now) / 1_000_000_000 }
        }
        #expect(seconds("2h") == -7_200)
        #expect(seconds("now") == 0)
        #expect(seconds("04:11") == -40)
        #expect(seconds("04:12") == 20 - 86_400)
        #expect(seconds("Mon 04:00") == -700)
        #expect(seconds("Tue 02:00") == -6 * 86_400 - 2 * 3_600 - 700)
        #expect(seconds("2026-11-23") == -4 * 3_600 - 700)
        #expect(seconds("2026-11-23T02:11Z") == -40)
        #expect(seconds("1795399800") == -100)
        #expect(seconds("25:00") == nil)
        #expect(seconds("2026-13-01") == nil)
    }

    @Test func globsMatchWithoutRegardToCase() {
        #expect(FilterValue.matches("gpt-4o-mini", pattern: "GPT-4*"))
        #expect(FilterValue.matches("abcabd", pattern: "*abd"))
        #expect(!FilterValue.matches("gpt-3", pattern: "gpt-4*"))
        #expect(FilterValue.matches(String(repeating: "a", count: 3_000), pattern: String(repeating: "*a", count: 30)))
    }

    @Test func completesFieldsAndValues() {
        let fields = FilterCompletion(text: "kind:tool mo", position: 12)
        #expect(fields.candidates == ["model:"])
        #expect(fields.range == 10..<12)
        let kinds = FilterCompletion(text: "kind:re", position: 7)
        #expect(kinds.candidates == ["retrieval", "reranker"])
        #expect(kinds.range == 5..<7)
        let values = FilterCompletion(text: "-agent:pl", position: 9)
        #expect(values.valueField == "agent")
        #expect(values.prefix == "pl")
        #expect(FilterCompletion.quoted("a b") == "\"a b\"")
    }
}

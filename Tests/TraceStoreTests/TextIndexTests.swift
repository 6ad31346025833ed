import Testing
import TraceModel

@testable import TraceStore

@Suite struct TextIndexTests {
    /// The texts, by number, that hold what is searched for.
    private func found(_ query: String, in texts: [String]) throws -> [Int] {
        let store = try TemporaryStore()
        let spans = texts.enumerated().map { index, text in
            PreparedSpan(span: Fixture.span(UInt64(index + 1)), facts: SpanFacts(), searchText: text)
        }
        _ = try store.writer.write(spans: spans)
        guard let query = TextQuery(query) else { return [] }
        let database = try SQLiteConnection(store.path, .readOnly)
        let next = try PreparedStatement(TextVocabulary.selectNext, on: database.handle)
        let match = try query.match { try TextVocabulary.words($0, atMost: $1, next) }
        let select = try PreparedStatement(
            "SELECT rowid FROM span_text WHERE span_text MATCH ?1 ORDER BY rowid", on: database.handle)
        select.bind(1, match)
        var numbers: [Int] = []
        while try select.step() { numbers.append(Int(select.int(0) - StoreKey.span(trace: 1, number: 0))) }
        // Without the index the same is found.
        #expect(texts.indices.filter { query.matches(IndexedText(texts[$0])) } == numbers)
        return numbers
    }

    @Test func wordsAndPhrases() throws {
        let texts = ["The refund policy is strict", "policy of refund", "refunds", "Policy: refund-policy!"]
        #expect(try found("refund", in: texts) == [0, 1, 2, 3])
        #expect(try found("refund ", in: texts) == [0, 1, 3])
        #expect(try found("refund policy", in: texts) == [0, 3])
        #expect(try found("refund pol", in: texts) == [0, 3])
        #expect(try found("REFUND POLICY", in: texts) == [0, 3])
        #expect(try found("und", in: texts) == [])
    }

    @Test func diacriticsDoNotMatter() throws {
        let texts = ["Café crème", "cafe creme", "Cafe\u{301} creme", "straße", "Чай ёлка"]
        #expect(try found("cafe creme", in: texts) == [0, 1, 2])
        #expect(try found("CAFÉ", in: texts) == [0, 1, 2])
        #expect(try found("straße", in: texts) == [3])
        #expect(try found("чай", in: texts) == [4])
        #expect(try found("ёл", in: texts) == [4])
    }

    @Test func substringsOfScriptsWithoutSpaces() throws {
        let texts = ["我们查询订单号 7731 的状态", "订货单", "ご注文の確認", "การคืนเงิน", "주문을 확인했습니다", "订", "x订单"]
        #expect(try found("订单", in: texts) == [0, 6])
        #expect(try found("查询订单号", in: texts) == [0])
        #expect(try found("订单号 773", in: texts) == [0])
        #expect(try found("订", in: texts) == [0, 1, 5, 6])
        #expect(try found("单", in: texts) == [0, 1, 6])
        #expect(try found("注文", in: texts) == [2])
        #expect(try found("คืนเงิน", in: texts) == [3])
        #expect(try found("확인", in: texts) == [4])
        #expect(try found("单订", in: texts) == [])
    }

    @Test func substringsOfArabicAndHebrew() throws {
        let texts = ["تقرير المبيعات الشهري", "والتقرير", "كِتَابٌ جديد", "דוח המכירות", "كتـــاب"]
        #expect(try found("تقرير", in: texts) == [0, 1])
        #expect(try found("مبيعات", in: texts) == [0])
        #expect(try found("رير المب", in: texts) == [0])
        // Vowel signs and lengthening are set or left at will.
        #expect(try found("كتاب", in: texts) == [2, 4])
        #expect(try found("كِتَاب", in: texts) == [2, 4])
        #expect(try found("מכירות", in: texts) == [3])
    }

    @Test(arguments: [
        "\"", "\"refund", "refund\" OR \"x", "NEAR(a b)", "a AND b", "refund*", "^refund", "col:refund", "(", ")", "-x",
        "refund\0policy", "{a}", "a + b", "\u{202E}abc", "'; DROP TABLE span_text; --", "*", "AND", "\u{FFFD}", "a:b:c",
        "😀", "\u{300}", "refund OR policy",
    ]) func queryTextIsData(_ query: String) throws {
        // Nothing fails, and operators are words.
        let texts = ["refund policy", "refund or policy", "unrelated"]
        let numbers = try found(query, in: texts)
        if query == "refund OR policy" { #expect(numbers == [1]) }
        if query == "refund\0policy" { #expect(numbers == [0]) }
        if query == "*" || query == "(" { #expect(numbers.isEmpty) }
    }

    @Test func manyWordsWithOneBeginning() throws {
        let texts = (0..<80).map { "pre\($0) tail" } + ["prelude", "other"]
        #expect(try found("pre", in: texts).count == 81)
        #expect(try found("pre7", in: texts).count == 11)
        #expect(try found("x pre", in: texts).isEmpty)
    }

    @Test func locatorFindsWhatTheIndexFinds() throws {
        func place(_ query: String, _ text: String) -> String? {
            TextLocator(query)?.firstRange(in: text).map { String(text[$0]) }
        }
        #expect(place("refund pol", "The Refund: Policy.") == "Refund: Policy")
        #expect(place("订单", "我们查询订单号") == "订单")
        #expect(place("كتاب", "كِتَابٌ جديد") == "كِتَاب")
        #expect(place("cafe", "un café noir") == "café")
        #expect(place("policy refund", "refund policy") == nil)
        #expect(place("  ", "x") == nil)
    }
}

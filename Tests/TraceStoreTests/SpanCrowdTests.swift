import Testing
import TraceModel

@testable import TraceStore

/// Very many records of one span id.
@Suite struct SpanCrowdTests {
    private static let count = 200

    /// Records whose names, starts or ends with texts contradict each other.
    private func contradicting(_ what: String) -> [Span] {
        (0..<Self.count).map { number in
            var span = Fixture.span(1, parent: 9, name: what == "names" ? "step \(number)" : "step", start: 10)
            if what == "starts" { span.startUnixNano = 10 + Int64(number) }
            if what == "ends" {
                span.endUnixNano = 5_000 + Int64(number)
                span.attributes = [Attribute("said", .string("\(number * 7919 % 997) words"))]
            }
            return span
        }
    }

    @Test(arguments: ["names", "starts"]) func contradictionsStayApart(what: String) throws {
        let store = try TemporaryStore()
        let spans = contradicting(what)
        #expect(try store.write(spans).spansNew == Self.count)
        // One by one against what is stored, nothing is new.
        let again = try store.write(spans)
        #expect(again.spansNew == 0 && again.spansKnown == Self.count)
        #expect(try store.integer("SELECT count(DISTINCT ordinal) FROM span") == Int64(Self.count))
        #expect(try store.integer("SELECT max(ordinal) FROM span") == Int64(Self.count - 1))
    }

    @Test func aCrowdThatArrivesOneByOneIsTheSame() throws {
        let store = try TemporaryStore()
        let spans = contradicting("names")
        for span in spans { #expect(try store.write([span]).spansNew == 1) }
        try store.reopen()
        #expect(try store.write(spans).spansKnown == Self.count)
        #expect(try store.write([Fixture.span(1, parent: 9, name: "another", start: 10)]).spansNew == 1)
        #expect(try store.integer("SELECT max(ordinal) FROM span") == Int64(Self.count))
    }

    @Test func equalRecordsAreOneSpan() throws {
        let store = try TemporaryStore()
        let counts = try store.write(Array(repeating: Fixture.span(1), count: Self.count))
        #expect(counts.spansNew == 1 && counts.spansKnown == Self.count - 1)
    }

    @Test func aSpanThatGrowsIsOne() throws {
        let store = try TemporaryStore()
        let spans = (0..<Self.count).map { number in
            var span = Fixture.span(1, attributes: [Attribute("key \(number)", .int(Int64(number)))])
            span.endUnixNano = 5_000 + Int64(number)
            return span
        }
        let counts = try store.write(spans)
        #expect(counts.spansNew == 1 && counts.spansRevised == Self.count - 1)
        let key = try #require(try store.integer("SELECT key FROM span"))
        let whole = try store.writer.reader.span(key)
        #expect(whole?.attributes.count == Self.count && whole?.endUnixNano == 5_000 + Int64(Self.count - 1))
    }
}

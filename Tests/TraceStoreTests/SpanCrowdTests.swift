import Basics
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

    /// What is stored of a span that comes in very many records is read and written once a transaction.
    @Test func aSpanInManyBatchesIsRewrittenOnce() throws {
        let store = try TemporaryStore()
        func batches(_ numbers: Range<Int>) -> [PreparedBatch] {
            numbers.map { number in
                var batch = PreparedBatch(bytes: 0)
                batch.spans = (0..<10).map { part in
                    let key = number * 10 + part
                    var span = Fixture.span(1, attributes: [Attribute("key \(key)", .int(Int64(key)))])
                    span.events = [SpanEvent(timeUnixNano: Int64(key), name: "event")]
                    return Fixture.prepare(span)
                }
                batch.logs = (0..<10).map { part in
                    let event = SpanEvent(timeUnixNano: Int64(number * 10 + part), name: "log", origin: .log)
                    return PreparedLog(
                        record: SpanLogRecord(
                            traceID: TraceID(high: 0xABCD, low: 7), spanID: SpanID(1), event: event,
                            resource: Resource(), scope: InstrumentationScope()))
                }
                return batch
            }
        }
        let first = try store.writer.write(batches(0..<20))
        #expect(first.map(\.spansNew).reduce(0, +) == 1 && first.map(\.spansRevised).reduce(0, +) == 199)
        #expect(first.map(\.logsNew).reduce(0, +) == 200)
        #expect(store.writer.rewrittenSpanCount == 0)
        let second = try store.writer.write(batches(20..<40))
        #expect(second.map(\.spansRevised).reduce(0, +) == 200)
        #expect(store.writer.rewrittenSpanCount == 1)
        let key = try #require(try store.integer("SELECT key FROM span"))
        let whole = try #require(try store.writer.reader.span(key))
        #expect(whole.attributes.count == 400 && whole.events.map(\.timeUnixNano) == (0..<400).map { Int64($0) })
    }

    /// Random records of a few ids, of which some grow, some repeat and some contradict: whether they come at once, one by
    /// one or in groups, the same spans are stored with the same marks.
    @Test(arguments: 0..<24) func noGroupingMatters(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let kinds = seed % 4
        let records = (0..<120).map { number -> PreparedSpan in
            let id = UInt64(Int.random(in: 1...2, using: &random))
            // Two spans of one id that contradict each other, with some seeds very many. Their starts say in which order
            // they stand, for they arrive in any.
            let other = kinds == 3 ? Int.random(in: 0..<60, using: &random) : Int.random(in: 0..<2, using: &random)
            let grown = Int64(Int.random(in: 0...number, using: &random))
            var span = Fixture.span(
                id, parent: 9, name: kinds == 2 ? "step" : "step \(other)", start: Int64(id) * 100 + Int64(other),
                attributes: [Attribute("gen_ai.usage.output_tokens", .int(grown))])
            span.endUnixNano = kinds == 1 ? 5_000 + grown : 5_000
            if kinds == 0 { span.attributes.append(Attribute("key \(grown)", .string("value"))) }
            if kinds == 1 { span.events = (0...grown).map { SpanEvent(timeUnixNano: $0, name: "chunk") } }
            if Bool.random(using: &random) {
                span.endUnixNano = nil
                span.marks.insert(.unfinished)
                span.attributes = []
                span.events = []
            }
            return PreparedSpan(span)
        }
        var groups: [[PreparedSpan]] = []
        for record in records {
            if groups.isEmpty || Int.random(in: 0..<12, using: &random) == 0 { groups.append([]) }
            groups[groups.count - 1].append(record)
        }
        func batch(_ spans: [PreparedSpan]) -> PreparedBatch {
            var batch = PreparedBatch(bytes: 0)
            batch.spans = spans
            return batch
        }
        let ways: [[[PreparedBatch]]] = [
            [[batch(records)]], records.map { [batch([$0])] }, groups.map { [batch($0)] },
            [records.map { batch([$0]) }],
        ]
        var known: [[String?]]?
        for way in ways {
            let store = try TemporaryStore()
            let counts = try way.flatMap { try store.writer.write($0) }
            try store.writer.finish()
            #expect(counts.map { $0.spansNew + $0.spansKnown + $0.spansRevised }.reduce(0, +) == records.count)
            var marks: [Int: Int] = [:]
            for record in records { marks[record.span.marks.rawValue, default: 0] += 1 }
            for count in counts { marks.merge(count.marksChanged, uniquingKeysWith: +) }
            #expect(marks.values.reduce(0, +) == counts.map(\.spansNew).reduce(0, +))
            let said = try RevisionTests.comparable.map { try store.texts($0) }
            if known == nil { known = said }
            #expect(said == known)
        }
    }
}

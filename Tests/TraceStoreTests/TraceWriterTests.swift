import Basics
import Foundation
import TestSupport
import Testing
import TraceModel

@testable import TraceStore

@Suite struct TraceWriterTests {
    @Test func storesAndRecognisesSpans() throws {
        let store = try TemporaryStore()
        let spans = [Fixture.span(1), Fixture.span(2, parent: 1)]
        let first = try store.write(spans)
        #expect(first.spansNew == 2 && first.tracesNew == 1)
        let again = try store.write(spans)
        #expect(again.spansNew == 0 && again.spansKnown == 2 && again.tracesNew == 0)
        try store.reopen()
        let reopened = try store.write(spans + spans)
        #expect(reopened.spansNew == 0 && reopened.spansKnown == 4)
        #expect(try store.integer("SELECT count(*) FROM span") == 2)
        #expect(try store.integer("SELECT count(*) FROM span_payload") == 2)
        #expect(try store.integer("SELECT value FROM counter WHERE name = 'spans'") == 2)
        #expect(try store.integer("SELECT value FROM counter WHERE name = 'traces'") == 1)
    }

    @Test func absentFlagsAreTheZeroOfOtherEncodings() throws {
        let store = try TemporaryStore()
        var span = Fixture.span(1)
        try store.write([span])
        span.flags = 0
        // What was noticed on the way in is no content.
        span.marks = [.oversized]
        #expect(try store.write([span]).spansKnown == 1)
        span.flags = 1
        #expect(try store.write([span]).spansRevised == 1)
    }

    @Test(arguments: [true, false]) func oneIDWithDifferentContentIsKept(inOneBatch: Bool) throws {
        let store = try TemporaryStore()
        let variants = [Fixture.span(1), Fixture.span(1, name: "other"), Fixture.span(1, name: "third")]
        var counts = WriteCounts()
        for batch in inOneBatch ? [variants + variants] : variants.map({ [$0] }) + [variants] {
            let written = try store.write(batch)
            counts.spansNew += written.spansNew
            counts.spansKnown += written.spansKnown
            counts.spansDuplicated += written.spansDuplicated
        }
        try store.writer.finish()
        #expect(counts.spansNew == 3 && counts.spansKnown == 3 && counts.spansDuplicated == 2)
        #expect(try store.texts("SELECT ordinal FROM span ORDER BY key") == ["0", "1", "2"])
        #expect(try store.integer("SELECT count(*) FROM span WHERE marks & 2") == 3)
        #expect(try store.texts("SELECT findings FROM trace") == ["[\"structure.duplicate_span_id\"]"])
    }

    @Test(arguments: 0..<12) func documentsComeInAnyOrder(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let spans = Forest.spans(traces: 3, spans: 40, using: &random)
        let whole = try TemporaryStore()
        try whole.write(spans)
        try whole.writer.finish()
        let pieces = try TemporaryStore()
        var rest = spans.shuffled(using: &random)
        while !rest.isEmpty {
            let size = Int.random(in: 1...30, using: &random)
            try pieces.write(Array(rest.prefix(size)))
            rest.removeFirst(min(size, rest.count))
            // A killed import is gone on with by another one.
            if Int.random(in: 0..<3, using: &random) == 0 { try pieces.reopen() }
        }
        try pieces.writer.finish()
        for query in Forest.comparable { #expect(try whole.texts(query) == pieces.texts(query), "\(query)") }
    }

    @Test func aKilledWriterLeavesNothingHalf() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(2, parent: 1)])
        try store.write([Fixture.span(3, parent: 1), Fixture.span(4, parent: 3)])
        try store.write([Fixture.span(1, name: "root")])
        // No `finish`: the summary may lag behind, and says so.
        try store.reopen()
        #expect(try store.integer("SELECT span_count FROM trace") == 4)
        try store.writer.finish()
        #expect(try store.texts("SELECT name FROM trace") == ["root"])
        #expect(try store.integer("SELECT count(*) FROM trace WHERE dirty") == 0)
        #expect(try store.integer("SELECT count(*) FROM span WHERE marks") == 0)
        #expect(try store.texts("PRAGMA integrity_check") == ["ok"])
    }

    @Test func rejectsAreListedOnce() throws {
        let store = try TemporaryStore()
        let reject = StoredRejection(file: "a.json", byteOffset: nil, line: 3, reason: "cut")
        let other = StoredRejection(file: "a.json", byteOffset: 7, line: nil, reason: "cut")
        #expect(try store.writer.write(spans: [], rejects: [reject, other]).rejected == 2)
        #expect(try store.writer.write(spans: [], rejects: [reject]).rejected == 1)
        #expect(try store.integer("SELECT count(*) FROM reject") == 2)
    }

    @Test func namesDifferByTheirBytes() throws {
        let store = try TemporaryStore()
        let names = ["caf\u{E9}", "cafe\u{301}", "CAFÉ", "a\0b", "a", ""]
        try store.write(names.enumerated().map { Fixture.span(UInt64($0.offset + 1), name: $0.element) })
        try store.reopen()
        try store.write(names.enumerated().map { Fixture.span(UInt64($0.offset + 1), name: $0.element) })
        #expect(try store.integer("SELECT count(DISTINCT name) FROM span") == 6)
        #expect(try store.integer("SELECT count(*) FROM span") == 6)
        for (index, name) in names.enumerated() {
            let key = StoreKey.span(trace: 1, number: Int64(index))
            #expect(try store.writer.reader.span(key)?.name.utf8.elementsEqual(name.utf8) == true)
        }
    }

    @Test func anotherWriterIsNoticed() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(1)])
        let other = try TraceWriter(path: store.path, clock: { 0 })
        _ = try other.write(spans: [Fixture.prepare(Fixture.span(2, trace: 8, name: "new name"))])
        // The first writer's idea of the next key and of names is old now.
        try store.write([Fixture.span(3, trace: 9, name: "newer name"), Fixture.span(4, trace: 8, name: "new name")])
        try store.writer.finish()
        #expect(try store.integer("SELECT count(*) FROM trace") == 3)
        #expect(try store.integer("SELECT count(*) FROM name WHERE text = 'new name'") == 1)
        #expect(try store.texts("SELECT span_count FROM trace ORDER BY key") == ["1", "2", "1"])
    }

    @Test func hugeValuesAreStoredWhole() throws {
        let store = try TemporaryStore()
        let text = String(repeating: "x", count: 20 << 20)
        let span = Fixture.span(1, attributes: [Attribute("blob", .string(text))])
        _ = try store.writer.write(spans: [PreparedSpan(span: span, facts: SpanFacts(), searchText: "")])
        let key = try #require(try store.integer("SELECT key FROM span"))
        #expect(try store.writer.reader.span(key)?.attributes == span.attributes)
    }
}

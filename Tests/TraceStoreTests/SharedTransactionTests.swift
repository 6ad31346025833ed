import Testing
import TraceModel

@testable import TraceStore

/// Several batches that are stored in one transaction.
@Suite struct SharedTransactionTests {
    private func batch(
        _ spans: [PreparedSpan] = [], logs: [SpanLogRecord] = [], streams: [PreparedStream] = []
    ) -> PreparedBatch {
        var batch = PreparedBatch(bytes: 0)
        batch.spans = spans
        batch.logs = logs.map { PreparedLog(record: $0) }
        batch.streams = streams
        return batch
    }

    private func span(_ id: UInt64, parent: UInt64? = nil, name: String = "step") -> PreparedSpan {
        Fixture.prepare(Fixture.span(id, parent: parent, name: name))
    }

    private func totals(_ store: TemporaryStore) throws -> [String?] {
        try store.texts("SELECT name || ' ' || value FROM counter ORDER BY name")
    }

    @Test func eachHasCountsOfItsOwn() throws {
        let store = try TemporaryStore()
        let counts = try store.writer.write([
            batch([span(2, parent: 1, name: "quokka"), span(3, parent: 1)]), batch(),
            batch([span(1), span(3, parent: 1), span(4, parent: 3, name: "numbat")]),
        ])
        #expect(counts.map(\.spansNew) == [2, 0, 2])
        #expect(counts.map(\.spansKnown) == [0, 0, 1])
        #expect(counts.map(\.tracesNew) == [1, 0, 0])
        #expect(try totals(store) == ["spans 4", "traces 1"])
        #expect(try store.texts("SELECT count(*) FROM span_text WHERE span_text MATCH 'quokka OR numbat'") == ["2"])
        try store.writer.finish()
        #expect(try store.texts("SELECT span_count || ' ' || name FROM trace") == ["4 step"])
        #expect(try store.integer("SELECT count(*) FROM span WHERE marks") == 0)
    }

    @Test func aTraceInManyBatchesIsAssembledOnceMore() throws {
        let store = try TemporaryStore()
        _ = try store.writer.write(
            (0..<50).map { part in batch((1...20).map { span(UInt64(part * 20 + $0), parent: part == 0 ? nil : 1) }) })
        #expect(store.writer.summarizedSpanCount == 1_000)
        #expect(try store.integer("SELECT span_count FROM trace WHERE NOT dirty") == 1_000)
    }

    @Test func logRecordsMeetSpansOfOtherBatches() throws {
        let store = try TemporaryStore()
        func log(_ span: UInt64, _ said: String) -> SpanLogRecord {
            var event = SpanEvent(timeUnixNano: 5, name: "gen_ai.user.message", origin: .log)
            event.body = .map([Attribute("content", .string(said))])
            return SpanLogRecord(
                traceID: TraceID(high: 0xABCD, low: 7), spanID: SpanID(span), event: event, resource: Resource(),
                scope: InstrumentationScope())
        }
        let counts = try store.writer.write([
            batch(logs: [log(1, "bilby")]), batch([span(1), span(2, parent: 1)]), batch(logs: [log(2, "bettong")]),
            batch([span(3, parent: 1)]),
        ])
        #expect(counts.map(\.logsNew) == [1, 0, 1, 0])
        #expect(try store.integer("SELECT count(*) FROM log_record WHERE text_key NOTNULL") == 2)
        #expect(try store.texts("SELECT count(*) FROM span_text WHERE span_text MATCH 'bilby OR bettong'") == ["2"])
    }

    @Test func aSpanMayArriveAfterWhatStoodInForIt() throws {
        let store = try TemporaryStore()
        let counts = try store.writer.write([
            batch(streams: [StreamFixture.recording()]), batch([StreamFixture.call(1)]), batch([StreamFixture.call(2)]),
        ])
        #expect(counts.map(\.spansNew) == [1, 1, 1])
        #expect(counts.map(\.streamsJoined) == [0, 1, 0])
        #expect(try totals(store) == ["spans 2", "traces 1"])
        #expect(try store.integer("SELECT count(*) FROM span_text WHERE span_text MATCH 'quaggaword'") == 0)
        #expect(try store.texts("SELECT id FROM span JOIN stream ON stream.span = span.key") == ["1"])
    }

    @Test func aSpanThatGrowsAcrossBatchesIsFoundByItsLastText() throws {
        let store = try TemporaryStore()
        func grown(_ text: String) -> PreparedSpan {
            PreparedSpan(Fixture.span(1, attributes: [Attribute("gen_ai.prompt", .string(text))]))
        }
        let counts = try store.writer.write([
            batch([grown("one")]), batch([grown("one two")]), batch([grown("one two three")]),
        ])
        #expect(counts.map(\.spansRevised) == [0, 1, 1])
        #expect(try store.texts("SELECT rowid - 1 FROM span_text WHERE span_text MATCH 'three'").count == 1)
        try store.execute("INSERT INTO span_text (span_text) VALUES ('integrity-check')")
    }
}

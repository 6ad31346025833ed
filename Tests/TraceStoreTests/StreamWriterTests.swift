import Testing
import TraceModel

@testable import TraceStore

@Suite struct StreamWriterTests {
    private func streams(_ store: TemporaryStore) throws -> [String?] {
        try store.texts(
            """
            SELECT printf('%x/%x %s %s', trace.key, span.id, ifnull(waits_for, '-'), source) FROM stream
            JOIN span ON span.key = stream.span JOIN trace ON trace.key = span.trace ORDER BY stream.key
            """)
    }

    @Test func aRecordingJoinsTheSpanOfItsResponse() throws {
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: [StreamFixture.call(1)])
        let counts = try store.writer.write(spans: [], streams: [StreamFixture.recording()])
        #expect(counts.streamsNew == 1 && counts.streamsJoined == 1 && counts.spansNew == 0)
        #expect(try streams(store) == ["1/1 - sse"])
        #expect(try store.integer("SELECT count(*) FROM span") == 1)
    }

    @Test func aRecordingWithoutASpanIsItsOwnUntilTheSpanArrives() throws {
        let store = try TemporaryStore()
        let first = try store.writer.write(spans: [], streams: [StreamFixture.recording()])
        #expect(first.streamsNew == 1 && first.streamsJoined == 0 && first.spansNew == 1 && first.tracesNew == 1)
        #expect(try streams(store) == ["1/a001 response:resp-1 sse"])
        #expect(try store.integer("SELECT count(*) FROM span_text WHERE span_text MATCH 'quaggaword'") == 1)
        try store.writer.finish()
        try store.reopen()

        let second = try store.writer.write(spans: [StreamFixture.call(1), StreamFixture.call(2, response: "other")])
        try store.writer.finish()
        #expect(second.streamsJoined == 1)
        #expect(try streams(store) == ["2/1 - sse"])
        #expect(try store.integer("SELECT count(*) FROM trace") == 1)
        #expect(try store.integer("SELECT count(*) FROM span") == 2)
        #expect(try store.integer("SELECT count(*) FROM span_payload") == 2)
        #expect(try store.integer("SELECT count(*) FROM response") == 2)
        #expect(try store.integer("SELECT count(*) FROM span_text WHERE span_text MATCH 'quaggaword'") == 0)
        #expect(try store.integer("SELECT value FROM counter WHERE name = 'traces'") == 1)
        #expect(try store.integer("SELECT value FROM counter WHERE name = 'spans'") == 2)
        #expect(try store.integer("SELECT count(*) FROM facet WHERE trace NOT IN (SELECT key FROM trace)") == 0)
        #expect(try store.integer("SELECT spans FROM facet WHERE field = 19 AND value = 2") == 1)
    }

    /// A chunk of a stream as a log record of span 1.
    private func chunk(_ text: String, _ place: Int64) -> SpanLogRecord {
        let attributes = [
            Attribute("gen_ai.response.chunk.sequence", .int(place)),
            Attribute("gen_ai.response.chunk.text", .string(text)),
        ]
        let span = Fixture.span(1)
        return SpanLogRecord(
            traceID: span.traceID, spanID: span.spanID,
            event: SpanEvent(
                timeUnixNano: 20 + place, name: "gen_ai.response.chunk", attributes: attributes, origin: .log),
            resource: span.resource, scope: span.scope)
    }

    @Test(arguments: ["together", "records first", "records last", "one by one"])
    func spansOfOneIdShareTheChunksOfItsRecords(order: String) throws {
        let store = try TemporaryStore()
        let spans = ["a", "b", "c"].map { Fixture.span(1, name: $0) }
        let logs = [chunk("Hello", 0), chunk(" you", 1)]
        switch order {
        case "together": try store.write(spans, logs: logs)
        case "records first":
            try store.write([], logs: logs)
            try store.write(spans)
        case "records last":
            try store.write(spans)
            try store.write([], logs: logs)
        default:
            for span in spans { try store.write([span]) }
            for log in logs { try store.write([], logs: [log]) }
        }
        try store.writer.finish()
        #expect(try store.integer("SELECT count(*) FROM span") == 3)
        #expect(try store.texts("SELECT span || ' ' || chunks FROM stream ORDER BY span").count == 3)
        #expect(try store.integer("SELECT count(DISTINCT digest) FROM stream WHERE chunks = 2") == 3)
        // Once more nothing is new, and what follows is stored.
        let again = try store.write(spans, logs: logs)
        #expect(again.spansKnown == 3 && again.logsKnown == 2 && again.streamsNew == 0)
        #expect(try store.write([Fixture.span(2)]).spansNew == 1)
    }

    @Test func spansOfOneIdKeepTheStreamsThatTheyTellThemselves() throws {
        let store = try TemporaryStore()
        let spans = ["a", "b"].map { name in
            var span = Fixture.span(1, name: name)
            span.events = [chunk("only \(name)", 0), chunk("!", 1)].map {
                var event = $0.event
                event.origin = .span
                return event
            }
            return span
        }
        func write(_ spans: [Span]) throws {
            let prepared = spans.map { Fixture.prepare($0) }
            _ = try store.writer.write(spans: prepared, streams: prepared.compactMap { PreparedStream(in: $0) })
        }
        try write(spans)
        try write(spans)
        #expect(try store.integer("SELECT count(*) FROM stream") == 2)
        let other = try TemporaryStore()
        for span in spans {
            let prepared = Fixture.prepare(span)
            _ = try other.writer.write(spans: [prepared], streams: [PreparedStream(in: prepared)].compactMap(\.self))
        }
        #expect(try other.integer("SELECT count(DISTINCT span) FROM stream") == 2)
        #expect(try other.integer("SELECT sum(text_bytes) FROM stream") == 14)
    }

    @Test func importingARecordingAgainAddsNothing() throws {
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: [], streams: [StreamFixture.recording()])
        let before = try store.integer("SELECT count(*) FROM stream_block")
        let again = try store.writer.write(spans: [], streams: [StreamFixture.recording(), StreamFixture.recording()])
        #expect(again.streamsKnown == 2 && again.streamsNew == 0 && again.spansNew == 0)
        _ = try store.writer.write(spans: [StreamFixture.call(1)])
        let joined = try store.writer.write(spans: [], streams: [StreamFixture.recording()])
        #expect(joined.streamsKnown == 1 && joined.streamsNew == 0 && joined.spansNew == 0)
        #expect(try streams(store) == ["2/1 - sse"])
        #expect(try store.integer("SELECT count(*) FROM stream_block") == before)
    }

    @Test func theInnermostModelCallGetsTheStream() throws {
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: [
            StreamFixture.call(1, kind: .agent), StreamFixture.call(2, parent: 1), StreamFixture.call(3, parent: 2),
            StreamFixture.call(4, parent: 3, kind: .chain),
        ])
        _ = try store.writer.write(spans: [], streams: [StreamFixture.recording()])
        #expect(try streams(store) == ["1/3 - sse"])
    }

    @Test func cyclesOfParentsEnd() throws {
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: [StreamFixture.call(1, parent: 2), StreamFixture.call(2, parent: 1)])
        _ = try store.writer.write(spans: [], streams: [StreamFixture.recording()])
        #expect(try streams(store) == ["1/1 - sse"])
    }

    @Test func aNamedSpanIsWaitedFor() throws {
        let store = try TemporaryStore()
        let owner = StreamOwner.span(TraceID(high: 0xABCD, low: 7), SpanID(9))
        let counts = try store.writer.write(spans: [], streams: [StreamFixture.recording(owner: owner)])
        #expect(counts.streamsJoined == 0 && counts.spansNew == 1)
        let late = try store.writer.write(spans: [Fixture.prepare(Fixture.span(9))])
        #expect(late.streamsJoined == 1)
        #expect(try streams(store) == ["2/9 - sse"])
        #expect(try store.integer("SELECT count(*) FROM trace") == 1)
    }

    @Test func aRecordersOwnSpanStays() throws {
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: [], streams: [StreamFixture.recording(owner: .itself)])
        let late = try store.writer.write(spans: [StreamFixture.call(1)])
        #expect(late.streamsJoined == 0)
        #expect(try streams(store) == ["1/a001 - sse"])
        #expect(try store.integer("SELECT count(*) FROM span") == 2)
    }

    @Test func ofTwoRecordingsTheOneThatTellsMoreIsKept() throws {
        let store = try TemporaryStore()
        let untimed = StreamFixture.recording(2, timing: .none)
        let timed = StreamFixture.recording(1)
        _ = try store.writer.write(spans: [StreamFixture.call(1)], streams: [untimed])
        _ = try store.writer.write(spans: [], streams: [timed])
        #expect(try store.texts("SELECT timing FROM streams") == ["measured"])
        let again = try store.writer.write(spans: [], streams: [untimed])
        #expect(again.streamsKnown == 1)
        #expect(try store.texts("SELECT timing FROM streams") == ["measured"])
        #expect(try store.integer("SELECT count(*) FROM stream_block") == 1)
    }

    @Test func twoStandInsJoinOneSpan() throws {
        let store = try TemporaryStore()
        _ = try store.writer.write(
            spans: [], streams: [StreamFixture.recording(1), StreamFixture.recording(2, timing: .none)])
        #expect(try store.integer("SELECT count(*) FROM stream") == 2)
        _ = try store.writer.write(spans: [StreamFixture.call(1)])
        #expect(try streams(store) == ["3/1 - sse"])
        #expect(try store.texts("SELECT timing FROM streams") == ["measured"])
        #expect(try store.integer("SELECT count(*) FROM span") == 1)
        #expect(try store.integer("SELECT count(*) FROM stream_block") == 1)
    }

    @Test func findingsAreCountedAndNamed() throws {
        let store = try TemporaryStore()
        var stream = StreamFixture.recording(owner: .itself)
        let own = stream.span.span.spanID
        stream.findings = [
            Finding(
                rule: "stream.stall", severity: .warning, certainty: .proven, message: "it stood still", spanID: own,
                evidence: [FindingEvidence(spanID: own, label: "start", value: "1.5 s")]),
            Finding(rule: "stream.loop", severity: .error, certainty: .inferred, message: "again", spanID: own),
        ]
        _ = try store.writer.write(spans: [], streams: [stream])
        try store.writer.finish()
        #expect(try store.texts("SELECT findings FROM traces") == [#"["stream.loop","stream.stall"]"#])
        #expect(
            try store.texts("SELECT rule || ' ' || severity || ' ' || certainty FROM findings ORDER BY id") == [
                "stream.stall warning proven", "stream.loop error inferred",
            ])
        #expect(
            try store.texts(
                """
                SELECT facet_field.name || ' ' || ifnull((SELECT text FROM name WHERE name.id = value AND field = 16), value)
                    || ' ' || spans
                FROM facet JOIN facet_field ON facet_field.id = facet.field WHERE field > 15 ORDER BY field, 1
                """) == [
                    "finding stream.loop 1", "finding stream.stall 1", "severity 1 1", "severity 2 1", "certainty 0 1",
                    "certainty 1 1", "stream 2 1",
                ])
        let database = try SQLiteConnection(store.path, .readOnly)
        let read = try StoredStreamReader(database.handle).findings(ofTrace: 1)
        #expect(read == stream.findings)
    }

    @Test func aStreamComesBackAsItWas() throws {
        let store = try TemporaryStore()
        var stream = StreamFixture.recording(owner: .itself)
        stream.chunks = StreamFixture.chunks(5000, seed: 3)
        stream.figures.interChunk = InterChunkLatency(p50: 1, p95: 2, p99: 3, max: 4)
        stream.figures.stalls = [
            StreamStall(stallClass: .tailHang, startNanos: 5, durationNanos: 6, nextSequence: 5000)
        ]
        stream.figures.stalledShare = 0.25
        stream.figures.timePerOutputChunkNanos = 20_000_000
        stream.figures.loops = [
            ContentLoop(
                kind: .reasoning, onsetCharacter: 1, onsetSequence: 2, onsetNanos: 3, endCharacter: 4,
                periodCharacters: 5, repeats: 6, loopedShare: 0.5, isNear: true, wastedTokens: 7)
        ]
        _ = try store.writer.write(spans: [], streams: [stream])
        let database = try SQLiteConnection(store.path, .readOnly)
        let reader = StoredStreamReader(database.handle)
        let key = try #require(try database.integer("SELECT span FROM stream"))
        let head = try #require(try reader.head(ofSpan: key))
        #expect(head.info == stream.info && head.figures == stream.figures)
        #expect(try reader.chunks(of: head) == stream.chunks)
        #expect(try reader.head(ofSpan: key + 1) == nil)
    }

    @Test func seekingReadsTheBlocksAroundATime() throws {
        let store = try TemporaryStore()
        var stream = StreamFixture.recording(owner: .itself)
        stream.chunks = StreamFixture.chunks(10_000, seed: 4, isPlain: true)
        _ = try store.writer.write(spans: [], streams: [stream])
        let database = try SQLiteConnection(store.path, .readOnly)
        let reader = StoredStreamReader(database.handle)
        let key = try #require(try database.integer("SELECT span FROM stream"))
        let head = try #require(try reader.head(ofSpan: key))
        for index in [0, 1023, 1024, 5000, 9999] {
            let found = try reader.chunks(of: head, around: stream.chunks.offsets[index])
            let range = found.first..<found.first + found.chunks.count
            #expect(range.contains(index) && found.chunks.count <= 3 * 1024)
            #expect(Array(found.chunks).map(\.text) == range.map { stream.chunks[$0].text })
        }
        let end = try reader.chunks(of: head, around: .max, margin: 0)
        #expect(end.first == 9216 && end.chunks.count == 784)
    }

    @Test func chunksInLogRecordsBecomeAStreamWheneverTheyCome() throws {
        let store = try TemporaryStore()
        func log(_ number: Int64) -> SpanLogRecord {
            SpanLogRecord(
                traceID: TraceID(high: 0xABCD, low: 7), spanID: SpanID(1),
                event: SpanEvent(
                    timeUnixNano: 10 + number, name: "gen_ai.response.chunk",
                    attributes: [
                        Attribute("gen_ai.response.chunk.sequence", .int(number)),
                        Attribute("gen_ai.response.chunk.text", .string("w\(number) ")),
                    ], origin: .log),
                resource: Resource(), scope: InstrumentationScope())
        }
        _ = try store.write([], logs: [log(0)])
        let first = try store.write([Fixture.span(1)])
        #expect(first.streamsNew == 1)
        let second = try store.write([], logs: [log(2), log(1)])
        #expect(second.streamsNew == 0)
        #expect(
            try store.texts("SELECT chunks || ' ' || timing || ' ' || source FROM streams") == [
                "3 measured otlp events"
            ])
        let database = try SQLiteConnection(store.path, .readOnly)
        let reader = StoredStreamReader(database.handle)
        let key = try #require(try database.integer("SELECT span FROM stream"))
        let head = try #require(try reader.head(ofSpan: key))
        let chunks = try reader.chunks(of: head)
        #expect(chunks.map(\.text) == ["w0 ", "w1 ", "w2 "] && chunks.offsets == [0, 1, 2])
    }
}

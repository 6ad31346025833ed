import TestSupport
import Testing
import TraceModel

@testable import TraceDialect

@Suite struct StreamExtractorTests {
    private static let start: Int64 = 1_000_000_000

    private func event(
        _ name: String, _ millis: Int64?, _ attributes: [Attribute] = [], body: AttributeValue? = nil
    ) -> SpanEvent {
        SpanEvent(
            timeUnixNano: millis.map { Self.start + $0 * 1_000_000 }, name: name, attributes: attributes,
            origin: body == nil ? .span : .log, body: body)
    }

    private func chunks(_ events: [SpanEvent], _ attributes: [Attribute] = []) -> [StreamChunk] {
        StreamExtractor.stream(of: .fixture("chat", attributes, events: events)).map { Array($0.chunks) } ?? []
    }

    private var everything: RecordedStream {
        let call = StreamToolCall(index: 1, id: "call_7", name: "lookup")
        let chunks = StreamChunks([
            StreamChunk(offsetNanos: 5_000_000, kind: .other, text: ""),
            StreamChunk(offsetNanos: 7_000_001, kind: .reasoning, text: "hm, \u{1F914}\n", tokenCount: 2),
            StreamChunk(offsetNanos: nil, kind: .text, text: "订单", choiceIndex: 1),
            StreamChunk(offsetNanos: 6_000_000, kind: .toolArguments, text: "{\"q\":", toolCall: call),
            StreamChunk(offsetNanos: 9_000_000, kind: .refusal, text: "no", tokenCount: 0),
            StreamChunk(offsetNanos: 9_000_000, kind: .usage, text: "{}"),
            StreamChunk(offsetNanos: 9_500_000, kind: .terminal, text: "stop"),
        ])
        let info = StreamInfo(
            startUnixNano: 42, durationNanos: 10_000_000, timing: .measured, clock: "monotonic", endCause: .clientAbort,
            finishReason: "stop", tokensBilled: 30, tokensDelivered: 20, tokensReasoning: 3, source: "record",
            wireProtocol: "openai.chat", droppedChunks: 4, errorMessage: "went away", remarks: ["one", "two"])
        let span = Span.fixture("chat")
        return RecordedStream(span: span, info: info, chunks: chunks, owner: .span(span.traceID, span.spanID))
    }

    @Test func theCompactFormRoundTrips() {
        var stream = everything
        stream.span.attributes += StreamAttributes.attributes(of: stream)
        #expect(StreamExtractor.stream(of: stream.span) == stream)
        // Without times, with nothing known.
        var bare = everything
        bare.info = StreamInfo(source: "sse")
        bare.chunks = StreamChunks([StreamChunk(offsetNanos: nil, kind: .text, text: "a")])
        bare.span.endUnixNano = nil
        bare.span.startUnixNano = nil
        bare.span.attributes += StreamAttributes.attributes(of: bare)
        #expect(StreamExtractor.stream(of: bare.span) == bare)
    }

    @Test(arguments: [SpanEvent.Origin.span, .log])
    func theEventFormRoundTrips(origin: SpanEvent.Origin) {
        let stream = everything
        // In any order: the chunks state their places.
        let events = stream.chunks.reversed().map {
            StreamAttributes.event(of: $0, startUnixNano: Self.start, origin: origin)
        }
        #expect(events.filter { $0.timeUnixNano == nil }.count == 1)
        let read = StreamExtractor.stream(of: .fixture("chat", events: events))
        // An event without a time of its chunk has none of its own.
        #expect(read?.chunks == stream.chunks)
        #expect(read?.info.timing == .measured && read?.info.startUnixNano == Self.start)
        #expect(read?.info.durationNanos == 1_000_000_000 && read?.info.endCause == .unknown)
    }

    @Test func arraysInJSONAndKindsAsNumbers() {
        let found = chunks(
            [],
            [
                .text("gen_ai.response.chunks.offset_ns", "[1000, 2000, null]"),
                Attribute("gen_ai.response.chunks.kind", .array([.int(1), .int(0), .int(99)])),
                Attribute("gen_ai.response.chunks.text", .array([.string("a"), .string("b")])),
            ])
        #expect(found.map(\.kind) == [.reasoning, .text, .other])
        #expect(found.map(\.offsetNanos) == [1000, 2000, nil] && found.map(\.text) == ["a", "b", ""])
    }

    @Test func aLogRecordMayHoldTheChunkInItsBody() {
        let found = chunks([
            event("gen_ai.response.chunk", 5, body: .map([.text("text", "hi"), .text("kind", "reasoning")])),
            event("gen_ai.response.chunk", 9, body: .string(" there")),
        ])
        #expect(found.map(\.text) == ["hi", " there"] && found.map(\.kind) == [.reasoning, .text])
        #expect(found.map(\.offsetNanos) == [5_000_000, 9_000_000])
    }

    @Test func eventsOfOthers() {
        let mlflow = chunks([
            event("mlflow.chunk.item.1", 30, [.text("mlflow.chunk.value", "\" world\"")]),
            event(
                "mlflow.chunk.item.0", 20,
                [
                    .text(
                        "mlflow.chunk.value",
                        #"{"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}"#)
                ]
            ),
        ])
        #expect(mlflow.map(\.text) == ["Hello", " world"] && mlflow.map(\.offsetNanos) == [20_000_000, 30_000_000])

        let iterations = chunks([
            event(
                "gen_ai.token.generated", 3,
                [Attribute("gen_ai.response.candidate.decoded_tokens", .array([.string("x"), .string("y")]))])
        ])
        #expect(iterations.map(\.choiceIndex) == [0, 1] && iterations.map(\.tokenCount) == [1, 1])

        let tokens = chunks([
            event("new_token", 4, [.text("token", "t")]), event("new_token", 5, [.text("token", "u")]),
        ])
        #expect(tokens.map(\.text) == ["t", "u"])

        let timed = StreamExtractor.stream(
            of: .fixture(
                "chat", events: [event("llm.content.completion.chunk", 4), event("llm.content.completion.chunk", 8)]))
        #expect(timed?.chunks.count == 2 && timed?.chunks.text.isEmpty == true && timed?.info.remarks.count == 1)

        let typed = chunks([
            event("responses_api_event", 4, [.text("event_type", "response.created"), .int("event_number", 1)]),
            event(
                "responses_api_event", 5, [.text("event_type", "response.output_text.delta"), .int("event_number", 2)]),
        ])
        #expect(typed.map(\.kind) == [.other, .text])

        let codex = chunks([event("codex.sse_event", 4, [.text("event.kind", "response.completed")])])
        #expect(codex.map(\.kind) == [.terminal])
    }

    @Test func partsOfAnAnswerAreChunksAndAWholeAnswerIsNone() {
        func choice(_ millis: Int64, _ text: String, index: Int64 = 0, reason: String? = nil) -> SpanEvent {
            var body = [
                Attribute("index", .int(index)),
                Attribute("content", .map([Attribute("parts", .array([.map([.text("text", text)])]))])),
            ]
            if let reason { body.append(.text("finish_reason", reason)) }
            return event("gen_ai.choice", millis, body: .map(body))
        }
        let parts = chunks([choice(5, "one "), choice(9, "two", reason: "STOP")])
        #expect(parts.map(\.text) == ["one ", "two", "STOP"] && parts.map(\.kind) == [.text, .text, .terminal])
        #expect(chunks([choice(5, "whole", reason: "STOP")]).isEmpty)
        #expect(chunks([choice(5, "a"), choice(6, "b", index: 1)]).isEmpty)
    }

    @Test func timesOfTokensInOneArray() {
        let found = chunks(
            [],
            [
                Attribute("gen_ai.response.per_token_time_to_generate", .array([.double(0.5), .double(0.52)])),
                .text("gen_ai.response.candidate.per_position_decoded_tokens", #"[["He","Ha"],["llo","lo"]]"#),
            ])
        #expect(found.map(\.text) == ["He", "llo"] && found.map(\.offsetNanos) == [500_000_000, 520_000_000])
        #expect(found.map(\.tokenCount) == [1, 1])
    }

    @Test func firstAndLastTimesMakeNoStream() {
        let events = [
            event("First Token Stream Event", 5), event("ai.stream.firstChunk", 6), event("ai.stream.finish", 7),
            event("first_token_received", 8), event("stream_completed", 9),
        ]
        #expect(
            StreamExtractor.stream(
                of: .fixture("chat", [.double("gen_ai.response.time_to_first_chunk", 0.2)], events: events)) == nil)
        #expect(!StreamExtractor.mayHoldStream(.fixture("chat", events: events)))
    }

    @Test func whatTheProducerDroppedIsTold() {
        var span = Span.fixture(
            "chat", events: [event("gen_ai.response.chunk", 5, [.text("gen_ai.response.chunk.text", "a")])])
        span.droppedEventsCount = 500
        let stream = StreamExtractor.stream(of: span)
        #expect(stream?.info.remarks.contains { $0.contains("500") } == true)
    }

    /// Chunks of our own form at places 100 ms apart, with a count of events that the producer dropped.
    private func numbered(_ places: [Int64], dropped: Int, origin: SpanEvent.Origin = .span) -> RecordedStream? {
        var span = Span.fixture(
            "chat",
            events: places.map { place in
                var event = event(
                    "gen_ai.response.chunk", 450 + min(place, 1_000) * 100,
                    [
                        Attribute("gen_ai.response.chunk.sequence", .int(place)),
                        .text("gen_ai.response.chunk.text", "w\(place) "),
                    ])
                event.origin = origin
                return event
            })
        span.droppedEventsCount = dropped
        return StreamExtractor.stream(of: span)
    }

    @Test func placesTellWhichChunksAreMissing() {
        // The oldest, the newest, both ends, without a count, from 1 on.
        let cases: [(places: ClosedRange<Int64>, dropped: Int, missing: MissingChunks, count: Int)] = [
            (66...193, 66, .first, 66), (0...127, 66, .last, 66), (66...193, 80, [.first, .last], 80),
            (66...193, 0, .first, 66), (1...5, 0, [], 0), (1...5, 1, .first, 1), (0...127, 0, [], 0),
        ]
        for (places, dropped, missing, count) in cases {
            let info = numbered(Array(places), dropped: dropped)?.info
            #expect(info?.missingChunks == missing && info?.droppedChunks == count, "\(places), \(dropped) dropped")
        }
    }

    @Test func gapsAreMissingChunks() {
        let info = numbered([0, 1, 2, 5, 6], dropped: 0)?.info
        #expect(info?.missingChunks == .between && info?.droppedChunks == 2)
        // A number from outside may be anything.
        let far = numbered([0, .max], dropped: 0)?.info
        #expect(far?.missingChunks == .between && far?.droppedChunks == 1 << 42)
        // What a span dropped is no loss of its log records.
        let logged = numbered([0, 1, 2], dropped: 9, origin: .log)?.info
        #expect(logged?.missingChunks == [] && logged?.droppedChunks == 0)
    }

    @Test func withoutPlacesEitherEndMayBeMissing() {
        var span = Span.fixture(
            "chat", events: (0..<5).map { event("gen_ai.content.completion.chunk", 700 + $0 * 10) })
        #expect(Dialect.facts(of: span).timeToFirstChunkNanos == 700_000_000)
        span.droppedEventsCount = 66
        let info = StreamExtractor.stream(of: span)?.info
        #expect(info?.missingChunks == .anywhere && info?.droppedChunks == 66)
        #expect(Dialect.facts(of: span).timeToFirstChunkNanos == nil)
        // An event of its own for the first token is that of the first, whatever was dropped.
        span.events.append(event("first_token_received", 450))
        #expect(Dialect.facts(of: span).timeToFirstChunkNanos == 450_000_000)
    }

    @Test func theFirstChunkIsKnownByItsPlace() {
        func first(_ places: [Int64], dropped: Int) -> Int64? {
            numbered(places, dropped: dropped).flatMap { Dialect.facts(of: $0.span).timeToFirstChunkNanos }
        }
        #expect(first([0, 1, 2], dropped: 66) == 450_000_000 && first([66, 67], dropped: 66) == nil)
        #expect(first([66, 67], dropped: 0) == nil && first([1, 2], dropped: 0) == 550_000_000)
    }

    @Test func aSpanWithoutStartHasNoTimes() {
        var span = Span.fixture("chat", events: [event("new_token", 5, [.text("token", "a")])])
        span.startUnixNano = nil
        let stream = StreamExtractor.stream(of: span)
        #expect(stream?.info.timing == TimingQuality.none && stream?.chunks.offsetNanos(0) == nil)
    }
}

import Basics
import TestSupport
import Testing
import TraceDialect
import TraceModel

@testable import Redaction

@Suite struct StreamRedactionTests {
    private let redactor = RedactionFixture.redactor

    private func info() -> StreamInfo { StreamInfo(source: "sse") }

    /// What each lane of chunks says as a whole, and all of it.
    private func assembled(_ chunks: StreamChunks) -> [String] {
        Redactor.lanes(of: chunks).map { $0.map { chunks[$0].text }.joined() }
    }

    @Test func aSecretInPiecesBecomesAPlaceholderInTheFirstChunk() {
        let secret = RedactionFixture.secret()
        var chunks = StreamChunks()
        chunks.append(StreamChunk(offsetNanos: 1, kind: .text, text: "key "))
        for (place, letter) in secret.enumerated() {
            chunks.append(
                StreamChunk(offsetNanos: Int64(place) + 2, kind: .text, text: String(letter), tokenCount: 1))
        }
        chunks.append(StreamChunk(offsetNanos: nil, kind: .text, text: ", so"))
        var counts = RedactionCounts()
        var redacted = chunks
        var info = info()
        redactor.redact(&redacted, &info, &counts)
        #expect(counts.byRule == ["STRIPE_KEY": 1])
        #expect(redacted.offsets == chunks.offsets)
        #expect(redacted.kinds == chunks.kinds)
        #expect(redacted.map(\.tokenCount) == chunks.map(\.tokenCount))
        #expect(redacted[0].text == "key ")
        #expect(redacted[1].text.hasPrefix("[STRIPE_KEY#"))
        #expect(redacted[2...40].allSatisfy { $0.text.isEmpty })
        #expect(redacted[41].text == ", so")
        counts = RedactionCounts()
        let again = redacted
        redactor.redact(&redacted, &info, &counts)
        #expect(redacted == again)
        #expect(counts.isEmpty)
    }

    @Test func randomStreamsKeepNoPiece() {
        var random = SplitMix64(seed: 11)
        for round in 0..<200 {
            var lanes = (0..<4).map { lane in "\(lane) says \(RedactionFixture.secret(round * 4 + lane)) and more" }
            let plan: [(ChunkKind, Int, StreamToolCall?)] = [
                (.text, 0, nil), (.text, 1, nil), (.reasoning, 0, nil),
                (.toolArguments, 0, StreamToolCall(index: 0, id: "call", name: "f")),
            ]
            var chunks = StreamChunks()
            var isFirstOfCall = true
            while let lane = lanes.indices.filter({ !lanes[$0].isEmpty }).randomElement(using: &random) {
                let count = Int.random(in: 1...9, using: &random)
                var call = plan[lane].2
                if call != nil && !isFirstOfCall { call = StreamToolCall(index: 0) }
                if call != nil { isFirstOfCall = false }
                chunks.append(
                    StreamChunk(
                        offsetNanos: Int64(chunks.count), kind: plan[lane].0, text: String(lanes[lane].prefix(count)),
                        choiceIndex: plan[lane].1, toolCall: call))
                lanes[lane] = String(lanes[lane].dropFirst(count))
            }
            var stream = RecordedStream(span: RedactionFixture.span(), info: info(), chunks: chunks)
            var counts = RedactionCounts()
            redactor.redact(&stream, &counts)
            #expect(counts.total == 4)
            #expect(stream.chunks.count == chunks.count)
            #expect(stream.chunks.offsets == chunks.offsets)
            #expect(stream.chunks.toolCalls == chunks.toolCalls)
            let said = assembled(stream.chunks)
            for lane in 0..<4 {
                let secret = RedactionFixture.secret(round * 4 + lane)
                for text in said { #expect(RedactionFixture.piece(of: secret, in: text) == nil) }
            }
            for (index, text) in said.sorted().enumerated() { #expect(text.hasPrefix("\(index) says [STRIPE_KEY#")) }
        }
    }

    @Test func whatIsToldOfAStreamIsRedacted() {
        let secret = RedactionFixture.secret()
        var info = info()
        info.errorMessage = "401 for \(secret)"
        info.finishReason = secret
        info.remarks = ["a", secret]
        info.clock = secret
        var chunks = StreamChunks([
            StreamChunk(
                offsetNanos: 0, kind: .toolArguments, text: "",
                toolCall: StreamToolCall(index: 0, id: secret, name: secret))
        ])
        var counts = RedactionCounts()
        redactor.redact(&chunks, &info, &counts)
        #expect(counts.total == 6)
        #expect(!"\(info) \(chunks)".contains("sk_live_"))
    }

    // MARK: Streams in spans

    /// A stream with a secret in pieces, in each form that spans carry.
    private static func spans(_ secret: String) -> [(name: String, span: Span)] {
        let pieces = stride(from: 0, to: secret.count, by: 5).map { String(secret.dropFirst($0).prefix(5)) }
        let texts = ["the "] + pieces + [" end"]
        func events(_ name: (Int) -> String, _ attributes: (Int) -> [Attribute]) -> Span {
            RedactionFixture.span(
                events: texts.indices.map {
                    SpanEvent(timeUnixNano: 1_000 + Int64($0), name: name($0), attributes: attributes($0))
                })
        }
        func bodies(_ body: (Int) -> AttributeValue) -> Span {
            RedactionFixture.span(
                events: texts.indices.map {
                    SpanEvent(timeUnixNano: 1_000 + Int64($0), name: "gen_ai.choice", origin: .log, body: body($0))
                })
        }
        let recorded = StreamChunks(
            texts.enumerated().map { StreamChunk(sequence: $0, offsetNanos: Int64($0), kind: .text, text: $1) })
        let compact = StreamAttributes.attributes(
            of: RecordedStream(span: RedactionFixture.span(), info: StreamInfo(source: "x"), chunks: recorded))
        var ours = RedactionFixture.span()
        ours.events = recorded.map { StreamAttributes.event(of: $0, startUnixNano: 1_000) }
        let quoted = texts.map { "\"\($0)\"" }.joined(separator: ", ")
        return [
            ("convention", ours),
            ("compact", RedactionFixture.span(compact)),
            (
                "compact as JSON",
                RedactionFixture.span([Attribute("gen_ai.response.chunks.text", .string("[null, \(quoted)]"))])
            ),
            (
                "mlflow, OpenAI",
                events({ "mlflow.chunk.item.\($0)" }) {
                    [
                        Attribute(
                            "mlflow.chunk.value",
                            .string(#"{"choices":[{"index":0,"delta":{"content":"\#(texts[$0])"}}]}"#))
                    ]
                }
            ),
            (
                "mlflow, Anthropic",
                events({ "mlflow.chunk.item.\($0)" }) {
                    [
                        Attribute(
                            "mlflow.chunk.value",
                            .string(
                                #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(texts[$0])"}}"#
                            )
                        )
                    ]
                }
            ),
            (
                "tokens",
                events({ _ in "gen_ai.token.generated" }) {
                    [Attribute("gen_ai.response.candidate.decoded_tokens", .array([.string(texts[$0]), .string("x")]))]
                }
            ),
            (
                "new_token",
                events({ _ in "new_token" }) {
                    [
                        Attribute("token", .string(texts[$0])),
                        Attribute("kwargs.chunk", .string(#"{"text":"\#(texts[$0])","type":"ChatGenerationChunk"}"#)),
                    ]
                }
            ),
            (
                "choices",
                bodies {
                    .map([
                        Attribute("index", .int(0)),
                        Attribute(
                            "content",
                            .map([Attribute("parts", .array([.map([Attribute("text", .string(texts[$0]))])]))])),
                    ])
                }
            ),
            (
                "token times",
                RedactionFixture.span([
                    Attribute(
                        "gen_ai.response.per_token_time_to_generate", .array(texts.indices.map { .double(Double($0)) })),
                    Attribute(
                        "gen_ai.response.candidate.per_position_decoded_tokens",
                        .array(texts.map { .array([.string($0), .string("other")]) })),
                ])
            ),
        ]
    }

    @Test func streamsInSpansKeepNoPiece() {
        let secret = RedactionFixture.secret(5)
        for (name, span) in Self.spans(secret) {
            var redacted = span
            var counts = RedactionCounts()
            redactor.redact(&redacted, &counts)
            #expect(counts.byRule == ["STRIPE_KEY": 1], "\(name)")
            let before = StreamExtractor.stream(of: span)
            let after = StreamExtractor.stream(of: redacted)
            #expect(after?.chunks.count == before?.chunks.count, "\(name)")
            #expect(after?.chunks.offsets == before?.chunks.offsets, "\(name)")
            #expect(after?.chunks.kinds == before?.chunks.kinds, "\(name)")
            for text in assembled(after?.chunks ?? StreamChunks()) {
                #expect(RedactionFixture.piece(of: secret, in: text) == nil, "\(name): \(text)")
            }
            let all = RedactionFixture.texts(of: redacted).joined()
            #expect(RedactionFixture.piece(of: secret, in: all) == nil, "\(name): \(all)")
            #expect(RedactionFixture.piece(of: secret, in: Dialect.searchText(of: redacted).text) == nil, "\(name)")
            var again = redacted
            counts = RedactionCounts()
            redactor.redact(&again, &counts)
            #expect(again == redacted, "\(name)")
            #expect(counts.isEmpty, "\(name)")
        }
    }

    @Test func logRecordsOfASpanAreOneStream() {
        let secret = RedactionFixture.secret(9)
        func record(_ span: UInt64, _ place: Int, _ text: String) -> SpanLogRecord {
            SpanLogRecord(
                traceID: TraceID(high: 1, low: 1), spanID: SpanID(span),
                event: StreamAttributes.event(
                    of: StreamChunk(sequence: place, offsetNanos: Int64(place), kind: .text, text: text),
                    startUnixNano: 0, origin: .log),
                resource: Resource(), scope: InstrumentationScope())
        }
        // Records of another span stand between, and the order of arrival is not that of the stream.
        var logs = [
            record(1, 1, String(secret.dropFirst(7).prefix(9))), record(2, 0, "nothing"),
            record(1, 0, "it is " + secret.prefix(7)), record(1, 2, String(secret.dropFirst(16))),
        ]
        var counts = RedactionCounts()
        redactor.redact(&logs, &counts)
        #expect(counts.byRule == ["STRIPE_KEY": 1])
        let texts = logs.map { $0.event.attributes.value(of: "gen_ai.response.chunk.text")?.stringValue ?? "?" }
        #expect(texts[0].isEmpty && texts[3].isEmpty)
        #expect(texts[1] == "nothing")
        #expect(texts[2].hasPrefix("it is [STRIPE_KEY#"))
        counts = RedactionCounts()
        var one = record(3, 0, secret)
        redactor.redact(&one, &counts)
        #expect(counts.total == 1)
    }

    @Test func aRecordThatCarriesAStreamIsRedactedAsOneText() {
        let secret = RedactionFixture.secret(4)
        let chunks = StreamChunks([
            StreamChunk(offsetNanos: 0, kind: .text, text: String(secret.prefix(20))),
            StreamChunk(offsetNanos: 1, kind: .text, text: String(secret.dropFirst(20))),
        ])
        var log = SpanLogRecord(
            traceID: TraceID(high: 1, low: 1), spanID: SpanID(1),
            event: SpanEvent(
                timeUnixNano: 1, name: "stream",
                attributes: StreamAttributes.attributes(
                    of: RecordedStream(span: RedactionFixture.span(), info: info(), chunks: chunks)), origin: .log),
            resource: Resource(), scope: InstrumentationScope())
        var counts = RedactionCounts()
        redactor.redact(&log, &counts)
        #expect(counts.byRule == ["STRIPE_KEY": 1])
        #expect(RedactionFixture.piece(of: secret, in: "\(log)") == nil)
    }
}

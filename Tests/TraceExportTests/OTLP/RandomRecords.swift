import Basics
import TestSupport
import TraceModel

/// Seeded spans, log records and streams of every shape that the model can hold and OTLP can say.
struct RandomRecords {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

    // MARK: Texts and values

    private static let texts = [
        "", " ", "a", "service.name", "gen_ai.request.model", "\u{0}\u{1}\u{7F}\u{85}\u{9F}", "line\nbreak\r\ttab",
        "quote\" back\\slash /", "\u{2028}\u{2029}\u{202E}\u{200B}\u{FEFF}", "日本語テキスト", "👩‍💻e\u{301}", "{\"json\":[1,2]}",
        "\u{FFFD}", "]}]}]}", "[", "{", String(repeating: "long text ", count: 40), "0", "NaN", "\u{10FFFF}",
    ]

    mutating func text() -> String { pick(Self.texts) + (chance(30) ? pick(Self.texts) : "") }

    private mutating func integer() -> Int64 {
        pick([0, 1, -1, .max, .min, 9_007_199_254_740_993, Int64(below(1000))])
    }

    private mutating func double() -> Double {
        pick([
            0, -0.0, 1, 0.1, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity, .nan, 1e21,
            Double(below(1000)) / 7,
        ])
    }

    mutating func value(depth: Int = 0) -> AttributeValue {
        switch below(depth > 3 ? 6 : 8) {
        case 0: return .empty
        case 1: return .string(text())
        case 2: return .bool(chance(50))
        case 3: return .int(integer())
        case 4: return .double(double())
        case 5: return .bytes((0..<below(9)).map { _ in UInt8(below(256)) })
        case 6: return .array((0..<below(4)).map { _ in value(depth: depth + 1) })
        default: return .map((0..<below(4)).map { _ in Attribute(text(), value(depth: depth + 1)) })
        }
    }

    /// Keys come twice, and are empty.
    private mutating func attributes() -> [Attribute] {
        (0..<below(6)).map { _ in Attribute(chance(40) ? "key" : text(), value()) }
    }

    private mutating func count() -> Int { chance(80) ? 0 : pick([1, 7, Int(UInt32.max)]) }

    // MARK: Records

    private mutating func size() -> Int64 { pick([0, 1, OutsideNumber.counts.upperBound, Int64(below(1000))]) }
    private mutating func time() -> Int64? {
        pick([nil, 1, OutsideNumber.times.upperBound, 1_700_000_000_000_000_000 + integer() / 100])
    }
    private mutating func flags() -> UInt32? { pick([nil, 1, 0x301, .max]) }
    mutating func spanID() -> SpanID { SpanID(pick([1, .max, random.next() | 1])) }
    mutating func traceID() -> TraceID { TraceID(high: pick([0, .max, random.next()]), low: random.next() | 1) }

    mutating func resource() -> Resource {
        Resource(attributes: attributes(), droppedAttributesCount: count(), schemaURL: chance(50) ? "" : text())
    }

    mutating func scope() -> InstrumentationScope {
        InstrumentationScope(
            name: text(), version: text(), attributes: attributes(), droppedAttributesCount: count(),
            schemaURL: chance(50) ? "" : text())
    }

    mutating func span(_ trace: TraceID, _ resource: Resource, _ scope: InstrumentationScope) -> Span {
        Span(
            traceID: trace, spanID: spanID(), parentSpanID: chance(60) ? spanID() : nil,
            traceState: chance(70) ? "" : text(), flags: flags(), name: text(),
            otelKind: pick(OTelSpanKind.allCases), startUnixNano: time(), endUnixNano: time(),
            status: SpanStatus(pick(SpanStatus.Code.allCases), message: chance(70) ? "" : text()),
            attributes: attributes(),
            events: (0..<below(4)).map { _ in
                SpanEvent(
                    timeUnixNano: time(), name: text(), attributes: attributes(), droppedAttributesCount: count())
            },
            links: (0..<below(3)).map { _ in
                SpanLink(
                    traceID: traceID(), spanID: spanID(), traceState: chance(70) ? "" : text(), flags: flags(),
                    attributes: attributes(), droppedAttributesCount: count())
            },
            droppedAttributesCount: count(), droppedEventsCount: count(), droppedLinksCount: count(),
            resource: resource, scope: scope)
    }

    mutating func log(_ span: Span, _ resource: Resource, _ scope: InstrumentationScope) -> SpanLogRecord {
        let name = text()
        return SpanLogRecord(
            traceID: span.traceID, spanID: span.spanID,
            event: SpanEvent(
                timeUnixNano: time(), name: name.isEmpty ? "log" : name, attributes: attributes(),
                droppedAttributesCount: count(), origin: .log, body: chance(50) ? nil : value(),
                severityNumber: pick([nil, 1, 24])),
            resource: resource, scope: scope)
    }

    mutating func stream() -> WholeStream {
        let calls = [StreamToolCall(index: 0), StreamToolCall(index: 1, id: text(), name: text())]
        let (hasTokens, hasChoices, hasCalls) = (chance(50), chance(30), chance(50))
        let chunks = StreamChunks(
            (0..<below(12)).map { _ in
                StreamChunk(
                    offsetNanos: chance(80)
                        ? pick([0, -5, OutsideNumber.times.upperBound, Int64(below(1_000_000))]) : nil,
                    kind: pick(ChunkKind.allCases), text: text(),
                    tokenCount: hasTokens && chance(80) ? below(5) : nil, choiceIndex: hasChoices ? below(3) : 0,
                    toolCall: hasCalls && chance(50) ? pick(calls) : nil)
            })
        func perhaps<Value>(_ value: Value) -> Value? { chance(50) ? value : nil }
        let info = StreamInfo(
            startUnixNano: time(), durationNanos: perhaps(pick([0, OutsideNumber.times.upperBound])),
            timing: pick(TimingQuality.allCases), clock: perhaps(text()), endCause: pick(StreamEndCause.allCases),
            finishReason: perhaps(text()), tokensBilled: perhaps(size()), tokensDelivered: perhaps(0),
            tokensReasoning: perhaps(size()), source: text(), wireProtocol: perhaps(text()),
            droppedChunks: below(3), errorMessage: perhaps(text()), remarks: (0..<below(3)).map { _ in text() })
        return WholeStream(info: info, figures: StreamFigures(), chunks: chunks, isFromSpan: chance(20))
    }

    /// The spans of one trace, in groups of equal surroundings, with log records and streams.
    mutating func trace() -> [ExportRecord] {
        let trace = traceID()
        var records: [ExportRecord] = []
        for _ in 0...below(4) {
            let (resource, scope) = (resource(), scope())
            for _ in 0...below(6) {
                let span = span(trace, resource, scope)
                let logScope = chance(50) ? scope : self.scope()
                let logs = (0..<(chance(30) ? below(4) : 0)).map { _ in log(span, resource, logScope) }
                records.append(ExportRecord(span: span, logs: logs, stream: chance(25) ? stream() : nil))
            }
        }
        return records
    }
}

/// What the writer of OTLP is given of a span.
struct ExportRecord {
    var span: Span
    var logs: [SpanLogRecord] = []
    var stream: WholeStream?
}

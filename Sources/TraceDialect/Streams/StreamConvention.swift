import Basics
import FastJSON
package import TraceModel

/// Our own convention for streams in OpenTelemetry, in the style of the GenAI semantic conventions.
///
/// These leave streaming chunks open. A chunk is an event of the span or a log record that names the span, or the chunks
/// of a stream are arrays among the attributes of the span, of equal length, for streams past the 128 events that an SDK
/// keeps by default. The README documents it for those who write such programs.
package enum StreamConvention {
    /// The event of one chunk.
    package static let chunkEvent = "gen_ai.response.chunk"

    /// Attributes of an event.
    enum EventKey {
        static let sequence = "gen_ai.response.chunk.sequence"
        static let offset = "gen_ai.response.chunk.offset_ns"
        static let kind = "gen_ai.response.chunk.kind"
        static let text = "gen_ai.response.chunk.text"
        static let tokenCount = "gen_ai.response.chunk.token_count"
        static let choiceIndex = "gen_ai.response.chunk.choice_index"
        static let callIndex = "gen_ai.response.chunk.tool_call.index"
        static let callID = "gen_ai.response.chunk.tool_call.id"
        static let callName = "gen_ai.response.chunk.tool_call.name"
    }

    /// Attributes of a span that hold a value for each chunk.
    typealias ArrayKey = StreamAttributes.Chunks
    /// Attributes of a span about its stream as a whole.
    typealias StreamKey = StreamAttributes.Whole

    /// The stream as attributes of its span: the compact form, from which the same stream is read again.
    ///
    /// Columns that say nothing are left out; where a chunk has no value in one that stands, the entry is empty.
    package static func attributes(of stream: RecordedStream) -> [Attribute] {
        attributes(of: stream.info) + attributes(of: stream.chunks)
    }

    private static func attributes(of chunks: StreamChunks) -> [Attribute] {
        func column(_ key: String, _ value: (Int) -> AttributeValue?) -> Attribute? {
            let values = chunks.indices.map(value)
            if values.allSatisfy({ $0 == nil }) { return nil }
            return Attribute(key, .array(values.map { $0 ?? .empty }))
        }
        func number(_ value: (some BinaryInteger)?) -> AttributeValue? { value.map { .int(Int64($0)) } }
        func call(_ key: String, _ value: (StreamToolCall) -> AttributeValue?) -> Attribute? {
            column(key) { chunks.toolCall($0).flatMap(value) }
        }
        return [
            column(ArrayKey.offset) { number(chunks.offsetNanos($0)) },
            // Also tells how many chunks there are.
            Attribute(ArrayKey.kind, .array(chunks.kinds.map { .string($0.name) })),
            column(ArrayKey.text) { .string(chunks[$0].text) },
            column(ArrayKey.tokenCount) { number(chunks.tokenCount($0)) },
            column(ArrayKey.choiceIndex) { chunks.choiceIndex($0) == 0 ? nil : number(chunks.choiceIndex($0)) },
            call(ArrayKey.callIndex) { number($0.index) },
            call(ArrayKey.callID) { $0.id.map { .string($0) } },
            call(ArrayKey.callName) { $0.name.map { .string($0) } },
        ].compactMap { $0 }
    }

    private static func attributes(of info: StreamInfo) -> [Attribute] {
        func text(_ key: String, _ value: String?) -> Attribute? { value.map { Attribute(key, .string($0)) } }
        func number(_ key: String, _ value: Int64?) -> Attribute? { value.map { Attribute(key, .int($0)) } }
        return [
            number(StreamKey.start, info.startUnixNano),
            number(StreamKey.duration, info.durationNanos),
            text(StreamKey.timing, info.timing.name),
            text(StreamKey.clock, info.clock),
            text(StreamKey.endCause, info.endCause.name),
            text(StreamKey.finishReason, info.finishReason),
            number(StreamKey.tokensBilled, info.tokensBilled),
            number(StreamKey.tokensDelivered, info.tokensDelivered),
            number(StreamKey.tokensReasoning, info.tokensReasoning),
            text(StreamKey.source, info.source),
            text(StreamKey.wireProtocol, info.wireProtocol),
            info.droppedChunks == 0 ? nil : number(StreamKey.droppedChunks, Int64(info.droppedChunks)),
            text(StreamKey.errorMessage, info.errorMessage),
            info.remarks.isEmpty ? nil : Attribute(StreamKey.remarks, .array(info.remarks.map { .string($0) })),
        ].compactMap { $0 }
    }

    /// One chunk as an event, of a span or in the form of a log record.
    ///
    /// The time of the event is that of the chunk; without a start of the stream or an offset it has none.
    package static func event(
        of chunk: StreamChunk, startUnixNano: Int64?, origin: SpanEvent.Origin = .span
    ) -> SpanEvent {
        var time: Int64?
        if let start = startUnixNano, let offset = chunk.offsetNanos {
            time = start.addingIfFits(offset)
        }
        var event = SpanEvent(timeUnixNano: time, name: chunkEvent, origin: origin)
        func add(_ key: String, _ value: AttributeValue?) {
            if let value { event.attributes.append(Attribute(key, value)) }
        }
        add(EventKey.sequence, .int(Int64(chunk.sequence)))
        add(EventKey.offset, chunk.offsetNanos.map { .int($0) })
        add(EventKey.kind, .string(chunk.kind.name))
        add(EventKey.text, .string(chunk.text))
        add(EventKey.tokenCount, chunk.tokenCount.map { .int(Int64($0)) })
        add(EventKey.choiceIndex, chunk.choiceIndex == 0 ? nil : .int(Int64(chunk.choiceIndex)))
        add(EventKey.callIndex, chunk.toolCall.map { .int(Int64($0.index)) })
        add(EventKey.callID, chunk.toolCall?.id.map { .string($0) })
        add(EventKey.callName, chunk.toolCall?.name.map { .string($0) })
        return event
    }
}

extension StreamConvention {
    /// The stream that a log record carries whole; nil for all other records.
    ///
    /// An export to OTLP writes such records for streams that their spans do not tell: it has no other place for them.
    /// All that is stored of a stream comes back. Its own span stands in only where the one that it belongs to is
    /// not there, under ids that are a function of that one's, so that it cannot be taken for it.
    package static func stream(carriedBy log: SpanLogRecord) -> RecordedStream? {
        guard log.event.name == StreamAttributes.Record.event, log.scope.name == StreamAttributes.Record.scope else {
            return nil
        }
        var info = StreamInfo(source: "otlp log record")
        apply(log.event.attributes, to: &info)
        return RecordedStream(
            span: standIn(for: log, info), info: info, chunks: chunks(in: log.event.attributes) ?? StreamChunks(),
            owner: .span(log.traceID, log.spanID))
    }

    /// A model call of which only the stream is known.
    private static func standIn(for log: SpanLogRecord, _ info: StreamInfo) -> Span {
        var end: Int64?
        if let start = info.startUnixNano, let duration = info.durationNanos {
            end = start.addingIfFits(duration)
        }
        var span = Span(
            traceID: TraceID(high: mixed(log.traceID.high, log.spanID.rawValue), low: mixed(log.traceID.low, 1)),
            spanID: SpanID(mixed(log.spanID.rawValue, log.traceID.low)), name: "chat", otelKind: .client,
            startUnixNano: info.startUnixNano, endUnixNano: end)
        span.attributes = [Attribute("gen_ai.operation.name", .string("chat"))]
        if let tokens = info.tokensBilled {
            span.attributes.append(Attribute("gen_ai.usage.output_tokens", .int(tokens)))
        }
        if let reason = info.finishReason {
            span.attributes.append(Attribute("gen_ai.response.finish_reasons", .array([.string(reason)])))
        }
        span.resource = log.resource
        span.scope = log.scope
        if span.startUnixNano == nil { span.marks.insert(.missingStart) }
        if span.endUnixNano == nil { span.marks.insert(.unfinished) }
        return span
    }

    /// Another word that is a function of two, never 0.
    private static func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
        StableHash.mixed(a ^ (b &* StableHash.goldenRatio)) | 1
    }
}

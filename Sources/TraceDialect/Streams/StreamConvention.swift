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

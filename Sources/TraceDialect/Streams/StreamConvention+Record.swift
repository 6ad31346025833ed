import Basics
package import TraceModel

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

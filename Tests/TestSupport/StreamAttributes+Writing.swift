import Basics
package import TraceModel

/// Streams in the convention of this program, written by rules of their own: what readers and exports are held to.
extension StreamAttributes {
    private typealias ArrayKey = Chunks
    private typealias StreamKey = Whole

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
        var event = SpanEvent(timeUnixNano: time, name: "gen_ai.response.chunk", origin: origin)
        func add(_ key: String, _ value: AttributeValue?) {
            if let value { event.attributes.append(Attribute(key, value)) }
        }
        let prefix = "gen_ai.response.chunk."
        add(prefix + "sequence", .int(Int64(chunk.sequence)))
        add(prefix + "offset_ns", chunk.offsetNanos.map { .int($0) })
        add(prefix + "kind", .string(chunk.kind.name))
        add(prefix + "text", .string(chunk.text))
        add(prefix + "token_count", chunk.tokenCount.map { .int(Int64($0)) })
        add(prefix + "choice_index", chunk.choiceIndex == 0 ? nil : .int(Int64(chunk.choiceIndex)))
        add(prefix + "tool_call.index", chunk.toolCall.map { .int(Int64($0.index)) })
        add(prefix + "tool_call.id", chunk.toolCall?.id.map { .string($0) })
        add(prefix + "tool_call.name", chunk.toolCall?.name.map { .string($0) })
        return event
    }
}

import FastJSON
import TraceModel

extension OTLPBytes {
    /// A stream as a log record of its span, in the arrays of `StreamAttributes`.
    ///
    /// OTLP has no form for streams, so that other back ends take it for what it looks like. Columns that say nothing
    /// are left out; where a chunk has no value in one that stands, the entry is empty.
    mutating func stream(_ stream: WholeStream, of span: Span) {
        append("{")
        // The true start stands among the attributes, whatever it is.
        if let start = stream.info.startUnixNano ?? span.startUnixNano, start > 0 {
            append("\"timeUnixNano\":")
            int64(start)
        }
        key("\"attributes\":[")
        info(stream.info)
        chunks(stream.chunks)
        append("]")
        reference(span.traceID, span.spanID)
        key("\"eventName\":")
        string(StreamAttributes.Record.event)
        append("}")
    }

    private mutating func info(_ info: StreamInfo) {
        typealias Key = StreamAttributes.Whole
        number(Key.start, info.startUnixNano)
        number(Key.duration, info.durationNanos)
        text(Key.timing, info.timing.name)
        text(Key.clock, info.clock)
        text(Key.endCause, info.endCause.name)
        text(Key.finishReason, info.finishReason)
        number(Key.tokensBilled, info.tokensBilled)
        number(Key.tokensDelivered, info.tokensDelivered)
        number(Key.tokensReasoning, info.tokensReasoning)
        text(Key.source, info.source)
        text(Key.wireProtocol, info.wireProtocol)
        if info.droppedChunks != 0 { number(Key.droppedChunks, Int64(info.droppedChunks)) }
        text(Key.errorMessage, info.errorMessage)
        if !info.remarks.isEmpty {
            array(Key.remarks, info.remarks.indices) { out, index in out.value(.string(info.remarks[index])) }
        }
    }

    private mutating func chunks(_ chunks: StreamChunks) {
        typealias Key = StreamAttributes.Chunks
        let all = chunks.indices
        if chunks.offsets.contains(where: { $0 != StreamChunks.unknownOffset }) {
            array(Key.offset, all) { out, index in out.number(chunks.offsetNanos(index)) }
        }
        // Also tells how many chunks there are.
        array(Key.kind, all) { out, index in
            out.append("{\"stringValue\":\"")
            out.bytes.append(contentsOf: chunks.kinds[index].name.utf8)
            out.append("\"}")
        }
        if !chunks.isEmpty {
            array(Key.text, all) { out, index in
                out.append("{\"stringValue\":")
                out.string(String(decoding: chunks.text[chunks.textRange(index)], as: UTF8.self))
                out.append("}")
            }
        }
        if chunks.tokenCounts.contains(where: { $0 >= 0 }) {
            array(Key.tokenCount, all) { out, index in out.number(chunks.tokenCount(index).map { Int64($0) }) }
        }
        if chunks.choices.contains(where: { $0 != 0 }) {
            array(Key.choiceIndex, all) { out, index in
                let choice = chunks.choiceIndex(index)
                out.number(choice == 0 ? nil : Int64(choice))
            }
        }
        guard chunks.callIndexes.contains(where: { $0 >= 0 }) else { return }
        array(Key.callIndex, all) { out, index in out.number(chunks.toolCall(index).map { Int64($0.index) }) }
        if chunks.toolCalls.contains(where: { $0.id != nil }) {
            array(Key.callID, all) { out, index in out.text(chunks.toolCall(index)?.id) }
        }
        if chunks.toolCalls.contains(where: { $0.name != nil }) {
            array(Key.callName, all) { out, index in out.text(chunks.toolCall(index)?.name) }
        }
    }

    // MARK: Attributes

    private mutating func number(_ key: String, _ number: Int64?) {
        guard let number else { return }
        begin(key)
        self.number(number)
        append("}")
    }

    private mutating func text(_ key: String, _ text: String?) {
        guard let text else { return }
        begin(key)
        self.text(text)
        append("}")
    }

    private mutating func array(_ key: String, _ range: Range<Int>, _ body: (inout OTLPBytes, Int) -> Void) {
        begin(key)
        append("{\"arrayValue\":{\"values\":[")
        for index in range {
            element()
            body(&self, index)
        }
        append("]}}}")
    }

    private mutating func begin(_ key: String) {
        element()
        append("{\"key\":")
        string(key)
        append(",\"value\":")
    }

    private mutating func number(_ number: Int64?) { value(number.map { .int($0) } ?? .empty) }
    private mutating func text(_ text: String?) { value(text.map { .string($0) } ?? .empty) }
}

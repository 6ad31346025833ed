import FastJSON
import TraceAnalysis
import TraceModel

/// The events of the wire that carry a stream, made anew in the form of its provider.
///
/// Chunks with content become the events that carry such content; what a protocol needs around them, such as the
/// start and the stop of a block, comes with the chunk that makes it necessary. Finish reason and usage come at the
/// end. Chunks of kind `other` that hold
/// a line of JSON are written as they came.
struct ProviderEvents {
    /// Bytes of the wire and when they came.
    struct Event: Equatable {
        /// Nanoseconds from the request.
        var nanos: Int64
        var text: String
    }

    /// A protocol's way to write chunks.
    protocol Form {
        init(_ stream: StreamExport)
        /// The text on the wire for a chunk with content; empty where the protocol holds it back.
        mutating func content(_ chunk: StreamChunk, isLastOfCall: Bool, nanos: Int64) -> String
        /// The end of the stream: finish reason, usage, end mark, as far as they are known.
        mutating func end(nanos: Int64) -> String
        /// An event that is JSON already.
        func raw(_ json: String) -> String
    }

    let all: [Event]

    init(_ stream: StreamExport) {
        switch stream.info.wireProtocol {
        case "anthropic.messages": all = Self.events(stream, AnthropicForm(stream))
        case "gemini.generate_content": all = Self.events(stream, GeminiForm(stream))
        case "ollama.chat", "ollama.generate": all = Self.events(stream, OllamaForm(stream))
        default: all = Self.events(stream, OpenAIChatForm(stream))
        }
    }

    private struct Call: Hashable {
        var choice: Int
        var index: Int?
    }

    private static func events(_ stream: StreamExport, _ form: some Form) -> [Event] {
        var form = form
        var events: [Event] = []
        let chunks = stream.chunks
        let arrivals = StreamArrivals(chunks).nanos
        var lastOfCall: [Call: Int] = [:]
        for index in chunks.indices where chunks.kinds[index] == .toolArguments {
            lastOfCall[Call(choice: chunks.choiceIndex(index), index: chunks.toolCall(index)?.index)] = index
        }
        for chunk in chunks {
            let nanos = arrivals[chunk.sequence]
            if chunk.kind.isContent {
                let call = Call(choice: chunk.choiceIndex, index: chunk.toolCall?.index)
                let isLast = chunk.kind == .toolArguments && lastOfCall[call] == chunk.sequence
                let text = form.content(chunk, isLastOfCall: isLast, nanos: nanos)
                if !text.isEmpty { events.append(Event(nanos: nanos, text: text)) }
            } else if chunk.kind == .other, chunk.text.utf8.first == UInt8(ascii: "{"),
                !chunk.text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D })
            {
                events.append(Event(nanos: nanos, text: form.raw(chunk.text)))
            }
        }
        // A stream that broke has no end mark.
        if stream.info.finishReason != nil || stream.info.endCause == .finished || chunks.kinds.contains(.terminal) {
            let place = chunks.kinds.lastIndex(of: .terminal)
            let nanos = place.map { arrivals[$0] } ?? arrivals.last ?? 0
            events.append(Event(nanos: nanos, text: form.end(nanos: nanos)))
        }
        return events
    }

    /// One event of server-sent events; JSON has no line breaks in it.
    static func sse(_ json: JSONWriter, event: String? = nil) -> String {
        (event.map { "event: \($0)\n" } ?? "") + "data: \(json.text)\n\n"
    }
}

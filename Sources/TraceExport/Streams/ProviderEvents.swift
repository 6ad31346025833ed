import FastJSON
import TraceAnalysis
import TraceModel

/// The events of the wire that carry a stream, made anew in the form of its provider.
///
/// Each chunk becomes the event that gives such a chunk when the file is read: content, usage, finish reasons and end
/// marks, and those without content, of which a chunk keeps the type. What a protocol needs around content, such as
/// the start and the stop of a block, and what the recording does not have comes with the chunk that makes it
/// necessary. Gemini and Ollama send calls whole, so that there the pieces of arguments become one.
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
        /// The text on the wire for a chunk of usage, an end mark or another one without content, which may be empty;
        /// `next` is the chunk with content that follows.
        mutating func mark(_ chunk: StreamChunk, next: StreamChunk?, nanos: Int64) -> String
        /// The end of a stream: finish reason, usage, end mark, as far as they are known.
        mutating func end(nanos: Int64) -> String
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
        var nextContent = [Int?](repeating: nil, count: chunks.count)
        for index in chunks.indices.dropLast().reversed() {
            nextContent[index] = chunks.kinds[index + 1].isContent ? index + 1 : nextContent[index + 1]
        }
        for chunk in chunks {
            let nanos = arrivals[chunk.sequence]
            let text: String
            if chunk.kind.isContent {
                let call = Call(choice: chunk.choiceIndex, index: chunk.toolCall?.index)
                let isLast = chunk.kind == .toolArguments && lastOfCall[call] == chunk.sequence
                text = form.content(chunk, isLastOfCall: isLast, nanos: nanos)
            } else {
                text = form.mark(chunk, next: nextContent[chunk.sequence].map { chunks[$0] }, nanos: nanos)
            }
            if !text.isEmpty { events.append(Event(nanos: nanos, text: text)) }
        }
        // A stream that broke has no end mark.
        let isFinished = stream.info.finishReason != nil || stream.info.endCause == .finished
        if isFinished, !chunks.kinds.contains(.terminal) {
            let nanos = arrivals.last ?? 0
            events.append(Event(nanos: nanos, text: form.end(nanos: nanos)))
        }
        return events
    }

    /// The text of a chunk where it is an object of JSON in one line, which the wire can carry as it is.
    static func object(_ chunk: StreamChunk) -> String? {
        let bytes = chunk.text.utf8
        guard bytes.first == UInt8(ascii: "{"), !bytes.contains(where: { $0 == 0x0A || $0 == 0x0D }),
            (try? JSONValue(parsing: chunk.text)) != nil
        else { return nil }
        var text: [UInt8] = []
        JSONEscape.encodeUnseen(inJSON: chunk.text, into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// One event of server-sent events, whose data is an object; JSON has no line breaks in it.
    static func sse(event: String? = nil, _ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        json.object(body)
        return (event.map { "event: \($0)\n" } ?? "") + "data: \(json.text)\n\n"
    }
}

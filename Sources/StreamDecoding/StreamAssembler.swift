import Basics
import FastJSON
package import TraceModel

/// Turns the bytes of a streamed response, as they arrive, into chunks and the message that they add up to.
///
/// Knows SSE, JSON Lines and JSON arrays, Amazon's event stream frames, and the events of the providers in
/// `WireProtocol`; bytes may be cut anywhere. Nothing is lost: an event that no rule knows becomes a chunk of kind
/// `other` with its data as text. A known event without content, such as a ping, is a chunk of kind `other` with its
/// type as text.
package struct StreamAssembler: Sendable {
    /// Nesting of an event that is read; deeper ones are chunks of kind `other`.
    private static let depthLimit = 512

    private var framer: EventFramer
    private var builder = ResponseBuilder()
    private var wireProtocol: WireProtocol?

    /// What is known before the first byte: nil means that the events tell.
    package init(protocol hint: WireProtocol? = nil) {
        self.init(protocol: hint, byteLimit: EventFramer.defaultByteLimit)
    }

    /// Holds at most so many bytes of one event; what exceeds them is dropped with a remark.
    package init(protocol hint: WireProtocol?, byteLimit: Int) {
        wireProtocol = hint == .unknown ? nil : hint
        framer = EventFramer(byteLimit: byteLimit)
    }

    /// The chunks so far; those of one call of `append` share its offset.
    package var chunks: StreamChunks { builder.chunks }

    /// What is known of the response so far: id, model, usage, error, but neither messages nor finish reasons.
    package var progress: AssembledResponse { builder.response }

    /// The number of chunks so far, without a copy of them.
    package var chunkCount: Int { builder.chunks.count }

    /// Reads bytes that arrived `offsetNanos` after the request; nil where no clock saw them.
    package mutating func append(_ bytes: some Sequence<UInt8>, offsetNanos: Int64?) {
        builder.offsetNanos = offsetNanos
        for event in framer.append(Array(bytes)) { read(event) }
    }

    /// Reads one event out of its framing, such as a message of a WebSocket.
    package mutating func append(event data: [UInt8], name: String? = nil, offsetNanos: Int64?) {
        builder.offsetNanos = offsetNanos
        read(WireEvent(name: name, data: data))
    }

    /// Ends the stream and says what it came to.
    package mutating func finish() -> AssembledResponse {
        for event in framer.finish() { read(event) }
        builder.response.wireProtocol = wireProtocol
        return builder.finished(framingRemarks: framer.remarks)
    }

    // MARK: Events

    private mutating func read(_ event: WireEvent) {
        guard event.form != .stray else {
            builder.note(String(decoding: event.data, as: UTF8.self))
            return
        }
        let text = event.data.drop { $0 <= 0x20 }
        if text.starts(with: Self.doneMark) && text.count < 16 {
            builder.finish("[DONE]")
            return
        }
        builder.hasHalves = false
        var data = event.data
        if let marked = LoneSurrogates.marked(data) {
            data = marked
            builder.hasHalves = true
        }
        guard let value = parse(data) else {
            unreadable(event)
            return
        }
        if event.form == .namedPayload, let name = event.name {
            readPayload(value, name: name)
        } else {
            read(value, name: event.name, data: event.data)
        }
    }

    private static let doneMark = Array("[DONE]".utf8)

    /// Parses an event; bytes that are no UTF-8 are replaced.
    private mutating func parse(_ data: [UInt8]) -> JSONValue? {
        do throws(JSONError) {
            return try JSONValue(parsing: data, depthLimit: Self.depthLimit)
        } catch {
            guard error.reason == .invalidUTF8 else { return nil }
            builder.remark("bytes that are no UTF-8 were replaced")
            let repaired = Array(String(decoding: data, as: UTF8.self).utf8)
            return try? JSONValue(parsing: repaired, depthLimit: Self.depthLimit)
        }
    }

    /// An event that is no JSON: several of them without blank lines between, or plain text.
    private mutating func unreadable(_ event: WireEvent) {
        let lines = event.data.split(separator: 0x0A)
        if lines.count > 1, event.form == .data,
            lines.allSatisfy({ $0.first == UInt8(ascii: "{") || $0.first == UInt8(ascii: "[") })
        {
            for line in lines { read(WireEvent(name: event.name, data: Array(line))) }
            return
        }
        builder.remark("an event is no JSON")
        builder.note(String(decoding: event.data, as: UTF8.self))
    }

    /// An event of a binary stream: its type is in the header, or Amazon's envelope holds another provider's event.
    private mutating func readPayload(_ value: JSONValue, name: String) {
        if name == "chunk", let inner = value["bytes"]?.string, let bytes = Base64.decode(inner.utf8, .anyPadding) {
            read(WireEvent(data: bytes))
        } else {
            let whole = JSONValue.object([JSONMember(name, value)])
            read(whole, name: name, data: Array(whole.text().utf8))
        }
    }

    private mutating func read(_ value: JSONValue, name: String?, data: [UInt8]) {
        let event = ProtocolDetection.unwrapped(value)
        let detected = ProtocolDetection.wireProtocol(of: event, name: name)
        if let detected { wireProtocol = detected }
        let before = builder.chunks.count
        let isKnown = ProtocolReader.read(event, name: name, as: detected ?? wireProtocol, into: &builder)
        if !isKnown {
            builder.note(String(decoding: data, as: UTF8.self))
        } else if builder.chunks.count == before {
            builder.note(event["type"]?.string ?? event["event_type"]?.string ?? name ?? "")
        }
    }
}

/// What the events of a streamed response, or the body of a whole one, add up to.
package struct AssembledResponse: Equatable, Sendable {
    package var wireProtocol: WireProtocol?
    package var responseID: String?
    package var modelResolved: String?
    package var provider: String?
    /// The answers, one for each choice.
    package var messages: [Message] = []
    package var usage = TokenUsage()
    /// The finish reason of each choice that states one, in the order of choices.
    package var finishReasons: [String] = []
    /// True once the provider's end mark or a finish reason arrived.
    package var isFinished = false
    /// The error event, where there was one: its type and its message.
    package var errorType: String?
    package var errorMessage: String?
    /// Times that the provider itself states about the response, nanoseconds.
    package var providerDurationNanos: Int64?
    /// What was odd, one sentence each, such as events that were no JSON, or bytes that were no UTF-8.
    package var remarks: [String] = []

    package init() {}
}

extension AssembledResponse {
    /// Reads the whole body of a response that was not streamed, or of one that was.
    ///
    /// A body that is no JSON, or of no known form, gives a response without messages and with a remark.
    package init(body: [UInt8], protocol hint: WireProtocol?) {
        var assembler = StreamAssembler(protocol: hint)
        assembler.append(body, offsetNanos: nil)
        self = assembler.finish()
    }
}

/// The form in which a provider streams a response.
package enum WireProtocol: String, Sendable, CaseIterable {
    case openAIChat = "openai.chat"
    case openAIResponses = "openai.responses"
    case openAICompletions = "openai.completions"
    case openAIRealtime = "openai.realtime"
    case anthropicMessages = "anthropic.messages"
    case geminiGenerate = "gemini.generate_content"
    case geminiInteractions = "gemini.interactions"
    case ollamaChat = "ollama.chat"
    case ollamaGenerate = "ollama.generate"
    case bedrockConverse = "bedrock.converse"
    case cohereChat = "cohere.chat"
    /// Something that streams and that no table row knows: every event is a chunk of kind `other`.
    case unknown = "unknown"
}

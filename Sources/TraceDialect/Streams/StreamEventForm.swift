import FastJSON
import TraceModel

/// The forms in which programs record one chunk as one event; of several on a span the first that has texts is read.
enum StreamEventForm: Int, CaseIterable {
    /// Our own convention.
    case convention
    /// MLflow: `mlflow.chunk.item.{i}` with the provider's chunk as JSON.
    case mlflow
    /// Alibaba's fork of the conventions: one event an iteration of the decoder.
    case decoderIteration
    /// google-genai's instrumentation: a log record for each partial answer.
    case choice
    /// LangChain's callback for a new token.
    case newToken
    /// OpenLLMetry: the time alone.
    case timedOnly
    /// AgentOps: the type of each event of the responses API.
    case responsesEvent
    /// Codex: the type of each server-sent event.
    case sseEvent

    private static let names: [String: StreamEventForm] = [
        StreamConvention.chunkEvent: .convention,
        "gen_ai.token.generated": .decoderIteration,
        "gen_ai.choice": .choice,
        "new_token": .newToken,
        "llm.content.completion.chunk": .timedOnly,
        "gen_ai.content.completion.chunk": .timedOnly,
        "responses_api_event": .responsesEvent,
        "codex.sse_event": .sseEvent,
    ]
    static let mlflowPrefix = "mlflow.chunk.item."

    init?(_ eventName: String) {
        if let form = Self.names[eventName] {
            self = form
        } else if eventName.hasPrefix(Self.mlflowPrefix) {
            self = .mlflow
        } else {
            return nil
        }
    }

    /// What the source of a stream in this form is called.
    var source: String {
        switch self {
        case .convention: "otlp events"
        case .mlflow: "mlflow events"
        case .decoderIteration: "gen_ai.token.generated events"
        case .choice: "gen_ai.choice logs"
        case .newToken: "new_token events"
        case .timedOnly: "completion chunk events"
        case .responsesEvent: "responses_api_event events"
        case .sseEvent: "codex.sse_event logs"
        }
    }
}

extension StreamEventForm {
    /// The place of an event, whose chunks are known, in a numbering that leaves none out; nil where the form has none.
    func place(of event: SpanEvent, _ chunks: [ExtractedChunk]) -> Int64? {
        switch self {
        case .convention: chunks.first?.place
        case .mlflow: Int64(event.name.dropFirst(Self.mlflowPrefix.count))
        case .decoderIteration, .choice, .newToken, .timedOnly, .responsesEvent, .sseEvent: nil
        }
    }

    /// The chunks that one event holds, without their times.
    func chunks(of event: SpanEvent) -> [ExtractedChunk] {
        switch self {
        case .convention: return [StreamConvention.chunk(of: event)]
        case .mlflow: return mlflow(event)
        case .decoderIteration: return decoderIteration(event)
        case .choice: return choice(event)
        case .newToken: return newToken(event)
        case .timedOnly: return [.untold]
        case .responsesEvent: return typed(event, "event_type", place: "event_number")
        case .sseEvent: return typed(event, "event.kind", place: nil)
        }
    }

    private func mlflow(_ event: SpanEvent) -> [ExtractedChunk] {
        let place = Int64(event.name.dropFirst(Self.mlflowPrefix.count))
        let value = event.attributes.value(of: "mlflow.chunk.value")
        let json =
            value?.stringValue.map { (try? JSONValue(parsing: $0)) ?? .string($0) } ?? value.map { JSONValue($0) }
        return ProviderChunk.chunks(json ?? .null).map { ExtractedChunk(chunk: $0, place: place) }
    }

    /// One entry a candidate.
    private func decoderIteration(_ event: SpanEvent) -> [ExtractedChunk] {
        guard case .array(let texts) = event.attributes.value(of: "gen_ai.response.candidate.decoded_tokens") else {
            return [.untold]
        }
        return texts.enumerated().map { index, text in
            ExtractedChunk(
                chunk: StreamChunk(
                    offsetNanos: nil, kind: .text, text: text.stringValue ?? "", tokenCount: 1, choiceIndex: index))
        }
    }

    private func choice(_ event: SpanEvent) -> [ExtractedChunk] {
        var json = event.body.map { JSONValue($0) } ?? .null
        if json.members == nil {
            json = .object(event.attributes.map { JSONMember($0.key, MessageReader.structured($0.value)) })
        }
        return ProviderChunk.choice(json).map { ExtractedChunk(chunk: $0) }
    }

    private func newToken(_ event: SpanEvent) -> [ExtractedChunk] {
        for key in ["token", "kwargs.token", "kwargs.chunk", "chunk"] {
            guard let value = event.attributes.value(of: key) else { continue }
            if key.hasSuffix("token"), let text = value.stringValue, !text.isEmpty {
                return [ExtractedChunk(chunk: StreamChunk(offsetNanos: nil, kind: .text, text: text))]
            }
            let chunks = ProviderChunk.chunks(MessageReader.structured(value))
            if chunks.contains(where: { !$0.text.isEmpty }) { return chunks.map { ExtractedChunk(chunk: $0) } }
        }
        return [.untold]
    }

    /// An event of which only the provider's type is recorded.
    private func typed(_ event: SpanEvent, _ key: String, place: String?) -> [ExtractedChunk] {
        let type = event.attributes.value(of: key)?.stringValue ?? ""
        let kind: ChunkKind =
            switch type {
            case "response.output_text.delta": .text
            case _ where type.hasPrefix("response.reasoning") && type.hasSuffix(".delta"): .reasoning
            case "response.refusal.delta": .refusal
            case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta",
                "response.mcp_call_arguments.delta":
                .toolArguments
            case "response.completed", "response.incomplete", "response.failed": .terminal
            default: .other
            }
        return [
            ExtractedChunk(
                chunk: StreamChunk(offsetNanos: nil, kind: kind, text: ""),
                place: place.flatMap { event.attributes.value(of: $0)?.intValue })
        ]
    }
}

import FastJSON
import TraceModel

extension StreamEventForm {
    /// The chunks that one event holds, without their times.
    func chunks(of event: SpanEvent) -> [ExtractedChunk] {
        switch self {
        case .convention: return [StreamConvention.chunk(of: event)]
        case .mlflow: return mlflow(event)
        case .decoderIteration: return decoderIteration(event)
        case .choice: return choice(event)
        case .newToken: return newToken(event)
        case .timedOnly: return [ExtractedChunk(chunk: StreamChunk(offsetNanos: nil, kind: .text, text: ""))]
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
            return [ExtractedChunk(chunk: StreamChunk(offsetNanos: nil, kind: .text, text: ""))]
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
            json = .object(
                event.attributes.map { attribute in
                    let value = JSONValue(attribute.value)
                    return JSONMember(attribute.key, value.string.flatMap { MessageReader.embedded($0) } ?? value)
                })
        }
        return ProviderChunk.choice(json).map { ExtractedChunk(chunk: $0) }
    }

    private func newToken(_ event: SpanEvent) -> [ExtractedChunk] {
        for key in ["token", "kwargs.token", "kwargs.chunk", "chunk"] {
            guard let value = event.attributes.value(of: key) else { continue }
            if key.hasSuffix("token"), let text = value.stringValue, !text.isEmpty {
                return [ExtractedChunk(chunk: StreamChunk(offsetNanos: nil, kind: .text, text: text))]
            }
            let json = value.stringValue.flatMap { MessageReader.embedded($0) } ?? JSONValue(value)
            let chunks = ProviderChunk.chunks(json)
            if chunks.contains(where: { !$0.text.isEmpty }) { return chunks.map { ExtractedChunk(chunk: $0) } }
        }
        return [ExtractedChunk(chunk: StreamChunk(offsetNanos: nil, kind: .text, text: ""))]
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

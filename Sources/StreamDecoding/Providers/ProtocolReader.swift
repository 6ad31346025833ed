import FastJSON
import TraceModel

/// Hands an event to the reader of its protocol.
enum ProtocolReader {
    /// Reads an event; false where no rule knows it.
    static func read(
        _ event: JSONValue, name: String?, as wireProtocol: WireProtocol?, into builder: inout ResponseBuilder
    ) -> Bool {
        let isKnown =
            switch wireProtocol {
            case .openAIChat, .openAICompletions: OpenAIChatReader.read(event, into: &builder)
            case .openAIResponses, .openAIRealtime: OpenAIResponsesReader.read(event, into: &builder)
            case .anthropicMessages: AnthropicReader.read(event, into: &builder)
            case .geminiGenerate: GeminiReader.read(event, into: &builder)
            case .geminiInteractions: InteractionsReader.read(event, into: &builder)
            case .ollamaChat, .ollamaGenerate: OllamaReader.read(event, into: &builder)
            case .bedrockConverse: BedrockReader.read(event, into: &builder)
            case .cohereChat: CohereReader.read(event, into: &builder)
            case .unknown, nil: false
            }
        return isKnown || readError(event, name: name, into: &builder) || readBareUsage(event, into: &builder)
    }

    /// Errors look much the same everywhere: an `error` member, or an event of that name.
    private static func readError(_ event: JSONValue, name: String?, into builder: inout ResponseBuilder) -> Bool {
        if let error = event["error"], !error.isNull {
            let code = error["code"].flatMap { $0.string ?? $0.int.map(String.init) }
            let type = error["type"]?.string ?? code ?? error["status"]?.string
            builder.fail(type: type, message: error.string ?? error["message"]?.string ?? error.text())
            return true
        }
        guard event["type"]?.string == "error" || name == "error" else { return false }
        let message = event["message"]?.string ?? event["detail"]?.string
        builder.fail(type: event["code"]?.string ?? "error", message: message)
        return true
    }

    /// Answers that are no conversation, such as embeddings, still state their usage.
    private static func readBareUsage(_ event: JSONValue, into builder: inout ResponseBuilder) -> Bool {
        guard event["type"] == nil, builder.usage(event["usage"], { $0.openAI($1) }) else { return false }
        builder.identify(id: event["id"], model: event["model"])
        builder.response.isFinished = true
        return true
    }
}

extension JSONValue {
    /// A number of a choice or block: small and not negative.
    var smallIndex: Int? {
        guard let value = int, value >= 0, value < 1_000_000 else { return nil }
        return Int(value)
    }
}

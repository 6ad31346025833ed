import FastJSON
package import TraceModel

/// Writes a model call as a span with the attributes of the GenAI semantic conventions.
package enum ModelCallSpan {
    /// The attributes that say what was asked and what came back; the dialect reads them as any other program's.
    ///
    /// Messages are `gen_ai.input.messages`, `gen_ai.output.messages` and `gen_ai.system_instructions` as JSON texts in
    /// the form of the conventions; usage, ids, models and finish reasons have their own attributes. What is unknown
    /// has none.
    package static func attributes(request: ModelRequest?, response: AssembledResponse) -> [Attribute] {
        var list: [Attribute] = []
        func add(_ key: String, _ text: String?) { if let text { list.append(Attribute(key, .string(text))) } }
        func add(_ key: String, _ count: Int64?) { if let count { list.append(Attribute(key, .int(count))) } }
        add("gen_ai.operation.name", operation(request, response))
        add("gen_ai.provider.name", request?.provider ?? response.provider ?? provider(response.wireProtocol))
        add("gen_ai.request.model", request?.model)
        if request?.isStreaming == true { list.append(Attribute("gen_ai.request.stream", .bool(true))) }
        list += request?.parameters ?? []
        add("gen_ai.response.id", response.responseID)
        add("gen_ai.response.model", response.modelResolved)
        if !response.finishReasons.isEmpty {
            let reasons = response.finishReasons.map { AttributeValue.string($0) }
            list.append(Attribute("gen_ai.response.finish_reasons", .array(reasons)))
        }
        add("gen_ai.usage.input_tokens", response.usage.input)
        add("gen_ai.usage.output_tokens", response.usage.output)
        add("gen_ai.usage.cache_read.input_tokens", response.usage.cacheRead)
        add("gen_ai.usage.cache_creation.input_tokens", response.usage.cacheWrite)
        add("gen_ai.usage.reasoning.output_tokens", response.usage.reasoning)
        if let request {
            if !request.systemInstructions.isEmpty {
                add("gen_ai.system_instructions", MessageJSON.text(request.systemInstructions))
            }
            if !request.messages.isEmpty {
                add("gen_ai.input.messages", MessageJSON.text(request.messages, isOutput: false))
            }
            if !request.tools.isEmpty {
                add("gen_ai.tool.definitions", "[" + request.tools.joined(separator: ",") + "]")
            }
        }
        if !response.messages.isEmpty {
            add("gen_ai.output.messages", MessageJSON.text(response.messages, isOutput: true))
        }
        add("error.type", response.errorType)
        return list
    }

    /// The name by the conventions: the operation and the model, such as `chat gpt-4o`.
    package static func name(request: ModelRequest?, response: AssembledResponse) -> String {
        let operation = operation(request, response)
        guard let model = request?.model ?? response.modelResolved else { return operation }
        return operation + " " + model
    }

    private static func operation(_ request: ModelRequest?, _ response: AssembledResponse) -> String {
        if let operation = request?.operation { return operation }
        switch response.wireProtocol ?? request?.wireProtocol {
        case .openAICompletions, .ollamaGenerate: return "text_completion"
        case .geminiGenerate, .geminiInteractions: return "generate_content"
        default: return "chat"
        }
    }

    /// The provider whose protocol nobody else speaks; many speak OpenAI's.
    private static func provider(_ wireProtocol: WireProtocol?) -> String? {
        switch wireProtocol {
        case .anthropicMessages: "anthropic"
        case .geminiGenerate, .geminiInteractions: "gcp.gen_ai"
        case .bedrockConverse: "aws.bedrock"
        case .cohereChat: "cohere"
        case .ollamaChat, .ollamaGenerate: "ollama"
        case .openAIRealtime: "openai"
        case .openAIChat, .openAICompletions, .openAIResponses, .unknown, nil: nil
        }
    }
}

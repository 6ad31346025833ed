import FastJSON
package import TraceModel

/// What the body and the address of a request to a model say.
package struct ModelRequest: Equatable, Sendable {
    package var wireProtocol: WireProtocol?
    /// The provider's name as `gen_ai.provider.name` has it, by host and path; nil where unknown.
    package var provider: String?
    /// The operation in the words of `gen_ai.operation.name`, such as `chat` or `embeddings`.
    package var operation: String?
    package var model: String?
    package var isStreaming: Bool?
    package var messages: [Message] = []
    /// System instructions where the protocol keeps them apart from the messages.
    package var systemInstructions: [MessagePart] = []
    /// The tools offered, as JSON texts.
    package var tools: [String] = []
    /// Parameters of the GenAI conventions: `gen_ai.request.temperature` and the like.
    package var parameters: [Attribute] = []

    package init() {}

    /// Reads a request; a body that is no JSON, or of no known form, gives what the path alone tells.
    ///
    /// The path may have a query, which is left alone; it may be empty, then the body tells the protocol.
    package init(method: String, host: String?, path: String, body: [UInt8]) {
        self.init()
        let route = RequestRoute(host: host, path: path)
        wireProtocol = route.wireProtocol
        provider = route.provider
        operation = route.operation
        model = route.model
        isStreaming = route.isStreaming
        guard method != "GET", let value = try? JSONValue(parsing: body), value.members != nil else { return }
        read(value)
    }

    private mutating func read(_ body: JSONValue) {
        model = model ?? body["model"]?.filledString
        isStreaming = isStreaming ?? body["stream"]?.bool
        if wireProtocol == nil && operation == nil { wireProtocol = Self.wireProtocol(of: body) }
        if operation == nil, let wireProtocol {
            operation = wireProtocol == .geminiGenerate ? "generate_content" : "chat"
        }
        switch wireProtocol {
        case .ollamaChat?, .ollamaGenerate?:
            // Ollama streams unless told otherwise.
            isStreaming = body["stream"]?.bool ?? true
        default: break
        }
        guard operation != "embeddings" else { return }
        messages = RequestParts.messages(
            body["messages"] ?? body["contents"] ?? body["input"] ?? body["prompt"] ?? body["message"])
        systemInstructions = RequestParts.parts(
            body["system"] ?? body["instructions"] ?? body["systemInstruction"] ?? body["system_instruction"])
        tools = Self.tools(body)
        parameters = RequestParameters.attributes(body)
    }

    private static func wireProtocol(of body: JSONValue) -> WireProtocol? {
        if body["contents"] != nil { return .geminiGenerate }
        if body["inferenceConfig"] != nil { return .bedrockConverse }
        if body["input"] != nil && body["model"] != nil { return .openAIResponses }
        if body["messages"] != nil && body["system"] != nil { return .anthropicMessages }
        return nil
    }

    /// Tools in a list of their own; Gemini and Amazon nest it.
    private static func tools(_ body: JSONValue) -> [String] {
        let list = body["tools"] ?? body["toolConfig"]?["tools"] ?? body["functions"]
        return (list?.elements ?? []).flatMap { tool in
            let nested = tool["functionDeclarations"]?.elements ?? tool["function_declarations"]?.elements
            return (nested ?? [tool["toolSpec"] ?? tool]).map { $0.text() }
        }
    }
}

/// Parameters of requests as attributes of the GenAI conventions.
enum RequestParameters {
    private enum Form {
        case double
        case int
        case texts
    }

    private static let rows: [(attribute: String, keys: [String], form: Form)] = [
        ("gen_ai.request.temperature", ["temperature"], .double),
        ("gen_ai.request.top_p", ["top_p", "topP", "p"], .double),
        ("gen_ai.request.top_k", ["top_k", "topK", "k"], .double),
        (
            "gen_ai.request.max_tokens",
            [
                "max_completion_tokens", "max_output_tokens", "max_tokens", "maxOutputTokens", "maxTokens",
                "num_predict",
            ], .int
        ),
        ("gen_ai.request.frequency_penalty", ["frequency_penalty", "frequencyPenalty"], .double),
        ("gen_ai.request.presence_penalty", ["presence_penalty", "presencePenalty"], .double),
        ("gen_ai.request.stop_sequences", ["stop", "stop_sequences", "stopSequences"], .texts),
        ("gen_ai.request.seed", ["seed"], .int),
        ("gen_ai.request.choice.count", ["n", "candidateCount"], .int),
    ]

    /// The parameters of a body; some protocols keep them in an object of their own.
    static func attributes(_ body: JSONValue) -> [Attribute] {
        let places = [body] + ["generationConfig", "inferenceConfig", "options"].compactMap { body[$0] }
        return rows.compactMap { row in
            for place in places {
                for key in row.keys {
                    if let value = place[key], let found = attributeValue(value, row.form) {
                        // One choice is what every request asks for.
                        if row.attribute.hasSuffix("choice.count"), found == .int(1) { return nil }
                        return Attribute(row.attribute, found)
                    }
                }
            }
            return nil
        }
    }

    private static func attributeValue(_ value: JSONValue, _ form: Form) -> AttributeValue? {
        switch form {
        case .double: return value.double.map { .double($0) }
        case .int: return value.int.map { .int($0) }
        case .texts:
            let texts = value.elements?.compactMap(\.string) ?? [value.string].compactMap { $0 }
            return texts.isEmpty ? nil : .array(texts.map { .string($0) })
        }
    }
}

/// What the host and path of a request say about the API behind it.
struct RequestRoute: Equatable {
    var wireProtocol: WireProtocol?
    var operation: String?
    var provider: String?
    /// The model, where the path names it.
    var model: String?
    var isStreaming: Bool?

    init(host: String?, path: String) {
        let plain = path.prefix { $0 != "?" && $0 != "#" }
        provider = host.flatMap(Self.provider)
        if let colon = plain.lastIndex(of: ":"), Self.readGemini(plain[plain.index(after: colon)...], into: &self) {
            let resource = plain[..<colon]
            model = resource.split(separator: "/").last.map(String.init)
            return
        }
        let parts = plain.split(separator: "/").map(String.init)
        if let place = parts.firstIndex(of: "model"), place + 2 < parts.count { readBedrock(parts[place...]) }
        if operation == nil { readPlain(parts, provider: provider) }
    }

    private static func readGemini(_ method: Substring, into route: inout RequestRoute) -> Bool {
        switch method {
        case "generateContent", "streamGenerateContent":
            route.wireProtocol = .geminiGenerate
            route.operation = "generate_content"
            route.isStreaming = method == "streamGenerateContent"
        case "embedContent", "batchEmbedContents":
            route.operation = "embeddings"
        default:
            return false
        }
        return true
    }

    private mutating func readBedrock(_ parts: ArraySlice<String>) {
        guard let verb = parts.last else { return }
        model = parts[parts.startIndex + 1].removingPercentEncodingOfColons
        switch verb {
        case "converse", "converse-stream":
            wireProtocol = .bedrockConverse
            operation = "chat"
            isStreaming = verb == "converse-stream"
        case "invoke", "invoke-with-response-stream":
            operation = "chat"
            isStreaming = verb != "invoke"
        default:
            model = nil
        }
    }

    private mutating func readPlain(_ parts: [String], provider: String?) {
        let tail = parts.suffix(2).joined(separator: "/")
        switch tail {
        case "chat/completions", "openai/chat/completions": (wireProtocol, operation) = (.openAIChat, "chat")
        case "api/chat": (wireProtocol, operation) = (.ollamaChat, "chat")
        case "api/generate": (wireProtocol, operation) = (.ollamaGenerate, "text_completion")
        case "v2/chat", "v1/chat": (wireProtocol, operation) = (.cohereChat, "chat")
        default:
            switch parts.last {
            case "responses": (wireProtocol, operation) = (.openAIResponses, "chat")
            case "completions": (wireProtocol, operation) = (.openAICompletions, "text_completion")
            case "messages": (wireProtocol, operation) = (.anthropicMessages, "chat")
            case "interactions": (wireProtocol, operation) = (.geminiInteractions, "generate_content")
            case "embeddings", "embed": operation = "embeddings"
            default: break
            }
        }
    }

    /// The provider by its host, in the words of `gen_ai.provider.name`; nil where the host tells nothing.
    private static func provider(_ host: String) -> String? {
        let name = (host.split(separator: ":").first.map(String.init) ?? host).lowercased()
        return providers.first { name == $0.host || name.hasSuffix("." + $0.host) }?.provider
            ?? (name.hasPrefix("bedrock") && name.hasSuffix(".amazonaws.com") ? "aws.bedrock" : nil)
            ?? (name.hasSuffix("-aiplatform.googleapis.com") ? "gcp.vertex_ai" : nil)
    }

    private static let providers: [(host: String, provider: String)] = [
        ("api.openai.com", "openai"), ("api.anthropic.com", "anthropic"),
        ("generativelanguage.googleapis.com", "gcp.gen_ai"), ("aiplatform.googleapis.com", "gcp.vertex_ai"),
        ("openai.azure.com", "azure.ai.openai"), ("services.ai.azure.com", "azure.ai.inference"),
        ("models.ai.azure.com", "azure.ai.inference"), ("api.groq.com", "groq"), ("api.mistral.ai", "mistral_ai"),
        ("api.deepseek.com", "deepseek"), ("api.x.ai", "x_ai"), ("api.perplexity.ai", "perplexity"),
        ("api.cohere.com", "cohere"), ("api.cohere.ai", "cohere"), ("ml.cloud.ibm.com", "ibm.watsonx.ai"),
        ("api.moonshot.ai", "moonshot_ai"), ("openrouter.ai", "openrouter"),
    ]
}

extension String {
    /// The text with `%3A` read as a colon, which model names of Amazon's hold.
    var removingPercentEncodingOfColons: String {
        replacing("%3A", with: ":").replacing("%3a", with: ":")
    }
}

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

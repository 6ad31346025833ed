/// A model as programs ask for it.
struct ServedModel: Sendable, ExpressibleByStringLiteral {
    var name: String
    var provider = "openai"
    /// The model that answers; nil where the provider does not say.
    var answeredBy: String?

    init(_ name: String, provider: String = "openai", answeredBy: String? = nil) {
        self.name = name
        self.provider = provider
        self.answeredBy = answeredBy
    }

    init(stringLiteral name: String) { self.init(name) }

    static let gpt4o = ServedModel("gpt-4o", answeredBy: "gpt-4o-2024-11-20")
    static let gpt4oMini = ServedModel("gpt-4o-mini", answeredBy: "gpt-4o-mini-2024-07-18")
    static let sonnet = ServedModel(
        "claude-sonnet-4-5", provider: "anthropic", answeredBy: "claude-sonnet-4-5-20250929")
    static let opus = ServedModel("claude-opus-4-1", provider: "anthropic")
    static let gemini = ServedModel("gemini-2.5-pro", provider: "gcp.gemini")
    static let llama = ServedModel("llama-3.3-70b", provider: "groq")
}

/// One call of a model, told once and written in any voice.
struct ModelCall: Sendable {
    var model: ServedModel
    var input: [ChatMessage]
    var output: ChatMessage
    var finish = "stop"
    /// The length of the call, in seconds.
    var seconds: Double
    /// Seconds to the first chunk of a streamed answer; nil for an answer in one piece.
    var firstChunk: Double?
    /// How the chunks of a streamed answer arrived; nil where nobody recorded them.
    var stream: StreamPlan?
    var inputTokens: Int64?
    var outputTokens: Int64?
    var cacheReadTokens: Int64?
    var reasoningTokens: Int64?
    /// False leaves the usage out, as a stream without a usage record does.
    var statesUsage = true
    /// JSON texts of the tools that were offered.
    var tools: [String] = []
    /// The name of the span; nil for the one that the conventions give it.
    var spanName: String?
    var failure: RecordedFailure?

    static let temperature = 0.2

    init(_ model: ServedModel, _ input: [ChatMessage], _ output: ChatMessage, seconds: Double) {
        self.model = model
        self.input = input
        self.output = output
        self.seconds = seconds
        if case .call? = output.parts.last { finish = "tool_calls" }
    }

    /// The tokens of the prompt: as set, else counted.
    var promptTokens: Int64 { inputTokens ?? input.reduce(0) { $0 + $1.tokens } }
    /// The tokens of the answer: as set, else counted.
    var answerTokens: Int64 { outputTokens ?? max(1, output.tokens - 4) }
}

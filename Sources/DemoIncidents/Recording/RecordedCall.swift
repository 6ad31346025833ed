/// One call of a model, told once and written in any voice.
struct ModelCall: Sendable {
    var provider = "openai"
    var model: String
    /// The model that answered; nil where the provider did not say.
    var answeredBy: String?
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
    var temperature: Double? = 0.2
    /// JSON texts of the tools that were offered.
    var tools: [String] = []
    /// The name of the span; nil for the one that the conventions give it.
    var spanName: String?
    var failure: RecordedFailure?

    init(_ model: String, _ input: [ChatMessage], _ output: ChatMessage, seconds: Double) {
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

    /// The same call with some of its properties changed.
    func with(_ change: (inout ModelCall) -> Void) -> ModelCall {
        var copy = self
        change(&copy)
        return copy
    }
}

/// How an operation failed.
struct RecordedFailure: Sendable {
    /// The class of the failure, such as `TimeoutError` or `429`.
    var type: String
    var message: String
    /// Where the code failed; nil without an exception.
    var stacktrace: String?

    init(_ type: String, _ message: String, stacktrace: String? = nil) {
        self.type = type
        self.message = message
        self.stacktrace = stacktrace
    }
}

/// One run of a tool, told once and written in any voice.
struct ToolRun: Sendable {
    var name: String
    var callID: String?
    /// JSON text.
    var arguments: String
    /// Nil where the tool gave nothing back.
    var result: String?
    var seconds: Double
    var description: String?
    var failure: RecordedFailure?
    /// The name of the span; nil for the one that the conventions give it.
    var spanName: String?

    init(
        _ name: String, id: String? = nil, _ arguments: String, gives result: String?, seconds: Double,
        failure: RecordedFailure? = nil, spanName: String? = nil
    ) {
        self.name = name
        callID = id
        self.arguments = arguments
        self.result = result
        self.seconds = seconds
        self.failure = failure
        self.spanName = spanName
    }
}

/// A document that a retriever returned.
struct Document: Sendable {
    var id: String
    var score: Double
    var content: String
    /// JSON text.
    var metadata: String

    init(_ id: String, score: Double, _ content: String, metadata: String = "{}") {
        self.id = id
        self.score = score
        self.content = content
        self.metadata = metadata
    }
}

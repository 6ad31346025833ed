/// One message of a conversation with a model.
public struct Message: Hashable, Sendable {
    /// The role as the source states it: `system`, `user`, `assistant`, `tool`, or another word.
    public var role: String
    /// The name of the participant, where stated.
    public var name: String?
    public var parts: [MessagePart]
    public var finishReason: String?

    public init(role: String, name: String? = nil, parts: [MessagePart], finishReason: String? = nil) {
        self.role = role
        self.name = name
        self.parts = parts
        self.finishReason = finishReason
    }
}

/// A piece of a message.
public enum MessagePart: Hashable, Sendable {
    case text(String)
    case reasoning(String)
    /// What the model asked for; `arguments` is JSON text, or raw text where the model wrote no valid JSON.
    case toolCall(id: String?, name: String?, arguments: String?)
    /// What came back; `result` is JSON text or plain text.
    case toolResult(id: String?, result: String?)
    /// An image, sound or file: its modality, media type, and its address or size.
    case media(modality: String, mimeType: String?, reference: String)
    /// A part of a type that this program does not know, as JSON text.
    case other(type: String, json: String)
    /// Content that the producer withheld, such as OpenInference's `__REDACTED__`.
    case redacted
}

/// What a span said and heard, taken out of its attributes and events.
public struct SpanContent: Equatable, Sendable {
    public var inputMessages: [Message]
    public var outputMessages: [Message]
    /// Input and output of spans that are no conversation, as text or JSON text.
    public var inputValue: String?
    public var outputValue: String?
    public var toolArguments: String?
    public var toolResult: String?
    /// The tools that the model was offered, as JSON texts.
    public var toolDefinitions: [String]
    public var documents: [RetrievedDocument]
    public var evaluations: [Evaluation]
    /// Which parts were taken from elsewhere; none where all of it stands on the span.
    public var sources: [ContentSource] = []

    public init() {
        inputMessages = []
        outputMessages = []
        toolDefinitions = []
        documents = []
        evaluations = []
    }
}

/// A document that a retriever or reranker returned.
public struct RetrievedDocument: Equatable, Sendable {
    public var id: String?
    public var score: Double?
    public var content: String?
    /// JSON text.
    public var metadata: String?

    public init(id: String? = nil, score: Double? = nil, content: String? = nil, metadata: String? = nil) {
        self.id = id
        self.score = score
        self.content = content
        self.metadata = metadata
    }
}

/// A judgement on a span.
public struct Evaluation: Equatable, Sendable {
    public var name: String
    public var score: Double?
    public var label: String?
    public var explanation: String?

    public init(name: String, score: Double? = nil, label: String? = nil, explanation: String? = nil) {
        self.name = name
        self.score = score
        self.label = label
        self.explanation = explanation
    }
}

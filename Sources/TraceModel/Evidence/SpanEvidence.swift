/// What the payload of one span says that analysis of its trace needs: a compact reading, made once at import.
///
/// Everything optional is nil where the source does not say it.
public struct SpanEvidence: Equatable, Sendable {
    // Identity.

    /// The role that the span states for its agent, such as `planner`, where it differs from the name.
    public var role: String?
    /// The name of the agent that invoked this one, where stated.
    public var parentAgent: String?
    /// The number of the attempt, from 1, where stated.
    public var attempt: Int?
    public var attemptReason: AttemptReason?
    /// True where the span tells a step of a harness to another agent, such as a hand-off.
    public var handOff: HandOff?
    public var promptName: String?
    public var promptVersion: String?
    /// A digest of the system prompt, as rendered.
    public var promptDigest: UInt64?
    /// Digests of all that the span was given and of all that it gave back.
    public var input: PayloadDigest?
    public var output: PayloadDigest?
    /// A verdict on somebody else's work: true for accepted, false for rejected; nil where it is none or cannot be read.
    public var isAccepted: Bool?

    // Steps.

    /// The number of the step that the source states, and the attribute that states it.
    public var stepNumber: Int64?
    public var stepKey: String?
    /// The span stands for one step of a framework.
    public var isStep: Bool
    /// What a harness span does, where its name or kind tells; nil where it does not.
    public var phase: Phase?
    /// Nanoseconds that the server states for prefill and decode; nil where it states none.
    public var serverPrefillNanos: Int64?
    public var serverDecodeNanos: Int64?
    /// Nanoseconds that the call waited in a queue before it ran, where stated.
    public var queueNanos: Int64?

    // Joints.

    /// The id of the tool call that a tool span runs.
    public var toolCallID: String?
    /// What the model asked for in its output.
    public var requestedCalls: [ToolCallRequest]
    /// Tool calls of earlier turns that stand in the model's input.
    public var recalledCalls: [ToolCallRequest]
    /// Tool results that stand in the model's input.
    public var deliveredResults: [ToolCallDelivery]
    /// The names of the tools that the model was offered; nil where none are recorded.
    public var offeredTools: [String]?
    /// The arguments and the result of a tool span.
    public var arguments: PayloadDigest?
    public var result: PayloadDigest?
    /// What the model answered in words, apart from tool calls.
    public var answer: PayloadDigest?
    /// The answer says itself that something was missing, failed or unknown.
    public var answerAdmitsGap: Bool
    /// The span has messages at all: false where only names and counts were recorded.
    public var hasMessages: Bool

    // The ledger.

    /// How many children of what sort the span says it has.
    public var declaredCounts: [DeclaredCount]
    public var droppedAttributes: Int
    public var droppedEvents: Int
    public var droppedLinks: Int
    /// Attributes, events and links that were recorded.
    public var attributeCount: Int
    public var eventCount: Int
    public var linkCount: Int
    /// Values that the producer withheld, and values that say that they were cut.
    public var redactedValues: Int
    public var truncatedValues: Int
    /// The total of tokens that the span states beside its parts.
    public var statedTotalTokens: Int64?
    /// Usage that an agent's span states for all the calls beneath it.
    public var aggregatedInputTokens: Int64?
    public var aggregatedOutputTokens: Int64?
    /// The provider's id of a response, and the one that the span says it continues.
    public var responseID: String?
    public var previousResponseID: String?
    public var finishReasons: [String]

    public init() {
        isStep = false
        requestedCalls = []
        recalledCalls = []
        deliveredResults = []
        answerAdmitsGap = false
        hasMessages = false
        declaredCounts = []
        droppedAttributes = 0
        droppedEvents = 0
        droppedLinks = 0
        attributeCount = 0
        eventCount = 0
        linkCount = 0
        redactedValues = 0
        truncatedValues = 0
        finishReasons = []
    }
}

/// A tool call as a model wrote it.
public struct ToolCallRequest: Equatable, Sendable {
    public var id: String?
    public var name: String?
    public var arguments: PayloadDigest?

    public init(id: String?, name: String?, arguments: PayloadDigest?) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// A tool result as it stands in the input of a model.
public struct ToolCallDelivery: Equatable, Sendable {
    public var id: String?
    public var name: String?
    public var result: PayloadDigest?

    public init(id: String?, name: String?, result: PayloadDigest?) {
        self.id = id
        self.name = name
        self.result = result
    }
}

/// A hand-over of the conversation from one agent to another.
public struct HandOff: Equatable, Sendable {
    public var from: String?
    public var to: String?

    public init(from: String?, to: String?) {
        self.from = from
        self.to = to
    }
}

/// A number of things that a span says belong to it.
public struct DeclaredCount: Equatable, Sendable {
    /// What is counted.
    ///
    /// The raw values are stored in the database: never renumber them.
    public enum Subject: Int, Sendable, CaseIterable {
        case children = 0
        case toolCalls = 1
        case modelCalls = 2
        case steps = 3
        case messages = 4
        /// Spans of any kind right beneath.
        case spans = 5
    }

    public var subject: Subject
    public var count: Int64
    /// The attribute that says so.
    public var key: String

    public init(_ subject: Subject, _ count: Int64, key: String) {
        self.subject = subject
        self.count = count
        self.key = key
    }
}

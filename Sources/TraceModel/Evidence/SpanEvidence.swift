/// What the payload of one span says that analysis of its trace needs: a compact reading, made once at import.
///
/// A trace has one for each span, and most say little: what belongs together stands in a group of its own, which takes
/// memory only where it says something. Everything optional is nil where the source does not say it.
public struct SpanEvidence: Equatable, Sendable {
    public var identity = EvidenceGroup<IdentityEvidence>()
    public var steps = EvidenceGroup<StepEvidence>()
    public var model = EvidenceGroup<ModelEvidence>()
    public var tool = EvidenceGroup<ToolEvidence>()
    public var losses = EvidenceGroup<LossEvidence>()
    /// A verdict on somebody else's work: true for accepted, false for rejected; nil where it is none or cannot be read.
    public var isAccepted: Bool?

    public init() {}
}

/// A group of evidence that takes eight bytes until it is written to.
public struct EvidenceGroup<Value: EvidenceValues>: Equatable, Sendable {
    /// At most one element: an array is the box that copies itself on writing.
    public var box: [Value] = []

    public init() {}

    /// True where nothing was ever set.
    @inlinable public var isEmpty: Bool { box.isEmpty }

    @inlinable public var value: Value {
        _read {
            if box.isEmpty { yield Value.none } else { yield box[0] }
        }
        _modify {
            if box.isEmpty { box.append(Value.none) }
            yield &box[0]
        }
    }

    /// A group that was written to and says nothing is equal to one that never was.
    public static func == (a: EvidenceGroup, b: EvidenceGroup) -> Bool {
        a.isEmpty && b.isEmpty || a.value == b.value
    }
}

/// A group of evidence and how it looks where the span says nothing.
public protocol EvidenceValues: Equatable, Sendable {
    static var none: Self { get }
}

/// Who did it: what a span says of its agent, the attempt and the work as a whole.
public struct IdentityEvidence: EvidenceValues {
    public static let none = IdentityEvidence()

    /// The role that the span states for its agent, such as `planner`, where it differs from the name.
    public var role: String?
    /// The name of the agent that invoked this one, where stated.
    public var parentAgent: String?
    /// The number of the attempt, from 1, where stated.
    public var attempt: Int?
    public var attemptReason: AttemptReason?
    /// The span tells a step of a harness to another agent, such as a hand-off.
    public var handOff: HandOff?
    public var promptName: String?
    public var promptVersion: String?
    /// Digests of all that the span was given and of all that it gave back.
    public var input: PayloadDigest?
    public var output: PayloadDigest?
}

/// The step of a framework that a span stands for, and the time that it states for its parts.
public struct StepEvidence: EvidenceValues {
    public static let none = StepEvidence()

    /// The number of the step that the source states, and the attribute that states it.
    public var stepNumber: Int64?
    public var stepKey: String?
    /// The span stands for one step of a framework.
    public var isStep = false
    /// What a harness span does, where its name or kind tells; nil where it does not.
    public var phase: Phase?
    /// Nanoseconds that the server states for prefill and decode; nil where it states none.
    public var serverPrefillNanos: Int64?
    public var serverDecodeNanos: Int64?
    /// Nanoseconds that the call waited in a queue before it ran, where stated.
    public var queueNanos: Int64?
}

/// What a call of a model was given and what it answered.
public struct ModelEvidence: EvidenceValues {
    public static let none = ModelEvidence()

    /// What the model asked for in its output.
    public var requestedCalls: [ToolCallRequest] = []
    /// Tool calls of earlier turns that stand in the model's input.
    public var recalledCalls: [ToolCallRequest] = []
    /// Tool results that stand in the model's input.
    public var deliveredResults: [ToolCallDelivery] = []
    /// The names of the tools that the model was offered; nil where none are recorded.
    public var offeredTools: [String]?
    /// What the model answered in words, apart from tool calls.
    public var answer: PayloadDigest?
    /// The answer says itself that something was missing, failed or unknown.
    public var answerAdmitsGap = false
    /// The span has messages at all: false where only names and counts were recorded.
    public var hasMessages = false
    /// A digest of the system prompt, as rendered.
    public var promptDigest: UInt64?
    /// The total of tokens that the span states beside its parts.
    public var statedTotalTokens: Int64?
    /// The provider's id of a response, and the one that the span says it continues.
    public var responseID: String?
    public var previousResponseID: String?
    public var finishReasons: [String] = []
}

/// The tool call that a span runs.
public struct ToolEvidence: EvidenceValues {
    public static let none = ToolEvidence()

    public var toolCallID: String?
    public var arguments: PayloadDigest?
    public var result: PayloadDigest?
}

/// What a span says should be there, and what it lost.
public struct LossEvidence: EvidenceValues {
    public static let none = LossEvidence()

    /// How many children of what sort the span says it has.
    public var declaredCounts: [DeclaredCount] = []
    public var droppedAttributes = 0
    public var droppedEvents = 0
    public var droppedLinks = 0
    /// Attributes, events and links that were recorded.
    public var attributeCount = 0
    public var eventCount = 0
    public var linkCount = 0
    /// Values that the producer withheld, and values that say that they were cut.
    public var redactedValues = 0
    public var truncatedValues = 0
    /// Usage that an agent's span states for all the calls beneath it.
    public var aggregatedInputTokens: Int64?
    public var aggregatedOutputTokens: Int64?
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

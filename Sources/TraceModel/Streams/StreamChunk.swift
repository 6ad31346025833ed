/// One chunk of a streamed response: what one event of the wire carried of one kind.
///
/// A chunk is not a token: providers put several tokens into one, or none.
public struct StreamChunk: Equatable, Sendable {
    /// The place in the stream, from 0, in order of arrival.
    public var sequence: Int
    /// Nanoseconds from the request to the arrival; nil where no clock saw it.
    public var offsetNanos: Int64?
    public var kind: ChunkKind
    /// Whole Unicode scalars: what a wire chunk cut in two stands in the chunk that completed it.
    public var text: String
    /// Tokens in the chunk where the source states them.
    public var tokenCount: Int?
    /// Which of the alternative answers the chunk belongs to, from 0.
    public var choiceIndex: Int
    /// The call whose arguments the chunk carries.
    public var toolCall: StreamToolCall?

    public init(
        sequence: Int = 0,
        offsetNanos: Int64?,
        kind: ChunkKind,
        text: String,
        tokenCount: Int? = nil,
        choiceIndex: Int = 0,
        toolCall: StreamToolCall? = nil
    ) {
        self.sequence = sequence
        self.offsetNanos = offsetNanos
        self.kind = kind
        self.text = text
        self.tokenCount = tokenCount
        self.choiceIndex = choiceIndex
        self.toolCall = toolCall
    }
}

/// The tool call that a chunk belongs to.
public struct StreamToolCall: Hashable, Sendable {
    /// The place of the call among the calls of its choice, from 0.
    public var index: Int
    public var id: String?
    public var name: String?

    public init(index: Int, id: String? = nil, name: String? = nil) {
        self.index = index
        self.id = id
        self.name = name
    }
}

/// What a chunk of a stream carries.
///
/// The raw values are stored in the database: never renumber them.
public enum ChunkKind: UInt8, Sendable, CaseIterable {
    /// Text of the answer.
    case text = 0
    /// Text that the model wrote for itself, or its summary.
    case reasoning = 1
    /// A piece of the arguments of a tool call.
    case toolArguments = 2
    /// Text of a refusal.
    case refusal = 3
    /// A record of usage.
    case usage = 4
    /// The end mark, or the chunk that states the finish reason.
    case terminal = 5
    /// Anything else: roles, pings, annotations, errors, chunks without content.
    case other = 6

    /// The word that output uses, in snake case.
    public var name: String {
        switch self {
        case .toolArguments: "tool_arguments"
        default: String(describing: self)
        }
    }

    public init?(name: String) {
        guard let kind = ChunkKind.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    /// True for what a person saw or could have seen as the answer: text and refusals.
    public var isVisible: Bool { self == .text || self == .refusal }

    /// True for what the model wrote: text, reasoning, tool arguments and refusals.
    public var isContent: Bool { rawValue <= ChunkKind.refusal.rawValue }
}

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

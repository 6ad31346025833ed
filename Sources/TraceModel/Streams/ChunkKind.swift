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

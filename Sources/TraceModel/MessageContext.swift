/// What a model call was given, beside what the call of its agent before was given.
///
/// Agents send the whole conversation with every call: what is new, and what is gone, tells more than all of it.
public struct MessageContext: Equatable, Sendable {
    /// The call that it is compared with; nil where the agent had none before.
    public var previous: LocalSpanID?
    /// The messages that the call was given.
    public var messages: Int
    /// The place of the first message, from 0, that the call before was not given at the same place.
    ///
    /// The number of messages where none is new; nil where nothing tells what the call before was given.
    public var newFrom: Int?
    /// The messages that the call before was given and this one is not; nil likewise.
    public var dropped: Int?
    /// Digests of the system prompt as rendered and of the tools that were offered; nil where none are recorded.
    public var systemHash: UInt64?
    public var toolsHash: UInt64?
    /// UTF-8 bytes of the system prompt, of the tools' definitions, and of all other messages.
    public var systemBytes = 0
    public var toolsBytes = 0
    public var historyBytes = 0

    /// Measures what a call was given; `previous` stays to be told.
    public init(_ content: SpanContent) {
        messages = content.inputMessages.count
        for message in content.inputMessages {
            let bytes = message.parts.reduce(0) { $0 + $1.byteCount }
            if message.isInstruction { systemBytes += bytes } else { historyBytes += bytes }
        }
        toolsBytes = content.toolDefinitions.reduce(0) { $0 + $1.utf8.count }
    }

    /// Compares with what the call before was given; both say how many of their messages are alike from the first on.
    public mutating func compare(_ now: [Message], with before: [Message], of span: LocalSpanID) {
        previous = span
        guard !before.isEmpty else { return }
        let same = Self.sharedBeginning(now, before)
        var left: [Message: Int] = [:]
        for message in now[same...] { left[message, default: 0] += 1 }
        newFrom = same
        dropped = before[same...].count { message in
            guard let count = left[message], count > 0 else { return true }
            left[message] = count - 1
            return false
        }
    }

    /// How many messages two lists have alike, from the first on.
    public static func sharedBeginning(_ a: [Message], _ b: [Message]) -> Int {
        zip(a, b).prefix { $0 == $1 }.count
    }
}

extension Message {
    /// It instructs the model rather than being part of the conversation.
    public var isInstruction: Bool { role == "system" || role == "developer" }
}

extension MessagePart {
    /// The UTF-8 bytes of what the part says.
    fileprivate var byteCount: Int {
        switch self {
        case .text(let text), .reasoning(let text): text.utf8.count
        case .toolCall(_, let name, let arguments): (name?.utf8.count ?? 0) + (arguments?.utf8.count ?? 0)
        case .toolResult(_, let result): result?.utf8.count ?? 0
        case .media(_, _, let reference): reference.utf8.count
        case .other(_, let json): json.utf8.count
        case .redacted: 0
        }
    }
}

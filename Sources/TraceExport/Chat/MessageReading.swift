import TraceModel

/// Brings the messages of one model call into the shape of a trajectory.
struct MessageReading {
    private(set) var messages: [TrajectoryMessage] = []

    /// Adds the next message of the source.
    mutating func add(_ message: Message) {
        let role = Self.role(message.role)
        var open = TrajectoryMessage(role: role, name: message.name)
        var isOpen = !message.parts.contains { if case .toolResult = $0 { true } else { false } }
        for part in message.parts {
            switch part {
            case .toolCall(let id, let name, let arguments):
                if open.role != .assistant {
                    if isOpen && !open.parts.isEmpty { append(open) }
                    open = TrajectoryMessage(role: .assistant, name: message.name)
                }
                open.calls.append(TrajectoryCall(id: Self.stated(id), name: name, arguments: arguments))
                isOpen = true
            case .toolResult(let id, let result):
                if isOpen && !(open.parts.isEmpty && open.calls.isEmpty) { append(open) }
                let parts = result.map { [MessagePart.text($0)] } ?? []
                append(TrajectoryMessage(role: .tool, parts: parts, callID: Self.stated(id)))
                open = TrajectoryMessage(role: role, name: message.name)
                isOpen = false
            default:
                open.parts.append(part)
                isOpen = true
            }
        }
        if isOpen { append(open) }
    }

    /// Adds a message, to the last one where both are of one assistant.
    private mutating func append(_ message: TrajectoryMessage) {
        if message.role == .assistant, let last = messages.last, last.role == .assistant,
            last.name == nil || message.name == nil || last.name == message.name
        {
            messages[messages.count - 1].parts += message.parts
            messages[messages.count - 1].calls += message.calls
            messages[messages.count - 1].name = last.name ?? message.name
            return
        }
        messages.append(message)
    }

    /// An empty id names nothing.
    private static func stated(_ id: String?) -> String? {
        id.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func role(_ word: String) -> TrajectoryMessage.Role {
        switch word.lowercased() {
        case "system", "developer": .system
        // Smolagents tells its model what a tool said as the user, and what was asked of it as the assistant.
        case "user", "human", "tool-response": .user
        case "assistant", "ai", "model", "gpt", "tool-call": .assistant
        case "tool", "function", "ipython": .tool
        default: .other(word)
        }
    }
}

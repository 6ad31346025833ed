import FastJSON
import TraceModel

/// The distinct messages of a trace: a history that every model call repeats is held once.
///
/// Each message has a class besides: messages that say the same in different words of the protocol, such as the answer
/// of a model and what the next call repeats of it, without its reasoning and with other spaces in its JSON.
struct MessageTable {
    typealias Index = Int32

    private(set) var messages: [TrajectoryMessage] = []
    private(set) var classes: [Int32] = []
    private var indices: [TrajectoryMessage: Index] = [:]
    private var classOfSaying: [Saying: Int32] = [:]

    /// What two messages of one class have in common.
    private struct Saying: Hashable {
        var role: TrajectoryMessage.Role
        var parts: [String]
        var calls: [String]
    }

    /// The index of a message, added if it is new.
    mutating func intern(_ message: TrajectoryMessage) -> Index {
        if let index = indices[message] { return index }
        let index = Index(messages.count)
        indices[message] = index
        messages.append(message)
        let saying = Self.saying(message)
        let next = Int32(classOfSaying.count)
        classes.append(classOfSaying[saying] ?? next)
        if classOfSaying[saying] == nil { classOfSaying[saying] = next }
        return index
    }

    subscript(index: Index) -> TrajectoryMessage { messages[Int(index)] }

    func classIndex(_ index: Index) -> Int32 { classes[Int(index)] }

    /// A message as a later call repeats it, with the reasoning that only the earlier one has.
    mutating func joined(_ earlier: Index, _ later: Index) -> Index {
        if earlier == later { return later }
        let reasoning = self[earlier].parts.filter(Self.isReasoning)
        if reasoning.isEmpty || self[later].parts.contains(where: Self.isReasoning) { return later }
        var message = self[later]
        message.parts = reasoning + message.parts
        return intern(message)
    }

    private static func isReasoning(_ part: MessagePart) -> Bool {
        if case .reasoning = part { true } else { false }
    }

    private static func saying(_ message: TrajectoryMessage) -> Saying {
        var parts: [String] = []
        for part in message.parts {
            switch part {
            case .text(let text): parts.append(trimmed(text))
            case .reasoning: continue
            case .media(let modality, _, let reference): parts.append("\u{0}\(modality) \(reference)")
            case .other(let type, let json): parts.append("\u{0}\(type) \(json)")
            case .redacted: parts.append("\u{0}redacted")
            case .toolCall, .toolResult: continue
            }
        }
        parts.removeAll(where: \.isEmpty)
        let calls = message.calls.map { "\($0.name ?? "")\u{0}\(plain($0.arguments ?? "{}"))" }
        return Saying(role: message.role, parts: parts, calls: calls)
    }

    private static func trimmed(_ text: String) -> String {
        func isSpace(_ byte: UInt8?) -> Bool { byte.map { $0 <= 0x20 } ?? false }
        guard isSpace(text.utf8.first) || isSpace(text.utf8.last) else { return text }
        let start = text.utf8.drop { $0 <= 0x20 }
        let end = start.lastIndex { $0 > 0x20 } ?? start.startIndex
        return start.isEmpty ? "" : String(text[start.startIndex...end])
    }

    /// JSON without spaces that mean nothing.
    private static func plain(_ json: String) -> String {
        (try? JSONValue(parsing: json))?.text() ?? json
    }
}

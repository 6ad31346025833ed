import FastJSON
import TraceModel

/// Which messages of a conversation are known, so that a history which every input repeats is told once.
struct AtifHistory {
    /// How often each message stood in the input that is read.
    struct Occasion {
        fileprivate var counts: [String: Int] = [:]
    }

    private var counts: [String: Int] = [:]
    private var answers: Set<String> = []
    private var callIDs: Set<String> = []

    /// Whether a message of an input stands there more often than in any input before.
    mutating func isNew(_ message: Message, _ occasion: inout Occasion) -> Bool {
        let key = Self.key(message)
        let count = (occasion.counts[key] ?? 0) + 1
        occasion.counts[key] = count
        guard count > counts[key] ?? 0 else { return false }
        counts[key] = count
        return true
    }

    mutating func addAnswer(_ message: AtifMessage) {
        answers.insert(Self.text(message))
        for call in message.calls { if let id = call.id { callIDs.insert(id) } }
    }

    /// Whether an answer in an input is one that was recorded, or says nothing.
    func knowsAnswer(_ message: AtifMessage) -> Bool {
        if !message.calls.isEmpty {
            return message.calls.allSatisfy { call in
                call.id.map { callIDs.contains($0) } ?? answers.contains(Self.text(message))
            }
        }
        let text = Self.text(message)
        return text.isEmpty || answers.contains(text)
    }

    /// Blanks at the ends get lost when programs put answers into histories.
    private static func text(_ message: AtifMessage) -> String {
        let text = message.value.string ?? message.value.text()
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }

    private static func key(_ message: Message) -> String {
        var key = message.role
        func add(_ kind: String, _ texts: String?...) {
            key += "\u{1}" + kind
            for text in texts { key += "\u{2}" + (text ?? "\u{3}") }
        }
        for part in message.parts {
            switch part {
            case .text(let text): add("text", text)
            case .reasoning(let text): add("reasoning", text)
            case .toolCall(let id, let name, let arguments): add("call", id, name, arguments)
            case .toolResult(let id, let result): add("result", id, result)
            case .media(let modality, let type, let reference): add("media", modality, type, reference)
            case .other(let type, let json): add("other", type, json)
            case .redacted: add("redacted")
            }
        }
        return key
    }
}

import TraceModel

/// The messages of a trace that were shown, so that a history that each call sends anew is told once.
///
/// Two messages are the same where role, text, calls and results are; what the model wrote for itself, which histories
/// leave out, and how arguments are spaced do not count. It keeps eight bytes a message.
struct MessageHistory {
    private var ofCalls: Set<Int> = []
    private var ofOthers: Set<Int> = []
    private var offered: [String] = []

    /// Notes a message of a model call, or of another span; false where one of the same sort had it before.
    ///
    /// Agents and chains, which start before the calls within them, tell their messages apart from these.
    mutating func insert(_ message: Message, ofCall isCall: Bool = true) -> Bool {
        let digest = MessageHistory.digest(message)
        return isCall ? ofCalls.insert(digest).inserted : ofOthers.insert(digest).inserted
    }

    /// Notes the tools that a call was offered; false where they are those of the call before.
    mutating func offer(_ tools: [String]) -> Bool {
        let isNew = tools != offered
        if isNew { offered = tools }
        return isNew
    }

    private static func digest(_ message: Message) -> Int {
        var hasher = Hasher()
        hasher.combine(message.role)
        for part in message.parts {
            switch part {
            case .text(let text): combine(0, text, &hasher)
            case .reasoning: continue
            case .toolCall(let id, let name, let arguments):
                combine(1, arguments ?? "", &hasher)
                hasher.combine(id)
                hasher.combine(name)
            case .toolResult(let id, let result):
                combine(2, result ?? "", &hasher)
                hasher.combine(id)
            case .media(let modality, let mimeType, let reference):
                combine(3, reference, &hasher)
                hasher.combine(modality)
                hasher.combine(mimeType)
            case .other(let type, let json):
                combine(4, json, &hasher)
                hasher.combine(type)
            case .redacted: hasher.combine(5)
            }
        }
        return hasher.finalize()
    }

    /// White space is left out: layers space JSON and trim texts as they like.
    private static func combine(_ kind: Int, _ text: String, _ hasher: inout Hasher) {
        hasher.combine(kind)
        var count = 0
        for byte in text.utf8 where byte > 0x20 {
            hasher.combine(byte)
            count += 1
        }
        hasher.combine(count)
    }
}

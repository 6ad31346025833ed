import TraceModel

/// How stages and comparisons are written.
enum JointWords {
    /// Which of asked, ran and delivered are recorded: `●→■→●`.
    static func way(_ joint: ToolJoint, ascii: Bool) -> String {
        let arrow = ascii ? ">" : "→"
        func mark(_ stages: [JointStage], _ kind: SpanKind) -> String {
            stages.contains { stage in
                joint.hop(stage).map { $0.comparison != .absent } ?? false
            } ? Glyphs.kind(kind, ascii: ascii) : Glyphs.unknown(ascii: ascii)
        }
        return [mark([.asked], .llm), mark([.ran, .returned], .tool), mark([.delivered], .llm)].joined(separator: arrow)
    }

    static func comparison(_ comparison: JointComparison, ascii: Bool) -> String {
        switch comparison {
        case .unknown: Glyphs.unknown(ascii: ascii)
        case .first: ""
        default: comparison.name
        }
    }

    /// What became of the call in a word: the gravest difference, or what its result is where that says more.
    static func outcome(_ joint: ToolJoint, worst: JointComparison, ascii: Bool) -> String {
        if worst.isLoss { return comparison(worst, ascii: ascii) }
        switch joint.hop(.returned)?.payload?.content ?? joint.hop(.delivered)?.payload?.content {
        case .empty?: return "empty"
        case .error?: return "error"
        case .redacted?: return "redacted"
        case .value?, nil: return comparison(worst, ascii: ascii)
        }
    }

    /// What happened to the payload, or what it is where that says more.
    static func word(_ hop: JointHop, ascii: Bool) -> String {
        let word = comparison(hop.comparison, ascii: ascii)
        guard !hop.comparison.isLoss, hop.comparison != .equal else { return word }
        switch hop.payload?.content {
        case .empty?: return "empty"
        case .error?: return "error"
        case .redacted?: return "redacted"
        case .value?, nil: return word
        }
    }

    /// A number with its thousands apart: `48,211`.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

extension JointStage {
    /// The payload of the stage is the call's arguments, not its result.
    var carriesArguments: Bool {
        switch self {
        case .asked, .dispatched, .ran: true
        case .returned, .delivered, .answered: false
        }
    }

    /// What the stage is called on the screen.
    var words: String { self == .delivered ? "next input" : name }

    /// The payload of the stage as its span holds it; nil where it holds none.
    func payload(of content: SpanContent, callID: String?) -> String? {
        switch self {
        case .asked:
            return Self.part(content.outputMessages) { part in
                guard case .toolCall(let id, _, let arguments) = part, callID == nil || id == callID else { return nil }
                return arguments
            }
        case .dispatched, .ran: return content.toolArguments ?? content.inputValue
        case .returned: return content.toolResult ?? content.outputValue
        case .delivered:
            return Self.part(content.inputMessages) { part in
                guard case .toolResult(let id, let result) = part, callID == nil || id == callID else { return nil }
                return result
            }
        case .answered:
            return Self.part(content.outputMessages) { part in
                guard case .text(let text) = part else { return nil }
                return text
            }
        }
    }

    /// The last part of messages that a choice takes.
    private static func part(_ messages: [Message], _ choose: (MessagePart) -> String?) -> String? {
        messages.reversed().lazy.flatMap { $0.parts.reversed() }.compactMap(choose).first
    }
}

extension JointComparison {
    /// How much it says against the way of a payload.
    var gravity: Int {
        switch self {
        case .first: 0
        case .equal: 1
        case .equivalent: 2
        case .unknown: 3
        case .truncated: 4
        case .different: 5
        case .absent: 6
        }
    }

    /// Something of the payload was lost or changed.
    var isLoss: Bool { gravity > 3 }
}

import TraceModel

/// The payload of a stage as its span holds it.
enum JointPayloadText {
    static func text(_ content: SpanContent, stage: JointStage, callID: String?) -> String? {
        switch stage {
        case .asked:
            return parts(content.outputMessages) { part in
                guard case .toolCall(let id, _, let arguments) = part, callID == nil || id == callID else { return nil }
                return arguments
            }
        case .dispatched, .ran: return content.toolArguments ?? content.inputValue
        case .returned: return content.toolResult ?? content.outputValue
        case .delivered:
            return parts(content.inputMessages) { part in
                guard case .toolResult(let id, let result) = part, callID == nil || id == callID else { return nil }
                return result
            }
        case .answered:
            return parts(content.outputMessages) { part in
                guard case .text(let text) = part else { return nil }
                return text
            }
        }
    }

    /// The last part of messages that a choice takes.
    private static func parts(_ messages: [Message], _ choose: (MessagePart) -> String?) -> String? {
        messages.reversed().lazy.flatMap { $0.parts.reversed() }.compactMap(choose).first
    }
}

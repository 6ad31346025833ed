import FastJSON
import TraceModel
import TraceQuery

/// The whole payloads of two stages of a call, and how they differ.
struct JointPayloads: Equatable, Sendable {
    /// The joint, by number.
    var joint: Int32
    var callID: String?
    var earlierStage: JointStage
    var laterStage: JointStage
    var hasEarlier = false
    var hasLater = false
    var earlier: String?
    var later: String?
    var error: QueryError?
    /// What differs, once both are there.
    var lines: [DisplayLine] = []
}

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

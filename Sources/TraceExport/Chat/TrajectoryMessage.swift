package import TraceModel

/// One message of a trajectory, in the shape that chat formats share.
///
/// What answers a tool call is a message of its own, and neighbouring messages of one assistant are one.
package struct TrajectoryMessage: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        case system
        case user
        case assistant
        case tool
        /// A role that chat formats do not know, in the source's word.
        case other(String)
    }

    package var role: Role
    /// The name of the participant, where stated.
    package var name: String?
    /// Text, reasoning, media and what else is no call and no result.
    package var parts: [MessagePart]
    /// What an assistant asks for.
    package var calls: [TrajectoryCall]
    /// The call that a tool message answers, where stated.
    package var callID: String?

    package init(
        role: Role, name: String? = nil, parts: [MessagePart] = [], calls: [TrajectoryCall] = [],
        callID: String? = nil
    ) {
        self.role = role
        self.name = name
        self.parts = parts
        self.calls = calls
        self.callID = callID
    }

    /// What stands where the producer withheld a part.
    package static let withheld = "[REDACTED]"

    /// The text of the message, its parts on lines of their own; empty where it has none.
    package var text: String {
        var texts: [String] = []
        for part in parts {
            switch part {
            case .text(let text): texts.append(text)
            case .redacted: texts.append(Self.withheld)
            default: continue
            }
        }
        return texts.count == 1 ? texts[0] : texts.joined(separator: "\n")
    }

    /// The reasoning of the message; empty where it has none.
    package var reasoning: String {
        parts.compactMap { if case .reasoning(let text) = $0 { text } else { nil } }.joined(separator: "\n")
    }

    /// True where a part is an image, a sound or a file.
    package var hasMedia: Bool {
        parts.contains { if case .media = $0 { true } else { false } }
    }

    /// True for an assistant that says something and asks for nothing: the end of a turn.
    var closesTurn: Bool { role == .assistant && calls.isEmpty && !text.isEmpty }
}

/// A tool call of an assistant.
package struct TrajectoryCall: Hashable, Sendable {
    package var id: String?
    package var name: String?
    /// JSON text, or raw text where the model wrote no valid JSON; nil where it wrote none.
    package var arguments: String?

    package init(id: String?, name: String?, arguments: String?) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

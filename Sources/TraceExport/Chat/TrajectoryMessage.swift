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

/// One conversation of one agent run, merged out of the model calls that repeat it.
package struct Trajectory: Equatable, Sendable {
    /// The trace and the agent, such as `4bf9…/worker#2`; a further conversation of the same agent ends in `/2`.
    package var id: String
    package var traceID: TraceID
    /// The label of the agent run, such as `worker#2 ·try 2←critic`; nil where nothing names an agent.
    package var agent: String?
    package var session: String?
    /// The model that answered last; nil where unknown.
    package var model: String?
    /// The part of the trace that was asked for; nil for the whole trace.
    package var part: String?
    /// The messages in order, each once.
    package var messages: [TrajectoryMessage]
    /// The tools that the model was offered, as JSON texts, each once.
    package var tools: [String]
    /// The model calls that it was merged from, in order of start.
    package var spanIDs: [SpanID]
    /// What became of the agent run; nil where no run is known.
    package var outcome: AgentState?
    /// How many of the calls that the trace must hold are recorded; nil where nothing was analysed.
    package var coverage: TraceCoverage?
    /// Tool results that no model call repeats, taken from the spans of the tools.
    package var resultsFromSpans: Int
    /// Answers beside the first that a model call gave.
    package var furtherChoices: Int
    /// True where the producer dropped attributes of the model calls, among which messages may have been.
    package var isPart = false
}

/// Why a trajectory is left out.
enum TrajectoryFault: Error, CaseIterable {
    case nothingCaptured
    case noAnswer
    case callWithoutAnswer
    case interrupted
    case answerWithoutCall
    case namelessCall
    case emptyMessage
    case systemInTheMiddle
    case unknownRole
    case media
    case toolName
    case order
    case contained
    case cutMessages
    case dropped

    /// Why, in words that follow a count.
    var words: String {
        switch self {
        case .nothingCaptured: "nothing of what was said was captured"
        case .noAnswer: "it ends before the model answered"
        case .callWithoutAnswer: "a tool call has no recorded result"
        case .interrupted: "a message stands between a tool call and its result"
        case .answerWithoutCall: "a tool result answers no recorded call"
        case .namelessCall: "a tool call names no tool"
        case .emptyMessage: "a message has no content"
        case .systemInTheMiddle: "a system message stands in the middle"
        case .unknownRole: "a message has a role that chat formats do not know"
        case .media: "an image, sound or file has no place in the format, or no address"
        case .toolName: "a tool has a name that the format does not take"
        case .order: "questions and answers do not take turns"
        case .contained: "without its open last turn it is the beginning of another"
        case .cutMessages: "its messages were cut before they were recorded"
        case .dropped: "the producer dropped attributes of its model calls, so that messages are missing"
        }
    }
}

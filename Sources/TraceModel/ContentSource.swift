/// Where a part of a span's content was taken from, as it does not stand on the span itself.
public struct ContentSource: Equatable, Sendable {
    public enum Part: String, Sendable {
        case inputMessages = "input_messages"
        case outputMessages = "output_messages"
        case toolArguments = "tool.arguments"
        case toolResult = "tool.result"
    }

    /// What tells it.
    public enum Origin: String, Sendable, CaseIterable {
        /// Another span of the same call.
        case sameCall = "same_call"
        /// The messages of the model that asked for the call, or was given its result.
        case modelMessage = "model_message"
        /// The calls of the thread that this one continues.
        case earlierCall = "earlier_call"
        /// Log records of the agent around it.
        case agentLog = "agent_log"
        /// What the agent or tool around it was asked to do.
        case caller
        /// The spans of the tools that ran after it.
        case toolSpans = "tool_spans"

        /// The words for people.
        public var words: String {
            switch self {
            case .sameCall: "from another span of the same call"
            case .modelMessage: "from the model's message"
            case .earlierCall: "with the calls that this one continues"
            case .agentLog: "from the agent's log"
            case .caller: "from what the span around it was asked"
            case .toolSpans: "with the tools whose spans follow"
            }
        }
    }

    public var part: Part
    public var origin: Origin
    /// The span that tells it; nil for log records.
    public var span: LocalSpanID?

    public init(_ part: Part, _ origin: Origin, _ span: LocalSpanID?) {
        self.part = part
        self.origin = origin
        self.span = span
    }
}

/// What the spans of one source, an instrumentation of one version, tell and leave out.
public struct SourceCoverage: Equatable, Sendable {
    /// The name and version of the instrumentation scope; empty where a source names none.
    public var name: String
    public var version: String
    public var spans = 0
    /// Spans that tell of a call which another span tells of too, and counts for.
    public var sameCalls = 0
    /// Spans of each kind, and by what their kind was told: an attribute with its value, or a name.
    public var kinds: [SpanKind: Int] = [:]
    public var kindRules: [String: Int] = [:]
    /// The attributes that stated facts: by the fact, then by the attribute, how many spans.
    public var facts: [String: [String: Int]] = [:]
    /// Attributes that no rule reads, and on how many spans they stand.
    public var left: [String: Int] = [:]
    /// The traits that spans of the source may have, in the order of `Trait.allCases`.
    public var traits: [Trait: Share] = [:]
    public var agents: Set<String> = []
    public var sessions: Set<String> = []

    /// Something that some spans tell and others do not.
    public enum Trait: String, Sendable, CaseIterable {
        case model, input, output, tokens
        case firstToken = "first_token"
        case finish = "finish_reason"
        case toolName = "tool_name"
        case toolCallID = "tool_call_id"
        case arguments = "tool_arguments"
        case result = "tool_result"
        case agent = "agent_name"
        case session

        /// The spans that are asked for it.
        public var bearers: String {
            switch self {
            case .model, .input, .output, .tokens, .firstToken, .finish: "model calls"
            case .toolName, .toolCallID, .arguments, .result: "tool runs"
            case .agent: "agents"
            case .session: "spans"
            }
        }
    }

    /// How many of the spans that might tell something do.
    public struct Share: Equatable, Sendable {
        public var told = 0
        public var of = 0

        public init(told: Int = 0, of: Int = 0) {
            (self.told, self.of) = (told, of)
        }

        public var text: String { of == 0 ? "–" : "\(told)/\(of)" }
    }

    public init(name: String, version: String) {
        self.name = name
        self.version = version
    }

    /// Counts a span that is asked for a trait.
    public mutating func count(_ trait: Trait, _ isTold: Bool) {
        traits[trait, default: Share()].of += 1
        if isTold { traits[trait, default: Share()].told += 1 }
    }

    /// What no span of the source tells, though some should.
    public var notRecorded: [Trait] {
        Trait.allCases.filter { trait in traits[trait].map { $0.of > 0 && $0.told == 0 } ?? false }
    }
}

/// A field of the filter language: the one table from which parser, completion and help come.
public struct FilterField: Hashable, Sendable {
    /// What values of the field look like.
    public enum ValueType: String, Sendable {
        case text, kind, status, duration, count, time
    }

    /// What the field is a property of.
    public enum Level: String, Sendable {
        /// Of a span; of a trace in so far as it has a span that matches.
        case span
        /// Of a trace; of a span in so far as its trace matches.
        case trace
    }

    public var name: String
    /// Other spellings that the parser takes.
    public var aliases: [String]
    public var type: ValueType
    public var level: Level
    /// One line of help.
    public var help: String
    /// An example term.
    public var example: String

    public init(
        _ name: String, aliases: [String] = [], type: ValueType, level: Level = .span, help: String, example: String
    ) {
        self.name = name
        self.aliases = aliases
        self.type = type
        self.level = level
        self.help = help
        self.example = example
    }

    /// Every field, in the order of the help.
    public static let all: [FilterField] = [
        FilterField("kind", type: .kind, help: "agent, llm, tool, retrieval and the like", example: "kind:tool"),
        FilterField("status", type: .status, help: "ok, error or unset", example: "status:error"),
        FilterField("name", type: .text, help: "name of the span", example: "name~search"),
        FilterField("agent", type: .text, help: "name of the agent, inherited ones too", example: "agent:worker"),
        FilterField("model", type: .text, help: "model requested or resolved", example: "model:gpt-4*"),
        FilterField("tool", type: .text, help: "name of the tool", example: "tool:search_orders"),
        FilterField("service", aliases: ["svc"], type: .text, help: "name of the service", example: "-service:foo"),
        FilterField("session", type: .text, help: "conversation or session id", example: "session:sess-17"),
        FilterField("error", type: .text, help: "class of the failure", example: "error:TimeoutError"),
        FilterField("scope", type: .text, help: "instrumentation library", example: "scope:openinference*"),
        FilterField(
            "duration", aliases: ["dur"], type: .duration, help: "how long the span took", example: "dur>2s"),
        FilterField("tokens", aliases: ["tok"], type: .count, help: "input and output tokens", example: "tokens>10k"),
        FilterField("tokens.input", type: .count, help: "input tokens", example: "tokens.input:1k..8k"),
        FilterField("tokens.output", type: .count, help: "output tokens", example: "tokens.output=0"),
        FilterField("mark", type: .text, help: "an oddity of the record", example: "mark:unfinished"),
        FilterField(
            "text", type: .text, help: "text in prompts, outputs, arguments, results and names",
            example: "text:\"refund policy\""),
        FilterField("span", type: .text, help: "span id or its beginning", example: "span:b7ad6b71"),
        FilterField(
            attributePrefix + "KEY", type: .text, help: "a raw attribute of the span",
            example: "attr.http.status_code=429"),
        FilterField(
            resourcePrefix + "KEY", type: .text, help: "a raw attribute of the resource",
            example: "resource.host.name:web-1"),
        FilterField("trace", type: .text, level: .trace, help: "trace id or its beginning", example: "trace:4bf92f35"),
        FilterField("root", type: .text, level: .trace, help: "name of the trace", example: "root:answer_ticket"),
        FilterField("finding", type: .text, level: .trace, help: "a finding", example: "finding:structure.*"),
        FilterField("since", type: .time, level: .trace, help: "started at or after a time", example: "since:2h"),
        FilterField(
            "until", type: .time, level: .trace, help: "started before a time", example: "until:\"Tue 02:00\""),
        FilterField("spans", type: .count, level: .trace, help: "number of spans", example: "spans>100"),
        FilterField("errors", type: .count, level: .trace, help: "number of failed spans", example: "errors>0"),
        FilterField(
            "trace.duration", type: .duration, level: .trace, help: "how long the trace took",
            example: "trace.duration>30s"),
        FilterField(
            "trace.tokens", type: .count, level: .trace, help: "tokens of the whole trace",
            example: "trace.tokens>100k"),
    ]

    public static let attributePrefix = "attr."
    public static let resourcePrefix = "resource."

    /// The field of a name or alias, any case; attribute fields by their prefix.
    public static func named(_ name: String) -> FilterField? {
        let lower = name.lowercased()
        for prefix in [attributePrefix, resourcePrefix] where lower.hasPrefix(prefix) && lower.count > prefix.count {
            return all.first { $0.name == prefix + "KEY" }
        }
        return all.first { $0.name == lower || $0.aliases.contains(lower) }
    }

    /// True for `attr.KEY` and `resource.KEY`.
    public var isAttribute: Bool { name.hasSuffix("KEY") }
}

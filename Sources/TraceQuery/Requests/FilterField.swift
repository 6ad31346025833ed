/// A field of the filter language: the one table from which parser, completion and help come.
public struct FilterField: Hashable, Sendable {
    /// What values of the field look like.
    public enum ValueType: String, Sendable {
        case text, kind, status, duration, count, time, size
    }

    /// The name; one that ends in a dot is followed by a key, such as `attr.http.status_code`.
    public var name: String
    public var type: ValueType
    /// One line of help.
    public var help: String
    /// An example term.
    public var example: String
    /// Other names that people type.
    public var aliases: [String]
    /// Whether the field speaks of the whole trace, also where spans are filtered.
    public var isOfTrace: Bool

    public init(
        name: String, type: ValueType, help: String, example: String, aliases: [String] = [], isOfTrace: Bool = false
    ) {
        self.name = name
        self.type = type
        self.help = help
        self.example = example
        self.aliases = aliases
        self.isOfTrace = isOfTrace
    }

    /// Whether a key follows the name.
    public var takesKey: Bool { name.hasSuffix(".") }

    /// Every field, in the order of the help.
    public static let all: [FilterField] = ofSpans + ofTraces

    private static let ofSpans: [FilterField] = [
        FilterField(name: "kind", type: .kind, help: "what the span is to an agent run", example: "kind:tool"),
        FilterField(name: "status", type: .status, help: "ok, error, cancelled or unset", example: "status:error"),
        FilterField(name: "name", type: .text, help: "name of the span", example: "name~search"),
        FilterField(name: "agent", type: .text, help: "agent, declared or inherited", example: "agent:planner"),
        FilterField(
            name: "model", type: .text, help: "model that was asked for or that answered", example: "model:gpt-4*"),
        FilterField(
            name: "model.requested", type: .text, help: "model that was asked for", example: "model.requested:gpt-4o"),
        FilterField(
            name: "model.resolved", type: .text, help: "model that answered", example: "model.resolved:gpt-4o-2024*"),
        FilterField(name: "tool", type: .text, help: "tool that was called", example: "tool:web_search"),
        FilterField(name: "service", type: .text, help: "service.name of the resource", example: "-service:gateway"),
        FilterField(
            name: "session", type: .text, help: "session, conversation or thread", example: "session:sess-17"),
        FilterField(
            name: "duration", type: .duration, help: "how long the span lasted", example: "dur>2s", aliases: ["dur"]),
        FilterField(
            name: "ttft", type: .duration, help: "from the start to the first streamed chunk", example: "ttft>800ms"),
        FilterField(name: "tokens", type: .count, help: "input and output tokens", example: "tokens>10k"),
        FilterField(name: "tokens.input", type: .count, help: "input tokens", example: "tokens.input>8k"),
        FilterField(name: "tokens.output", type: .count, help: "output tokens", example: "tokens.output<10"),
        FilterField(
            name: "tokens.cache_read", type: .count, help: "input tokens read from a cache",
            example: "tokens.cache_read=0"),
        FilterField(
            name: "tokens.cache_write", type: .count, help: "input tokens written to a cache",
            example: "tokens.cache_write>0"),
        FilterField(
            name: "tokens.reasoning", type: .count, help: "output tokens spent on reasoning",
            example: "tokens.reasoning>1k"),
        FilterField(name: "error", type: .text, help: "class of the failure", example: "error:*Timeout*"),
        FilterField(name: "mark", type: .text, help: "oddity of the span", example: "mark:missing_parent"),
        FilterField(
            name: "finding", type: .text, help: "what was found about the span",
            example: "finding:stream.loop status:ok"),
        FilterField(
            name: "severity", type: .text, help: "how bad a finding about the span is: hint, warning or error",
            example: "severity:error"),
        FilterField(
            name: "certainty", type: .text, help: "how sure a finding is: proven, inferred or cannot_tell",
            example: "certainty:proven"),
        FilterField(
            name: "attempt", type: .count, help: "which attempt of its agent the span belongs to, from 1",
            example: "agent:worker attempt:3"),
        FilterField(
            name: "attempt.reason", type: .text, help: "why the span's agent was tried again",
            example: "reason:critic", aliases: ["reason"]),
        FilterField(name: "step", type: .count, help: "step of the trace that the span belongs to", example: "step:12"),
        FilterField(
            name: "layer", type: .text, help: "model, tool or harness", example: "layer:tool status:error"),
        FilterField(
            name: "stream", type: .text, help: "yes, no, or how the times of the span's chunks came to be",
            example: "stream:measured"),
        FilterField(name: "scope", type: .text, help: "instrumentation library", example: "scope:openai*"),
        FilterField(name: "span", type: .text, help: "beginning of the span id", example: "span:7f3a"),
        FilterField(
            name: "text", type: .text, help: "words in prompts, outputs, tool calls and names",
            example: "text:\"refund policy\""),
        FilterField(
            name: "attr.", type: .text, help: "attribute of the span", example: "attr.http.status_code=429",
            aliases: ["attribute."]),
        FilterField(
            name: "resource.", type: .text, help: "attribute of the resource",
            example: "resource.host.name:web*"),
    ]

    private static let ofTraces: [FilterField] = [
        FilterField(
            name: "trace", type: .text, help: "beginning of the trace id", example: "trace:4bf9", isOfTrace: true),
        FilterField(name: "root", type: .text, help: "name of the trace", example: "root:answer*", isOfTrace: true),
        FilterField(
            name: "since", type: .time, help: "started at or after", example: "since:2h since:\"Tue 02:00\"",
            isOfTrace: true),
        FilterField(name: "until", type: .time, help: "started before", example: "until:2026-11-20", isOfTrace: true),
        FilterField(name: "spans", type: .count, help: "spans of the trace", example: "spans>100", isOfTrace: true),
        FilterField(
            name: "errors", type: .count, help: "failed spans of the trace", example: "errors>0", isOfTrace: true),
        FilterField(
            name: "trace.duration", type: .duration, help: "from the first start to the last end",
            example: "trace.dur>30s", aliases: ["trace.dur"], isOfTrace: true),
        FilterField(
            name: "trace.tokens", type: .count, help: "tokens of all model calls of the trace",
            example: "trace.tokens>100k", isOfTrace: true),
        FilterField(
            name: "missing", type: .count, help: "calls that must exist by the evidence and are not recorded",
            example: "missing>0", isOfTrace: true),
        FilterField(
            name: "identifiable", type: .count, help: "percent of spans whose agent is told apart",
            example: "identifiable<90", isOfTrace: true),
    ]

    /// The field that a written name means, with the key that follows it.
    ///
    /// Names match in any case; keys keep theirs.
    public static func named(_ text: String) -> (field: FilterField, key: String?)? {
        let lower = text.lowercased()
        for field in all {
            for name in [field.name] + field.aliases {
                if !field.takesKey {
                    if lower == name { return (field, nil) }
                } else if lower.hasPrefix(name), text.count > name.count {
                    return (field, String(text.dropFirst(name.count)))
                }
            }
        }
        return nil
    }
}

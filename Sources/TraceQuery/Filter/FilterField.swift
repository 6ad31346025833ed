import TraceModel

/// A field of the filter language: the one table from which parser, completion, help and evaluator come.
///
/// A back end that can ask for the field itself has a row of the same name in a table of its own, such as
/// `FilterCompiler.spanTerms`; without one, what it finds is filtered by `FilterEvaluator`.
public struct FilterField: Hashable, Sendable {
    /// The name; one that ends in a dot is followed by a key, such as `attr.http.status_code`.
    public var name: String
    /// One line of help.
    public var help: String
    /// An example term.
    public var example: String
    /// Other names that people type.
    public var aliases: [String]
    /// Whether the field speaks of the whole trace, also where spans are filtered.
    public var isOfTrace: Bool
    /// How values are read and compared.
    package var values: FilterValues

    init(
        _ name: String, _ help: String, example: String, aliases: [String] = [], isOfTrace: Bool = false,
        _ values: FilterValues
    ) {
        self.name = name
        self.help = help
        self.example = example
        self.aliases = aliases
        self.isOfTrace = isOfTrace
        self.values = values
    }

    public static func == (a: FilterField, b: FilterField) -> Bool { a.name == b.name }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// Whether a key follows the name.
    public var takesKey: Bool { name.hasSuffix(".") }

    /// The comparisons that make sense for the field.
    public var comparisons: [FilterTerm.Comparison] { values.comparisons }

    /// Every field, in the order of the help.
    public static let all: [FilterField] = ofSpans + ofTraces

    private static let ofSpans: [FilterField] = [
        FilterField(
            "kind", "what the span is to an agent run", example: "kind:tool",
            .words(SpanKind.allCases.map(\.name)) { $0.span.map { [$0.row.kind.name] } ?? [] }),
        FilterField(
            "status", "ok, error, cancelled or unset", example: "status:error",
            .words(outcomes) { $0.outcomes }),
        FilterField(
            "name", "name of the span", example: "name~search",
            .texts { $0.name(\.name) }),
        FilterField(
            "agent", "agent, declared or inherited", example: "agent:planner",
            .texts { $0.name(\.agent) }),
        FilterField(
            "model", "model that was asked for or that answered", example: "model:gpt-4*",
            .texts { $0.name(\.modelRequested) + $0.name(\.modelResolved) }),
        FilterField(
            "model.requested", "model that was asked for", example: "model.requested:gpt-4o",
            .texts { $0.name(\.modelRequested) }),
        FilterField(
            "model.resolved", "model that answered", example: "model.resolved:gpt-4o-2024*",
            .texts { $0.name(\.modelResolved) }),
        FilterField(
            "tool", "tool that was called", example: "tool:web_search",
            .texts { $0.name(\.tool) }),
        FilterField(
            "service", "service.name of the resource", example: "-service:gateway",
            .texts { $0.name(\.service) }),
        FilterField(
            "session", "session, conversation or thread", example: "session:sess-17",
            .texts { [$0.span?.session].compactMap(\.self) }),
        FilterField(
            "duration", "how long the span lasted", example: "dur>2s", aliases: ["dur"],
            .duration { $0.span?.row.durationNanos }),
        FilterField(
            "ttft", "from the start to the first streamed chunk", example: "ttft>800ms",
            .duration { $0.span?.row.timeToFirstChunkNanos }),
        FilterField(
            "tokens", "input and output tokens", example: "tokens>10k",
            .count { $0.span?.row.tokensTotal }),
        FilterField(
            "tokens.input", "input tokens", example: "tokens.input>8k",
            .count { $0.span?.row.tokensInput }),
        FilterField(
            "tokens.output", "output tokens", example: "tokens.output<10",
            .count { $0.span?.row.tokensOutput }),
        FilterField(
            "tokens.cache_read", "input tokens read from a cache", example: "tokens.cache_read=0",
            .count { $0.span?.usage.cacheRead }),
        FilterField(
            "tokens.cache_write", "input tokens written to a cache", example: "tokens.cache_write>0",
            .count { $0.span?.usage.cacheWrite }),
        FilterField(
            "tokens.reasoning", "output tokens spent on reasoning", example: "tokens.reasoning>1k",
            .count { $0.span?.usage.reasoning }),
        FilterField(
            "error", "class of the failure", example: "error:*Timeout*",
            .texts { $0.name(\.errorType) }),
        FilterField(
            "mark", "oddity of the span", example: "mark:missing_parent",
            .words(SpanMarks.named.map(\.name)) { $0.span?.row.marks.names ?? [] }),
        FilterField(
            "finding", "what was found about the span", example: "finding:stream.loop status:ok",
            .texts { $0.rules }),
        FilterField(
            "severity", "how bad a finding about the span is: hint, warning or error", example: "severity:error",
            .words(FindingSeverity.allCases.map(\.name), isOrdered: true) { $0.findings.map(\.severity.name) }),
        FilterField(
            "certainty", "how sure a finding is: proven, inferred or cannot_tell", example: "certainty:proven",
            .words(FindingCertainty.allCases.map(\.name)) { $0.findings.map(\.certainty.name) }),
        FilterField(
            "attempt", "which attempt of its agent the span belongs to, from 1", example: "agent:worker attempt:3",
            .count { $0.run.map { Int64($0.attempt) } }),
        FilterField(
            "attempt.reason", "why the span's agent was tried again", example: "reason:critic", aliases: ["reason"],
            .words(AttemptReason.allCases.map(\.name)) { $0.attemptReasons }),
        FilterField(
            "step", "step of the trace that the span belongs to", example: "step:12",
            .count { $0.span.flatMap { $0.row.step == 0 ? nil : Int64($0.row.step) } }),
        FilterField(
            "layer", "model, tool or harness", example: "layer:tool status:error",
            .words(SpanLayer.allCases.map(\.name)) { $0.span.map { [SpanLayer($0.row.kind).name] } ?? [] }),
        FilterField(
            "stream", "yes, no, or how the times of the span's chunks came to be", example: "stream:measured",
            .words(["yes", "no"] + TimingQuality.allCases.map(\.name)) { $0.streams }),
        FilterField(
            "scope", "instrumentation library", example: "scope:openai*",
            .texts { $0.span.map { [$0.scope] } ?? [] }),
        FilterField(
            "span", "beginning of the span id", example: "span:7f3a",
            .id(digits: 16) { $0.span?.row.spanID.hex }),
        FilterField(
            "text", "words in prompts, outputs, tool calls and names", example: "text:\"refund policy\"",
            .search),
        FilterField(
            "attr.", "attribute of the span", example: "attr.http.status_code=429", aliases: ["attribute."],
            .attributes { $0.span?.attributes ?? [] }),
        FilterField(
            "resource.", "attribute of the resource", example: "resource.host.name:web*",
            .attributes { $0.span?.resource ?? [] }),
    ]

    private static let ofTraces: [FilterField] = [
        FilterField(
            "trace", "beginning of the trace id", example: "trace:4bf9", isOfTrace: true,
            .id(digits: 32) { $0.trace.summary.traceID.hex }),
        FilterField(
            "root", "name of the trace", example: "root:answer*", isOfTrace: true,
            .texts { [$0.trace.summary.name].compactMap(\.self) }),
        FilterField(
            "since", "started at or after", example: "since:2h since:\"Tue 02:00\"", isOfTrace: true,
            .time(isEnd: false)),
        FilterField(
            "until", "started before", example: "until:2026-11-20", isOfTrace: true,
            .time(isEnd: true)),
        FilterField(
            "spans", "spans of the trace", example: "spans>100", isOfTrace: true,
            .count { Int64($0.trace.summary.spanCount) }),
        FilterField(
            "errors", "failed spans of the trace", example: "errors>0", isOfTrace: true,
            .count { Int64($0.trace.summary.errorCount) }),
        FilterField(
            "trace.duration", "from the first start to the last end", example: "trace.dur>30s", aliases: ["trace.dur"],
            isOfTrace: true,
            .duration { $0.trace.summary.durationNanos }),
        FilterField(
            "trace.tokens", "tokens of all model calls of the trace", example: "trace.tokens>100k", isOfTrace: true,
            .count { $0.trace.summary.tokensTotal }),
        FilterField(
            "missing", "calls that must exist by the evidence and are not recorded", example: "missing>0",
            isOfTrace: true,
            .count { $0.trace.missingCalls }),
        FilterField(
            "identifiable", "percent of spans whose agent is told apart", example: "identifiable<90", isOfTrace: true,
            .count { $0.trace.identifiablePercent }),
    ]

    /// What became of a span; it may be both failed and cancelled.
    private static let outcomes = [TraceFacet.Outcome.ok, .error, .cancelled, .unset].map { String(describing: $0) }

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

    /// The name of a field that was probably meant; nil where none is close.
    static func nearest(to name: String) -> String? {
        let lower = name.lowercased()
        let candidates = all.flatMap { [$0.name] + $0.aliases }
        let ranked = candidates.map { (name: $0, distance: distance(lower, $0)) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, min(lower.count, best.name.count) / 3) ? best.name : nil
    }

    /// The number of insertions, deletions and replacements between two words.
    private static func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b.utf8.prefix(64))
        var row = Array(0...b.count)
        for (i, byte) in a.utf8.prefix(64).enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let replaced = diagonal + (byte == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}

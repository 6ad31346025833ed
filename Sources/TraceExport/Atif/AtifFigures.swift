import Basics
import FastJSON
import TraceModel

/// What a model call used, and what the calls of a trajectory used together; absent where nobody says it.
struct AtifFigures {
    /// Names of attributes that state the cost of a call in US dollars, the most trusted first.
    private static let costNames = [
        "gen_ai.usage.cost", "llm.cost.total", "operation.cost", "gen_ai.usage.total_cost", "cost_usd",
    ]

    var prompt: Int64?
    var completion: Int64?
    var cached: Int64?
    var cost: Double?
    private var cacheWrite: Int64?
    private var reasoning: Int64?
    private var stepCount: Int64 = 0
    private var statedCount: Int64 = 0

    /// The sum over no call.
    init() {}

    /// Reads the figures of one call; nil where it states none.
    init?(_ span: ExportSpan) {
        let tokens = span.facts.tokens
        prompt = tokens.input
        completion = tokens.output
        cached = tokens.cacheRead
        cacheWrite = tokens.cacheWrite
        reasoning = tokens.reasoning
        cost = Self.costNames.lazy.compactMap { span.span.attributes.value(of: $0)?.doubleValue }
            .first { $0.isFinite && $0 >= 0 }
        if prompt == nil && completion == nil && cached == nil && cost == nil && cacheWrite == nil && reasoning == nil {
            return nil
        }
    }

    /// The metrics of a step.
    var stepValue: JSONValue {
        var members = AtifMembers()
        members.add("prompt_tokens", int: prompt)
        members.add("completion_tokens", int: completion)
        members.add("cached_tokens", int: cached)
        members.add("cost_usd", cost.map { .double($0) })
        var extra = AtifMembers()
        extra.add("cache_creation_tokens", int: cacheWrite)
        extra.add("reasoning_tokens", int: reasoning)
        if !extra.isEmpty { members.add("extra", extra.value) }
        return members.value
    }

    /// Adds the figures of a model call, nil where it states none.
    mutating func add(_ call: AtifFigures?) {
        stepCount += 1
        guard let call else { return }
        statedCount += 1
        prompt = Self.sum(prompt, call.prompt)
        completion = Self.sum(completion, call.completion)
        cached = Self.sum(cached, call.cached)
        addCost(call.cost)
    }

    /// Adds what a trajectory within costs: the format counts it with the cost of the one around it.
    mutating func addCost(_ cost: Double?) {
        if let cost { self.cost = (self.cost ?? 0) + cost }
    }

    /// The metrics of a trajectory, with how many of its model calls they rest on.
    func finalValue(steps: Int) -> JSONValue {
        var members = AtifMembers()
        members.add("total_prompt_tokens", int: prompt)
        members.add("total_completion_tokens", int: completion)
        members.add("total_cached_tokens", int: cached)
        members.add("total_cost_usd", cost.map { .double($0) })
        members.add("total_steps", int: Int64(steps))
        if stepCount > 0 {
            var extra = AtifMembers()
            extra.add("model_calls", int: stepCount)
            extra.add("model_calls_with_metrics", int: statedCount)
            members.add("extra", extra.value)
        }
        return members.value
    }

    private static func sum(_ a: Int64?, _ b: Int64?) -> Int64? {
        guard let b else { return a }
        return (a ?? 0).addingClamped(b)
    }
}

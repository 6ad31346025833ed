package import TraceModel

/// Rules about what agents do again and again, who answers in their name, and whose clock goes wrong.
extension FindingRules {
    static let agents = [agentToolLoop, agentRetryStorm, identityAliasFlip, clockSkew]

    static let agentToolLoop = FindingRule(
        id: "agent.tool_loop", title: "An agent made the same calls again and again",
        proves: "one agent run repeated calls with equal arguments and equal results",
        cannotTell: "whether it waited for a change outside",
        severity: .warning,
        limits:
            "3 equal calls with equal results; 3 rounds of two alternating calls; inferred: 4 calls in a row of one "
            + "tool whose arguments vary and whose result stays empty or an error")

    static let agentRetryStorm = FindingRule(
        id: "agent.retry_storm", title: "Attempts failed one after another",
        proves: "failed attempts follow each other without a success between them",
        cannotTell: "whether waiting longer would have helped",
        severity: .warning,
        limits: "5 failures of one tool, model or agent within 60 s")

    package static let identityAliasFlip = FindingRule(
        id: "identity.alias_flip", title: "One model name was answered by two models",
        proves: "answers to one requested name come from different models",
        cannotTell: "whether the answers differ in quality",
        severity: .warning,
        limits: "a bare name beside its own snapshot is no flip")

    static let clockSkew = FindingRule(
        id: "clock.skew", title: "Two clocks disagree",
        proves: "a span lies outside its parent by the times of two clocks",
        cannotTell: "which clock is right; the offset is inferred from parents and children",
        severity: .hint,
        limits: "more than 1 ms")
}

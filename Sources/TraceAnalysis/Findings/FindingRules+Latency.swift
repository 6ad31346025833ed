import TraceModel

extension FindingRules {
    static let latencyUnattributed = FindingRule(
        id: "latency.unattributed", title: "Nothing says where a step's time went",
        proves: "for that much of the step no span ran that tells what it does",
        cannotTell: "whether it was work without spans or whose spans are lost, waiting for a person, or idle",
        severity: .warning,
        limits: "steps of at least 1 s with more than 20 % unattributed; the step with the most of it carries the "
            + "finding of a trace")
}

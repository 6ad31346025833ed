import TraceModel

/// Rules about the tree of a trace.
extension FindingRules {
    static let structure = [
        structureDuplicateSpanID, structureSelfParent, structureParentCycle, structureMissingParent,
    ]

    static let structureDuplicateSpanID = FindingRule(
        id: "structure.duplicate_span_id", title: "Two spans have one id",
        proves: "the trace holds several spans with this id that contradict each other",
        cannotTell: "which of them their children belong to",
        severity: .warning,
        limits: "records that agree in name, parent and times are one span")

    static let structureSelfParent = FindingRule(
        id: "structure.self_parent", title: "A span is its own parent",
        proves: "the span names its own id as that of its parent",
        cannotTell: "where it belongs",
        severity: .warning,
        limits: "none")

    static let structureParentCycle = FindingRule(
        id: "structure.parent_cycle", title: "Parents go round in a circle",
        proves: "the chain of parents leads back to the span",
        cannotTell: "where the circle should be open",
        severity: .warning,
        limits: "it is opened at its earliest span")

    static let structureMissingParent = FindingRule(
        id: "structure.missing_parent", title: "A parent is missing",
        proves: "no stored record has the id that the span names as its parent",
        cannotTell: "whether it was never sent, lost, sampled away, or is still to come",
        severity: .warning,
        limits: "none")
}

import TraceModel

/// What is wrong with the shape of a trace, as findings about its spans.
enum StructureFinder {
    private static let rules: [(mark: SpanMarks, rule: FindingRule, words: String)] = [
        (.missingParent, FindingRules.structureMissingParent, "names a parent of which no record is stored"),
        (.duplicateSpanID, FindingRules.structureDuplicateSpanID, "shares its id with a span of other content"),
        (.selfParent, FindingRules.structureSelfParent, "names itself as its parent"),
        (.parentCycle, FindingRules.structureParentCycle, "is its own ancestor"),
    ]

    static func findings(_ input: TraceInput) -> [Finding] {
        var list = FindingList()
        for place in input.spans.indices where input.columns.facts[place].contains(.marks) {
            let span = input.spans[place]
            for (mark, rule, words) in rules where span.marks.contains(mark) {
                let name = input.names[span.name] ?? "A span without a name"
                let parent = span.parentSpanID.map {
                    [FindingEvidence(spanID: span.spanID, label: "parent", value: $0.hex)]
                }
                list.append(
                    Finding(
                        rule: rule.id, severity: rule.severity, certainty: .proven, message: "\(name) \(words).",
                        spanID: span.spanID, evidence: parent ?? []))
            }
        }
        return list.findings
    }
}

import Basics
import TraceModel

/// Findings with no more than so many of one rule.
struct FindingList {
    /// The most findings of one rule in one trace.
    static let cap = 50

    private(set) var list: [Finding] = []
    private var counts: [String: Int] = [:]
    private var lastPlaces: [String: Int] = [:]

    mutating func append(_ finding: Finding?) {
        guard let finding else { return }
        let count = counts[finding.rule, default: 0] + 1
        counts[finding.rule] = count
        guard count <= Self.cap else { return }
        lastPlaces[finding.rule] = list.count
        list.append(finding)
    }

    /// The findings; the last one of a rule tells how many more there are.
    var findings: [Finding] {
        var findings = list
        for (rule, count) in counts where count > Self.cap {
            guard let place = lastPlaces[rule] else { continue }
            findings[place].message += " \(count - Self.cap) more of this rule are not listed."
        }
        return findings
    }
}

/// Figures in the sentences of findings: three digits, unit glued, no locale.
enum FigureText {
    /// A duration such as `0`, `120ms`, `8.40s`, `65.2s`, `312s`.
    static func duration(_ nanos: Int64) -> String {
        if nanos == 0 { return "0" }
        let value = Double(nanos)
        if abs(value) < 999.5e3 { return "\((value / 1e3).rounded() == 0 ? "\(nanos)n" : "\(whole(value / 1e3))µ")s" }
        if abs(value) < 999.5e6 { return "\(whole(value / 1e6))ms" }
        if abs(value) < 9.995e9 { return fixed(value / 1e9, digits: 2) + "s" }
        if abs(value) < 99.95e9 { return fixed(value / 1e9, digits: 1) + "s" }
        return "\(whole(value / 1e9))s"
    }

    /// A share such as `49%`.
    static func percent(_ share: Double) -> String { "\(whole(share * 100))%" }

    private static func whole(_ value: Double) -> Int64 { Int64(clamped: value.rounded()) }

    private static func fixed(_ value: Double, digits: Int) -> String {
        let scale: Int64 = digits == 2 ? 100 : 10
        let scaled = whole(abs(value) * Double(scale))
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: digits - fraction.count)
        return "\(value < 0 ? "-" : "")\(scaled / scale).\(zeros)\(fraction)"
    }
}

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

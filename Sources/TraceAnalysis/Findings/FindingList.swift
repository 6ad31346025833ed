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

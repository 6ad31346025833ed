import Basics
import TraceAnalysis
import TraceModel

/// The words of a finding about a name to which another model answers than before.
enum AliasFlipText {
    /// The label of the evidence that tells these findings from those within one trace.
    static let mark = "name asked for"

    static func finding(_ flip: AliasHistory.Flip, alias: String, isFirst: Bool) -> Finding {
        let (from, last) = (weekdayTime(flip.after.first), weekdayTime(flip.lastBefore))
        // Two models that take turns are no change for good.
        let rest = flip.isShared ? ", which answers to it still." : "."
        return Finding(
            rule: FindingRules.identityAliasFlip.id, severity: isFirst ? .warning : .hint, certainty: .proven,
            message: "\(alias) was answered by \(flip.after.name) from \(from) UTC on; "
                + "until then by \(flip.before.name) (last \(last) UTC)" + rest,
            spanID: nil,
            evidence: [
                FindingEvidence(spanID: nil, label: mark, value: alias),
                FindingEvidence(spanID: nil, label: "answered before by", value: flip.before.name),
                FindingEvidence(spanID: nil, label: "last answered by it", value: timestamp(flip.lastBefore)),
                FindingEvidence(spanID: nil, label: "now answered by", value: flip.after.name),
                FindingEvidence(spanID: nil, label: "first answered by it", value: timestamp(flip.after.first)),
            ])
    }

    /// Such as `Mon 2026-11-23 21:14`.
    private static func weekdayTime(_ unixNano: Int64) -> String {
        let time = CivilTime(unixNano: unixNano)
        return "\(CivilTime.weekdays[time.weekday]) \(time.text().prefix(16))"
    }

    /// Such as `2026-11-23T21:14:09Z`.
    private static func timestamp(_ unixNano: Int64) -> String {
        let time = CivilTime(unixNano: unixNano)
        return "\(time.date.text)T\(time.clock())Z"
    }
}

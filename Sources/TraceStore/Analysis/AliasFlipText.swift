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

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let secondsPerDay: Int64 = 86_400

    /// Such as `Mon 2026-11-23 21:14`.
    private static func weekdayTime(_ unixNano: Int64) -> String {
        let days = floor(floor(unixNano, 1_000_000_000).quotient, secondsPerDay).quotient
        let text = timestamp(unixNano)
        return "\(weekdays[Int(floor(days, 7).remainder)]) \(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }

    /// Such as `2026-11-23T21:14:09Z`.
    ///
    /// The date follows Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    private static func timestamp(_ unixNano: Int64) -> String {
        let (days, second) = floor(floor(unixNano, 1_000_000_000).quotient, secondsPerDay)
        let (era, dayOfEra) = floor(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civilMonth = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let time = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        return "\(year)-\(two(civilMonth))-\(two(day))T\(time)Z"
    }

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func floor(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

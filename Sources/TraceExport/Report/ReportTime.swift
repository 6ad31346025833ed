/// Times of traces as reports tell them: in UTC, and as offsets from the start of their trace.
enum ReportTime {
    /// A time such as `2026-11-24 02:11:40.120 UTC`; nil is a word.
    static func utc(_ unixNano: Int64?) -> String {
        guard let unixNano else { return ReportFigures.notRecorded }
        let seconds = floorDivided(unixNano, 1_000_000_000)
        let rest = unixNano % 1_000_000_000
        let millis = (rest < 0 ? rest + 1_000_000_000 : rest) / 1_000_000
        let days = floorDivided(seconds, 86_400)
        let ofDay = seconds - days * 86_400
        let (year, month, day) = civil(days)
        let pad = { (value: Int64) in ReportFigures.padded(value) }
        return "\(ReportFigures.padded(year, to: 4))-\(pad(month))-\(pad(day)) "
            + "\(pad(ofDay / 3600)):\(pad(ofDay / 60 % 60)):\(pad(ofDay % 60))."
            + "\(ReportFigures.padded(millis, to: 3)) UTC"
    }

    /// The distance between two times, at the ends of the range where it lies beyond.
    static func distance(from start: Int64, to end: Int64) -> Int64 {
        let (distance, overflow) = end.subtractingReportingOverflow(start)
        return overflow ? (end > start ? .max : .min) : distance
    }

    /// A time some nanoseconds after another, at the ends of the range where it lies beyond.
    static func time(_ start: Int64, plus nanos: Int64) -> Int64 {
        let (time, overflow) = start.addingReportingOverflow(nanos)
        return overflow ? (nanos > 0 ? .max : .min) : time
    }

    /// An offset such as `+1.20s`; a word where one of the times is absent.
    static func offset(_ time: Int64?, from start: Int64?) -> String {
        guard let time, let start else { return "time " + ReportFigures.notRecorded }
        let distance = distance(from: start, to: time)
        return (distance < 0 ? "" : "+") + ReportFigures.duration(distance)
    }

    private static func floorDivided(_ value: Int64, _ divisor: Int64) -> Int64 {
        value / divisor - (value % divisor < 0 ? 1 : 0)
    }

    /// The date of a day since the epoch, after Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = floorDivided(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

/// Times as text in UTC, to the nanosecond.
enum UTCTime {
    /// A time such as `2026-01-01 00:00:00.000000000 UTC`, from nanoseconds since the Unix epoch.
    static func text(_ unixNano: Int64) -> String {
        let second: Int64 = 1_000_000_000
        let seconds = unixNano.floored(by: second)
        let remainder = unixNano % second
        let nanos = remainder < 0 ? remainder + second : remainder
        let days = seconds.floored(by: 86400)
        let time = seconds - days * 86400
        let (year, month, day) = civil(days)
        return "\(year)-\(padded(month, 2))-\(padded(day, 2)) "
            + "\(padded(time / 3600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2)).\(padded(nanos, 9)) UTC"
    }

    /// The date of a day counted from 1970-01-01 in the proleptic Gregorian calendar.
    ///
    /// Years are taken to start on 1 March, so that the leap day is the last of its year; 400 years have 146,097 days.
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.floored(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func padded(_ value: Int64, _ digits: Int) -> String {
        let text = "\(value)"
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension Int64 {
    /// Division that rounds towards negative infinity.
    fileprivate func floored(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

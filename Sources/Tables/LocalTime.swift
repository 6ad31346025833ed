package import Foundation

/// Times as people read them, in a time zone that is given.
package struct LocalTime: Sendable {
    package let timeZone: TimeZone

    package init(_ timeZone: TimeZone) {
        self.timeZone = timeZone
    }

    /// Date and time to the millisecond, such as `2025-11-22 02:14:07.123`; nil is unknown.
    package func text(nanos: Int64?) -> String {
        guard let nanos else { return "–" }
        let utcSeconds = nanos.floorDivided(by: 1_000_000_000)
        let remainder = nanos % 1_000_000_000
        let millis = (remainder < 0 ? remainder + 1_000_000_000 : remainder) / 1_000_000
        let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utcSeconds)))
        let seconds = utcSeconds + Int64(offset)
        let days = seconds.floorDivided(by: 86_400)
        let time = seconds - days * 86_400
        let (year, month, day) = LocalTime.civil(days: days)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2)) "
            + "\(padded(time / 3600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2)).\(padded(millis, 3))"
    }

    /// The date of the proleptic Gregorian calendar, by counting days in eras of 400 years that begin in March.
    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private func padded(_ number: Int64, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

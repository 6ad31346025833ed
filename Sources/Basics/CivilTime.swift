package import Foundation

/// A date of the proleptic Gregorian calendar.
package struct CivilDate: Hashable, Sendable {
    package var year: Int
    /// 1 to 12.
    package var month: Int
    /// 1 to 31.
    package var day: Int

    package init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The date of a day counted from 1970-01-01.
    ///
    /// Years are taken to start on 1 March, so that the leap day is the last of its year; 400 years have 146,097 days.
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    package init(daysSinceEpoch days: Int64) {
        let (era, dayOfEra) = days.addingClamped(719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
        day = Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    /// Days from 1970-01-01, for years from 0 on.
    package var daysSinceEpoch: Int64 {
        let marchYear = Int64(month <= 2 ? year - 1 : year)
        let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
        return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
    }

    /// Such as `2026-11-24`.
    package var text: String { "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))" }
}

/// A civil date and time of day, in UTC or at an offset from it.
package struct CivilTime: Hashable, Sendable {
    package var date: CivilDate
    /// 0 is Sunday.
    package var weekday: Int
    package var secondOfDay: Int
    package var nanosecond: Int

    /// The civil time of a Unix time in nanoseconds, so many seconds east of UTC.
    package init(unixNano: Int64, offsetSeconds: Int = 0) {
        let (seconds, nanos) = unixNano.flooredDivision(by: 1_000_000_000)
        let (days, second) = seconds.addingClamped(Int64(offsetSeconds)).flooredDivision(by: 86_400)
        date = CivilDate(daysSinceEpoch: days)
        // 1970-01-01 was a Thursday.
        weekday = Int((days + 4).flooredDivision(by: 7).remainder)
        secondOfDay = Int(second)
        nanosecond = Int(nanos)
    }

    /// The civil time of a Unix time in nanoseconds, in a time zone.
    package init(unixNano: Int64, in zone: TimeZone) {
        let seconds = unixNano.flooredDivision(by: 1_000_000_000).quotient
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        self.init(unixNano: unixNano, offsetSeconds: offset)
    }

    /// The days of the week in three letters, from Sunday.
    package static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    /// The time of day, such as `02:14:07`, with the first digits of the fraction if asked for.
    package func clock(decimals: Int = 0) -> String {
        let hour = secondOfDay / 3_600
        let minute = secondOfDay / 60 % 60
        let text = "\(hour.padded(to: 2)):\(minute.padded(to: 2)):\((secondOfDay % 60).padded(to: 2))"
        return decimals > 0 ? text + "." + nanosecond.padded(to: 9).prefix(decimals) : text
    }

    /// Such as `2026-11-24 02:11:40`, with the first digits of the fraction if asked for.
    package func text(decimals: Int = 0) -> String { date.text + " " + clock(decimals: decimals) }
}

extension BinaryInteger {
    /// The digits, with zeros in front up to a width.
    package func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

package import Foundation

/// Times of day in a time zone, written without any locale.
package struct WallClock: Sendable {
    private let timeZone: TimeZone

    package init(_ timeZone: TimeZone) {
        self.timeZone = timeZone
    }

    /// A civil date and time.
    package struct Parts: Equatable, Sendable {
        package var year: Int
        package var month: Int
        package var day: Int
        /// 0 is Sunday.
        package var weekday: Int
        package var secondOfDay: Int
        package var nanosecond: Int
    }

    /// The civil time of a Unix time in nanoseconds.
    ///
    /// The date follows Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    package func parts(_ unixNano: Int64) -> Parts {
        let (whole, nanosecond) = WallClock.floorDivide(unixNano, 1_000_000_000)
        let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(whole)))
        let (days, second) = WallClock.floorDivide(whole + Int64(offset), 86_400)
        let shifted = days + 719_468
        let (era, dayOfEra) = WallClock.floorDivide(shifted, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civilMonth = month < 10 ? month + 3 : month - 9
        return Parts(
            year: Int(yearOfEra + era * 400) + (civilMonth <= 2 ? 1 : 0), month: Int(civilMonth),
            day: Int(dayOfYear - (153 * month + 2) / 5 + 1),
            weekday: Int(WallClock.floorDivide(days + 4, 7).remainder), secondOfDay: Int(second),
            nanosecond: Int(nanosecond))
    }

    private static func floorDivide(_ a: Int64, _ b: Int64) -> (quotient: Int64, remainder: Int64) {
        let remainder = a % b
        return remainder < 0 ? (a / b - 1, remainder + b) : (a / b, remainder)
    }

    /// `02:14:07`, with decimals if asked for.
    package func time(_ unixNano: Int64, decimals: Int = 0) -> String {
        let parts = parts(unixNano)
        let second = parts.secondOfDay
        var text = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        if decimals > 0 {
            let fraction = String(1_000_000_000 + parts.nanosecond).dropFirst()
            text += "." + fraction.prefix(decimals)
        }
        return text
    }

    /// `Tue 02:14`.
    package func weekdayTime(_ unixNano: Int64) -> String {
        let parts = parts(unixNano)
        return WallClock.weekdays[parts.weekday] + " " + time(unixNano).prefix(5)
    }

    /// `2026-11-20`.
    package func date(_ unixNano: Int64) -> String {
        let parts = parts(unixNano)
        return "\(parts.year)-\(two(parts.month))-\(two(parts.day))"
    }

    /// The shortest form that is clear at a time: `02:14:07` today, `Nov 20 02:14` this year, `2024-11-20` before.
    package func brief(_ unixNano: Int64, now: Int64) -> String {
        let parts = parts(unixNano)
        let today = self.parts(now)
        if parts.year != today.year { return date(unixNano) }
        if parts.month == today.month, parts.day == today.day { return time(unixNano) }
        return "\(WallClock.months[parts.month - 1]) \(two(parts.day)) \(time(unixNano).prefix(5))"
    }

    private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

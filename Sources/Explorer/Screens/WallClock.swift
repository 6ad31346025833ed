import Basics
package import Foundation

/// Wall-clock times in a time zone, written without any locale.
package struct WallClock: Sendable {
    private let timeZone: TimeZone

    package init(_ timeZone: TimeZone) {
        self.timeZone = timeZone
    }

    /// The civil time of a Unix time in nanoseconds.
    private func civil(_ unixNano: Int64) -> CivilTime { CivilTime(unixNano: unixNano, in: timeZone) }

    /// `02:14:07`, with decimals if asked for.
    package func time(_ unixNano: Int64, decimals: Int = 0) -> String { civil(unixNano).clock(decimals: decimals) }

    /// A mark of an axis with marks so many nanoseconds apart: `02:14:07.5`, and with its day where those may repeat.
    func mark(_ unixNano: Int64, step: Double) -> String {
        if step >= 3_600e9 { return dayTime(civil(unixNano)) }
        return time(unixNano, decimals: step < 1e3 ? 9 : step < 1e6 ? 6 : step < 1e9 ? 3 : 0)
    }

    /// `Tue 02:14`.
    package func weekdayTime(_ unixNano: Int64) -> String {
        let civil = civil(unixNano)
        return CivilTime.weekdays[civil.weekday] + " " + civil.clock().prefix(5)
    }

    /// `2026-11-20`.
    package func date(_ unixNano: Int64) -> String { civil(unixNano).date.text }

    /// The shortest form that is clear at a time: `02:14:07` today, `Nov 20 02:14` this year, `2024-11-20` before.
    package func brief(_ unixNano: Int64, now: Int64) -> String {
        let (civil, today) = (civil(unixNano), civil(now))
        if civil.date.year != today.date.year { return civil.date.text }
        if civil.date == today.date { return civil.clock() }
        return dayTime(civil)
    }

    /// `Nov 20 02:14`.
    private func dayTime(_ civil: CivilTime) -> String {
        "\(WallClock.months[civil.date.month - 1]) \(civil.date.day.padded(to: 2)) \(civil.clock().prefix(5))"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

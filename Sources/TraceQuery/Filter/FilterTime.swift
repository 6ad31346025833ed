import Basics
package import Foundation

/// Times in filters as people write them: `2h` (ago), `02:14`, `Tue 02:00`, `2026-11-20`, `2026-11-20T02:00`.
///
/// Times without a date are the last such time; times without a zone are in the zone of the reader.
package struct FilterTime: Sendable {
    /// Nanoseconds since the Unix epoch.
    package let now: Int64
    package let timeZone: TimeZone

    package init(now: Int64, timeZone: TimeZone) {
        self.now = now
        self.timeZone = timeZone
    }

    /// Whether a text is a time at all.
    package static func isTime(_ text: String) -> Bool {
        let any = FilterTime(now: 1_760_000_000_000_000_000, timeZone: TimeZone(secondsFromGMT: 0) ?? .current)
        return any.instant(text) != nil
    }

    /// The time that a text means, in nanoseconds since the Unix epoch; nil where it means none.
    ///
    /// A day without a time is its first moment, or with `atEnd` the first moment of the next day.
    package func instant(_ text: String, atEnd: Bool = false) -> Int64? {
        let words = text.lowercased().split { $0 == " " || $0 == "\t" }.map { String($0) }
        switch words.count {
        case 1:
            if words[0] == "now" { return now }
            if let ago = FilterValue.duration(words[0]) { return OutsideNumber.time(now.subtractingIfFits(ago)) }
            if let number = epoch(words[0]) { return number }
            if let time = timeOfDay(words[0]) { return last(time) }
            if let day = day(words[0]) { return start(of: day, atEnd: atEnd) }
            return dateTime(words[0], atEnd: atEnd)
        case 2:
            if words[1] == "ago" {
                return FilterValue.duration(words[0]).flatMap { OutsideNumber.time(now.subtractingIfFits($0)) }
            }
            guard let time = timeOfDay(words[1]) else { return nil }
            if let day = day(words[0], at: time) { return instant(day, time) }
            return calendarDay(words[0]).flatMap { instant($0, time) }
        default:
            return nil
        }
    }

    private var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }

    private var present: Date { Date(timeIntervalSince1970: Double(now) / 1e9) }

    private struct TimeOfDay {
        var hour: Int
        var minute: Int
        var second: Double
    }

    // MARK: Pieces

    /// Seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by their length.
    private func epoch(_ text: String) -> Int64? {
        guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int64(text) else { return nil }
        switch text.utf8.count {
        case 9, 10: return OutsideNumber.time(number.multipliedIfFits(by: 1_000_000_000))
        case 12, 13: return OutsideNumber.time(number.multipliedIfFits(by: 1_000_000))
        case 15, 16: return OutsideNumber.time(number.multipliedIfFits(by: 1000))
        case 18, 19: return OutsideNumber.time(number)
        default: return nil
        }
    }

    private func timeOfDay(_ text: String) -> TimeOfDay? {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 2 || fields.count == 3, fields[0].count <= 2, fields[1].count == 2,
            let hour = Int(fields[0]), let minute = Int(fields[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        guard fields.count == 3 else { return TimeOfDay(hour: hour, minute: minute, second: 0) }
        guard let second = Double(fields[2]), second >= 0, second < 61 else { return nil }
        return TimeOfDay(hour: hour, minute: minute, second: second)
    }

    /// The day of a word such as `today` or `tue`; a weekday is the last one, today included if `time` has passed.
    private func day(_ word: String, at time: TimeOfDay? = nil) -> Date? {
        let today = calendar.startOfDay(for: present)
        switch word {
        case "today": return today
        case "yesterday": return calendar.date(byAdding: .day, value: -1, to: today)
        default: break
        }
        let names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        guard word.count >= 3, let index = names.firstIndex(where: { $0.hasPrefix(word) }) else { return nil }
        var back = (calendar.component(.weekday, from: present) - 1 - index + 7) % 7
        if back == 0, let time, let moment = instant(today, time), moment > now { back = 7 }
        return calendar.date(byAdding: .day, value: -back, to: today)
    }

    private func calendarDay(_ text: String) -> Date? {
        let fields = text.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count == 3, fields[0].count == 4, let year = Int(fields[0]), let month = Int(fields[1]),
            let day = Int(fields[2]), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let components = DateComponents(year: year, month: month, day: day)
        guard let date = calendar.date(from: components), calendar.component(.day, from: date) == day else {
            return nil
        }
        return date
    }

    private func dateTime(_ text: String, atEnd: Bool) -> Int64? {
        let halves = text.split(separator: "t", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        guard let first = halves.first else { return nil }
        guard halves.count == 2 else { return calendarDay(first).flatMap { start(of: $0, atEnd: atEnd) } }
        var (clock, zone) = (halves[1], timeZone)
        if clock.hasSuffix("z") {
            clock.removeLast()
            zone = TimeZone(secondsFromGMT: 0) ?? timeZone
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let offset = timeOfDay(String(clock[clock.index(after: sign)...])) else { return nil }
            let seconds = (offset.hour * 60 + offset.minute) * 60 * (clock[sign] == "-" ? -1 : 1)
            zone = TimeZone(secondsFromGMT: seconds) ?? timeZone
            clock = String(clock[..<sign])
        }
        guard let time = timeOfDay(clock) else { return nil }
        let zoned = FilterTime(now: now, timeZone: zone)
        return zoned.calendarDay(first).flatMap { zoned.instant($0, time) }
    }

    // MARK: Instants

    private func start(of day: Date, atEnd: Bool) -> Int64? {
        let date = atEnd ? calendar.date(byAdding: .day, value: 1, to: day) : day
        return date.flatMap { Self.nanoseconds($0) }
    }

    private func instant(_ day: Date, _ time: TimeOfDay) -> Int64? {
        let whole = Int(clamped: time.second)
        guard let date = calendar.date(bySettingHour: time.hour, minute: time.minute, second: min(whole, 59), of: day),
            let start = Self.nanoseconds(date)
        else { return nil }
        let rest = Int64(clamped: ((time.second - Double(min(whole, 59))) * 1e9).rounded())
        return OutsideNumber.time(start.addingIfFits(rest))
    }

    /// The last time that the clock showed this.
    private func last(_ time: TimeOfDay) -> Int64? {
        let today = calendar.startOfDay(for: present)
        guard let moment = instant(today, time) else { return nil }
        if moment <= now { return moment }
        return calendar.date(byAdding: .day, value: -1, to: today).flatMap { instant($0, time) }
    }

    private static func nanoseconds(_ date: Date) -> Int64? {
        OutsideNumber.time(unixSeconds: date.timeIntervalSince1970.rounded())
    }
}

public import Foundation

/// Times of filters as people write them.
public enum FilterTime {
    static func isValid(_ text: String) -> Bool { parse(text, nowUnixNano: 0, timeZone: .gmt) != nil }

    /// The Unix time in nanoseconds that a text means at a time and place; nil where it means none.
    ///
    /// Understood are durations before now (`2h`, `7d`), `now`, `today`, `yesterday`, times of the last day (`02:14`,
    /// `02:14:07`), weekdays (`Tue`, `Tue 02:00`) and times of the last week, dates (`2026-11-20`), dates with a time
    /// (`2026-11-20T02:00`, with `Z` for UTC), and Unix times in seconds, milliseconds, microseconds or nanoseconds.
    public static func parse(_ text: String, nowUnixNano: Int64, timeZone: TimeZone) -> Int64? {
        let second: Int64 = 1_000_000_000
        let lower = text.lowercased()
        if lower == "now" { return nowUnixNano }
        if let unix = unixTime(text) { return unix }
        if let ago = FilterValue.duration(text) { return nowUnixNano - ago }
        let here = Local(timeZone: timeZone, nowSeconds: nowUnixNano / second)
        if lower == "today" { return here.seconds(day: here.today, secondOfDay: 0) * second }
        if lower == "yesterday" { return here.seconds(day: here.today - 1, secondOfDay: 0) * second }
        if let time = timeOfDay(text) {
            let today = here.seconds(day: here.today, secondOfDay: time)
            let isAhead = today * second > nowUnixNano
            return (isAhead ? here.seconds(day: here.today - 1, secondOfDay: time) : today) * second
        }
        if let seconds = weekday(lower, here) { return seconds * second }
        return date(text, here).map { $0 * second }
    }

    private static func unixTime(_ text: String) -> Int64? {
        guard let number = Int64(text), number > 0 else { return nil }
        switch text.count {
        case 10: return number * 1_000_000_000
        case 13: return number * 1_000_000
        case 16: return number * 1_000
        case 19: return number
        default: return nil
        }
    }

    /// Seconds since midnight of `02:14` or `02:14:07`.
    private static func timeOfDay(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }) else { return nil }
        let numbers = parts.compactMap { Int64($0) }
        guard numbers.count == parts.count, (0...23).contains(numbers[0]),
            numbers.dropFirst().allSatisfy({ (0...59).contains($0) })
        else { return nil }
        return numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0)
    }

    private static func weekday(_ text: String, _ here: Local) -> Int64? {
        let words = text.split(separator: " ")
        let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        guard let first = words.first, (1...2).contains(words.count), first.count >= 3,
            let wanted = names.firstIndex(of: String(first.prefix(3)))
        else { return nil }
        let time = words.count > 1 ? timeOfDay(String(words[1])) : 0
        guard let time else { return nil }
        // 1970-01-01 was a Thursday.
        let weekday = Int(((here.today + 4) % 7 + 7) % 7)
        let back = Int64((weekday - wanted + 7) % 7)
        let candidate = here.seconds(day: here.today - back, secondOfDay: time)
        return candidate > here.nowSeconds ? here.seconds(day: here.today - back - 7, secondOfDay: time) : candidate
    }

    private static func date(_ text: String, _ here: Local) -> Int64? {
        let isUTC = text.hasSuffix("Z")
        let parts = (isUTC ? text.dropLast() : text[...]).split(whereSeparator: { $0 == "T" || $0 == " " })
        guard (1...2).contains(parts.count) else { return nil }
        let numbers = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard numbers.count == 3, let year = numbers[0], let month = numbers[1], let day = numbers[2],
            (1970...2200).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let time = parts.count > 1 ? timeOfDay(String(parts[1])) : 0
        guard let time else { return nil }
        let days = Local.days(year: year, month: month, day: day)
        return isUTC ? days * 86_400 + time : here.seconds(day: days, secondOfDay: time)
    }

    /// The calendar of a time zone around now.
    private struct Local {
        let timeZone: TimeZone
        let nowSeconds: Int64

        /// Days from 1970-01-01 to today.
        var today: Int64 {
            let local = nowSeconds + offset(at: nowSeconds)
            return local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        }

        private func offset(at seconds: Int64) -> Int64 {
            Int64(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
        }

        /// The Unix time of a local time; where clocks were turned, by the offset that holds there.
        func seconds(day: Int64, secondOfDay: Int64) -> Int64 {
            let local = day * 86_400 + secondOfDay
            let guess = local - offset(at: local)
            return local - offset(at: guess)
        }

        /// Days from 1970-01-01 to a date of the Gregorian calendar, by Howard Hinnant's `days_from_civil`.
        static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
            let year = month <= 2 ? year - 1 : year
            let era = (year >= 0 ? year : year - 399) / 400
            let yearOfEra = year - era * 400
            let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
            let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            return era * 146_097 + dayOfEra - 719_468
        }
    }
}

/// Times in ISO 8601, as JSON documents have them.
package enum ISOTime {
    /// Nanoseconds since the Unix epoch of `2026-11-22T15:20:16.386752Z` and the like.
    ///
    /// The fraction may have any length; a missing zone means UTC.
    package static func nanos(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == 0x20, bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            (1678...2261).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        var index = 19
        var fraction = 0
        if index < bytes.count && bytes[index] == UInt8(ascii: ".") {
            index += 1
            var unit = 100_000_000
            while index < bytes.count, let digit = number(bytes[index...index]) {
                fraction += digit * unit
                unit /= 10
                index += 1
            }
        }
        guard let zone = zoneSeconds(bytes[index...]) else { return nil }
        let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
        let seconds = days * 86_400 + Int64(hour * 3_600 + minute * 60 + second - zone)
        return seconds * 1_000_000_000 + Int64(fraction)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits {
            guard byte >= 0x30 && byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    private static func zoneSeconds(_ text: ArraySlice<UInt8>) -> Int? {
        guard let sign = text.first else { return 0 }
        if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return text.count == 1 ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard digits.count == 4, let value = number(digits[...]) else { return nil }
        let seconds = value / 100 * 3_600 + value % 100 * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// A time in UTC such as `2026-11-24T02:11:40.120Z`, with as many digits as it needs, in groups of three.
    ///
    /// Nil at the ends of what nanoseconds can count, which readers of such texts do not reach.
    package static func text(_ unixNano: Int64) -> String? {
        let time = CivilTime(unixNano: unixNano)
        guard (1_678...2_261).contains(time.date.year) else { return nil }
        let nanos = time.nanosecond
        let decimals = nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9
        return "\(time.date.text)T\(time.clock(decimals: decimals))Z"
    }
}

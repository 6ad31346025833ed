import Basics
import Foundation
import Testing

@Suite struct CivilTimeTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01 00:00:00.000000000"), (1_709_164_800_000_000_001, "2024-02-29 00:00:00.000000001"),
        (-1, "1969-12-31 23:59:59.999999999"), (.max, "2262-04-11 23:47:16.854775807"),
        (.min, "1677-09-21 00:12:43.145224192"),
    ])
    func timesAreWrittenToTheNanosecond(nanos: Int64, text: String) {
        #expect(CivilTime(unixNano: nanos).text(decimals: 9) == text)
    }

    @Test func weekdaysAndOffsets() {
        let time = CivilTime(unixNano: 1_795_000_000_123_456_789, offsetSeconds: -3600 * 12)
        #expect(time.text(decimals: 3) == "2026-11-17 23:06:40.123")
        #expect(CivilTime.weekdays[time.weekday] == "Tue")
        #expect(CivilTime.weekdays[CivilTime(unixNano: -1).weekday] == "Wed")
    }

    @Test func datesAreThoseOfFoundation() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        var random = SplitMix64(seed: 1)
        for _ in 0..<2000 {
            let days = Int64.random(in: -100_000...100_000, using: &random)
            let date = CivilDate(daysSinceEpoch: days)
            let parts = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
            #expect(date == CivilDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
            #expect(date.daysSinceEpoch == days)
        }
    }

    @Test func isoTimesComeBack() {
        for nanos in [0, 1, 1_000, 1_000_000, 1_795_000_000_000_000_000, -1, -62_135_596_800] as [Int64] {
            #expect(ISOTime.text(nanos).flatMap(ISOTime.nanos) == nanos)
        }
        #expect(ISOTime.text(1_795_000_000_120_000_000) == "2026-11-18T11:06:40.120Z")
        #expect(ISOTime.text(.max)?.hasPrefix("2262") != true)
        for text in ["", "2026-11-18", "2026-13-18T00:00:00Z", "2026-11-18T24:00:00Z", "9999-11-18T00:00:00Z"] {
            #expect(ISOTime.nanos(text) == nil)
        }
    }
}

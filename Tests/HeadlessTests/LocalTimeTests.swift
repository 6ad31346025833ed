import Foundation
import Tables
import Testing

@Suite struct LocalTimeTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01 00:00:00.000"), (-1, "1969-12-31 23:59:59.999"),
        (951_782_400_000_000_000, "2000-02-29 00:00:00.000"), (1_795_000_000_123_456_789, "2026-11-18 11:06:40.123"),
        (.max, "2262-04-11 23:47:16.854"), (.min, "1677-09-21 00:12:43.145"),
    ])
    func timesReadAsDates(nanos: Int64, text: String) throws {
        let zone = try #require(TimeZone(secondsFromGMT: 0))
        #expect(LocalTime(zone).text(nanos: nanos) == text)
    }

    @Test func theZoneShiftsThemWithItsSummerTime() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Lisbon"))
        #expect(LocalTime(zone).text(nanos: 1_782_000_000_000_000_000) == "2026-06-21 01:00:00.000")
        #expect(LocalTime(zone).text(nanos: 1_795_000_000_000_000_000) == "2026-11-18 11:06:40.000")
    }

    @Test func unknownIsADash() throws {
        let zone = try #require(TimeZone(secondsFromGMT: 0))
        #expect(LocalTime(zone).text(nanos: nil) == "–")
    }
}

import Foundation
import Testing

@testable import TraceQuery

@Suite struct FilterValueTests {
    /// Tuesday, 2026-11-17 12:00:00 UTC.
    private static let now: Int64 = 1_794_916_800_000_000_000

    @Test(arguments: [
        ("2s", 2_000_000_000), ("1.5s", 1_500_000_000), ("200ms", 200_000_000), ("2m", 120_000_000_000),
        ("1h30m", 5_400_000_000_000), ("1d", 86_400_000_000_000), ("15us", 15_000), ("7ns", 7), ("0s", 0),
    ])
    func durations(text: String, nanoseconds: Int) {
        #expect(FilterValue.duration(text) == Int64(nanoseconds))
    }

    @Test(arguments: ["", "2", "s", "2x", "-1s", "1s2", "1e9s", "999999999999d", "..", "1.2.3s"])
    func notDurations(text: String) {
        #expect(FilterValue.duration(text) == nil)
    }

    @Test(arguments: [
        ("12", 12), ("10k", 10_000), ("1.5M", 1_500_000), ("2G", 2_000_000_000), ("0", 0), ("2.4", 2),
        ("9223372036854775807", Int.max),
    ])
    func counts(text: String, number: Int) {
        #expect(FilterValue.count(text) == Int64(number))
    }

    @Test(arguments: ["", "k", "-3", "1e5", "0x10", "ten", "99999999999999999999", ".", "1k5"])
    func notCounts(text: String) {
        #expect(FilterValue.count(text) == nil)
    }

    @Test func globs() {
        #expect(TextPattern(.matches, "gpt-4*").matches("GPT-4o"))
        #expect(TextPattern(.matches, "*time*out*").matches("A Timed OUT thing"))
        #expect(TextPattern(.matches, "a*").matches("a"))
        #expect(!TextPattern(.matches, "a*a").matches("a"))
        #expect(TextPattern(.matches, "*").matches(""))
        #expect(!TextPattern(.matches, "abc").matches("abcd"))
        #expect(TextPattern(.matches, "a**b").matches("ab"))
    }

    /// Now is Tuesday, 2026-11-17, 12:00 in UTC; the reader sits two hours east of it.
    @Test(arguments: [
        ("now", "2026-11-17T12:00:00Z"), ("2h", "2026-11-17T10:00:00Z"), ("2h ago", "2026-11-17T10:00:00Z"),
        ("13:59", "2026-11-17T11:59:00Z"), ("14:01", "2026-11-16T12:01:00Z"), ("02:14:30", "2026-11-17T00:14:30Z"),
        ("Tue 02:00", "2026-11-17T00:00:00Z"), ("tue 14:30", "2026-11-10T12:30:00Z"),
        ("wednesday 02:00", "2026-11-11T00:00:00Z"), ("today", "2026-11-16T22:00:00Z"),
        ("yesterday", "2026-11-15T22:00:00Z"), ("yesterday 23:00", "2026-11-16T21:00:00Z"),
        ("mon", "2026-11-15T22:00:00Z"), ("2026-11-20", "2026-11-19T22:00:00Z"),
        ("2026-11-20T02:00", "2026-11-20T00:00:00Z"), ("2026-11-20 02:00", "2026-11-20T00:00:00Z"),
        ("2026-11-20T02:00:05Z", "2026-11-20T02:00:05Z"), ("2026-11-20T02:00+05:30", "2026-11-19T20:30:00Z"),
        ("1794916800", "2026-11-17T12:00:00Z"), ("1794916800000000000", "2026-11-17T12:00:00Z"),
    ])
    func times(text: String, expected: String) throws {
        let time = FilterTime(now: Self.now, timeZone: try #require(TimeZone(secondsFromGMT: 7200)))
        let instant = try #require(time.instant(text))
        #expect(Date(timeIntervalSince1970: Double(instant) / 1e9) == (try Date(expected, strategy: .iso8601)))
    }

    @Test func aDayEndsWithTheNext() throws {
        let time = FilterTime(now: Self.now, timeZone: try #require(TimeZone(secondsFromGMT: 0)))
        let day: Int64 = 86_400_000_000_000
        #expect(try #require(time.instant("2026-11-20", atEnd: true)) - day == time.instant("2026-11-20"))
        #expect(time.instant("2026-11-20T00:00", atEnd: true) == time.instant("2026-11-20"))
        #expect(try #require(time.instant("14:00:00.25")) % 1_000_000_000 == 250_000_000)
    }

    @Test(arguments: [
        "", "someday", "25:00", "2026-13-01", "2026-02-30", "Tue", "1", "12:5", "2026-11-20T", "x 02:00", "02:00 Tue",
        "2026-11-20T02:00+99:99",
    ])
    func notTimes(text: String) {
        // A weekday alone is a time; it stands here to show the difference.
        #expect(FilterTime.isTime(text) == (text == "Tue"))
    }
}

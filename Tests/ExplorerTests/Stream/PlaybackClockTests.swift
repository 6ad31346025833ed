import Basics
import Explorer
import TestSupport
import Testing

/// The clock alone: a value that is asked where it has got to.
@Suite struct PlaybackClockTests {
    private static let second: Int64 = 1_000_000_000

    /// Ascending times with bursts, equal times and long gaps.
    private func times(_ random: inout SplitMix64, count: Int) -> [Int64] {
        var time: Int64 = 0
        return (0..<count).map { _ in
            switch Int.random(in: 0..<10, using: &random) {
            case 0: break
            case 1: time += Int64.random(in: 1_000_000_000...9_000_000_000, using: &random)
            default: time += Int64.random(in: 1...60_000_000, using: &random)
            }
            return time
        }
    }

    @Test(arguments: 0..<40) func isMonotoneAndExactAtEveryRate(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let times = times(&random, count: 60)
        let duration = (times.last ?? 0) + 500
        let cuts = IdleCut.cuts(times: times, duration: duration, limit: 2 * PlaybackClockTests.second)
        for rate in [0.1, 1, 3.7, 64] {
            for schedule in [PlaybackSchedule.clock([]), .clock(cuts)] {
                var clock = PlaybackClock(duration: duration, schedule: schedule, rate: rate)
                let start = Int64.random(in: 0...1 << 50, using: &random)
                clock.play(at: start)
                var before: Int64 = 0
                for time in times {
                    guard let due = clock.time(of: time) else {
                        Issue.record("a time of the stream is never reached")
                        return
                    }
                    let there = clock.position(at: due)
                    #expect(there >= time && there >= before)
                    // Not a moment earlier, but for the rounding of one nanosecond at the rate.
                    if due > start, time > before, schedule == .clock([]) {
                        #expect(clock.position(at: due - 1) < time || rate > 1)
                    }
                    before = there
                }
                #expect(clock.position(at: clock.time(of: duration) ?? 0) == duration)
                #expect(clock.position(at: .max / 4) == duration)
            }
        }
    }

    @Test(arguments: 0..<20) func seekingIsExactPlayingOrNot(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let duration = 100 * PlaybackClockTests.second
        var clock = PlaybackClock(duration: duration, rate: 16)
        var now: Int64 = 5
        for _ in 0..<100 {
            now += Int64.random(in: 0...10_000_000, using: &random)
            if Bool.random(using: &random) { clock.play(at: now) } else { clock.pause(at: now) }
            let target = Int64.random(in: -5...duration + 5, using: &random)
            clock.seek(to: target, at: now)
            #expect(clock.position(at: now) == max(0, min(duration, target)))
        }
    }

    @Test func doesNotDriftOverAnHour() {
        var clock = PlaybackClock(duration: 4_000 * PlaybackClockTests.second)
        clock.play(at: 17)
        // A million looks at the clock change nothing of where it is.
        var now: Int64 = 17
        for step in 0..<1_000_000 {
            now += 3_600_000 + Int64(step % 7)
            _ = clock.position(at: now)
        }
        #expect(clock.position(at: now) == now - 17)
    }

    @Test func changingTheSpeedGoesOnFromHere() {
        var clock = PlaybackClock(duration: 100 * PlaybackClockTests.second)
        clock.play(at: 0)
        clock.change(rate: 4, at: 2 * PlaybackClockTests.second)
        #expect(clock.position(at: 3 * PlaybackClockTests.second) == 6 * PlaybackClockTests.second)
        clock.pause(at: 3 * PlaybackClockTests.second)
        #expect(clock.time(of: 7) == nil)
        #expect(clock.position(at: 50 * PlaybackClockTests.second) == 6 * PlaybackClockTests.second)
    }

    @Test func idleTimeIsCutToTheLimitAndKeepsTrueTimes() {
        let second = PlaybackClockTests.second
        let times = [second, 2 * second, 12 * second, 13 * second]
        let cuts = IdleCut.cuts(times: times, duration: 20 * second, limit: 2 * second)
        #expect(cuts.map(\.start) == [4 * second, 15 * second])
        #expect(cuts.map(\.end) == [12 * second, 20 * second])
        var clock = PlaybackClock(duration: 20 * second, schedule: .clock(cuts))
        clock.play(at: 0)
        #expect(clock.position(at: 4 * second - 1) == 4 * second - 1)
        #expect(clock.position(at: 4 * second) == 12 * second)
        #expect(clock.time(of: 13 * second) == 5 * second)
        #expect(clock.position(at: 7 * second) == 20 * second)
    }

    @Test(arguments: 0..<20) func readingPaceIsMonotoneAndMissesNoChunk(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let times = times(&random, count: 50)
        let tape = StreamTape(
            StreamFixture.detail(
                StreamFixture.text(times.map { ($0 / StreamFixture.millisecond, "word of \($0) ") })))
        var explorer = ScriptedExplorer.streaming(tape.detail)
        explorer.press("p")
        explorer.press(": 'speed_readable' Enter")
        var before = -1
        var steps = 0
        while explorer.stream?.isPlaying == true, steps < 100_000 {
            explorer.wait(milliseconds: 40)
            let count = explorer.stream?.count ?? 0
            #expect(count >= before)
            before = count
            steps += 1
        }
        #expect(before == 50)
    }

    @Test func speedsAreReadAndRefused() {
        #expect(PlaybackSpeed("4") == .times(4))
        #expect(PlaybackSpeed("0.5x") == .times(0.5))
        #expect(PlaybackSpeed("64×") == .times(64))
        #expect(PlaybackSpeed("readable") == .readable)
        for text in ["", "0", "65", "-1", "nan", "fast", "x"] { #expect(PlaybackSpeed(text) == nil) }
    }

    @Test func timesAreRead() {
        let second = PlaybackClockTests.second
        #expect(StreamTime.parse("4.2s") == 4_200_000_000)
        #expect(StreamTime.parse("350ms") == 350_000_000)
        #expect(StreamTime.parse("1m05.5s") == 65 * second + second / 2)
        #expect(StreamTime.parse("7") == 7 * second)
        for text in ["", "s", "4 s", "-1", "4x", "1e99"] { #expect(StreamTime.parse(text) == nil) }
        #expect(StreamTime.text(3_614_000_000) == "3.61s")
        #expect(StreamTime.text(65_300_000_000) == "1m05.30s")
    }
}

import Basics
import TestSupport
import Testing
import TraceAnalysis
import TraceModel

@Suite struct StreamFiguresTests {
    private let milli: Int64 = 1_000_000

    @Test func aStreamThatBeginsWithItsFirstChunkHasNoTimeToIt() {
        let chunks = StreamFixture.text((0...20).map { $0 * 20 * milli })
        var info = StreamFixture.info()
        #expect(StreamAnalysis.figures(of: chunks, info: info).timeToFirstChunkNanos == 0)
        info.remarks = [StreamInfo.startsAtFirstChunkRemark]
        let figures = StreamAnalysis.figures(of: chunks, info: info)
        #expect(figures.timeToFirstChunkNanos == nil && figures.timeToFirstVisibleChunkNanos == nil)
        #expect(figures.timePerOutputChunkNanos == 20 * milli)
    }

    @Test func evenAndHoledStreamsOfEqualTPOTDifferInEverythingElse() throws {
        let even = StreamFixture.text((0...200).map { 300 * milli + $0 * 20 * milli })
        // 199 gaps share two seconds, one takes the other two.
        let holed = StreamFixture.text(
            (0...200).map { index in
                500 * milli + (index <= 100 ? index : index - 1) * 2_000 * milli / 199
                    + (index > 100 ? 2_000 * milli : 0)
            })
        let info = StreamFixture.info()
        let a = StreamAnalysis.figures(of: even, info: info)
        let b = StreamAnalysis.figures(of: holed, info: info)
        #expect(a.chunkCount == 201 && b.chunkCount == 201)
        #expect(a.timePerOutputChunkNanos == 20 * milli)
        #expect(b.timePerOutputChunkNanos == 20 * milli)
        let (gapsA, gapsB) = (try #require(a.interChunk), try #require(b.interChunk))
        #expect(gapsA == InterChunkLatency(p50: 20 * milli, p95: 20 * milli, p99: 20 * milli, max: 20 * milli))
        #expect(gapsB.p50 != gapsA.p50 && gapsB.p95 != gapsA.p95 && gapsB.p99 != gapsA.p99)
        #expect(gapsB.max == 2_000 * milli)
        #expect(a.stalls.isEmpty)
        #expect(b.stalls.map(\.stallClass) == [.midText])
        #expect(b.stalls.first?.nextSequence == 101)
        #expect(a.stalledNanos == 0 && b.stalledNanos == 2_000 * milli)
        #expect(a.stalledShare == 0)
        #expect(abs(try #require(b.stalledShare) - 2.0 / 4.5) < 1e-9)
        #expect(a.timeToFirstChunkNanos != b.timeToFirstChunkNanos)
        #expect(a.durationNanos != b.durationNanos)
        let (rateA, rateB) = (StreamRate(even), StreamRate(holed))
        #expect(rateA.at(3_400 * milli)?.chunksPerSecond == 50)
        #expect(rateB.at(3_000 * milli)?.chunksPerSecond == 0)
    }

    @Test func percentilesAreOfTheNearestRank() {
        // Gaps of 1 … 10 ms.
        let offsets = (0...10).map { Int64($0 * ($0 + 1) / 2) * milli }
        let figures = StreamAnalysis.figures(of: StreamFixture.text(offsets), info: StreamFixture.info())
        #expect(
            figures.interChunk
                == InterChunkLatency(p50: 5 * milli, p95: 10 * milli, p99: 10 * milli, max: 10 * milli))
        let one = StreamAnalysis.figures(of: StreamFixture.text([5]), info: StreamFixture.info())
        #expect(one.interChunk == nil && one.timePerOutputChunkNanos == nil)
        #expect(one.timeToFirstChunkNanos == 5 && one.stalledNanos == 0)
    }

    @Test func stallsHaveTheirClass() {
        let call = StreamToolCall(index: 0, id: "c", name: "search")
        let second: Int64 = 1_000_000_000
        let chunks = StreamChunks([
            StreamChunk(offsetNanos: 3 * second, kind: .other, text: ""),
            StreamChunk(offsetNanos: 4 * second, kind: .reasoning, text: "hm"),
            StreamChunk(offsetNanos: 4 * second + 1, kind: .text, text: "Let me see"),
            StreamChunk(offsetNanos: 7 * second, kind: .toolArguments, text: "", toolCall: call),
            StreamChunk(offsetNanos: 12 * second, kind: .toolArguments, text: "{", toolCall: call),
            StreamChunk(offsetNanos: 12 * second + 1, kind: .toolArguments, text: "}", toolCall: call),
            StreamChunk(offsetNanos: 15 * second, kind: .terminal, text: ""),
        ])
        let figures = StreamAnalysis.figures(of: chunks, info: StreamFixture.info(duration: 20 * second))
        #expect(figures.stalls.map(\.stallClass) == [.beforeFirst, .midToolArguments, .tailHang])
        #expect(figures.stalls.map(\.startNanos) == [0, 4 * second + 1, 12 * second + 1])
        #expect(figures.stalls.map(\.nextSequence) == [1, 4, 7])
        #expect(figures.timeToFirstChunkNanos == 3 * second)
        #expect(figures.timeToFirstVisibleChunkNanos == 4 * second + 1)
        #expect(figures.durationNanos == 20 * second)
        #expect(figures.stalledNanos == 20 * second - 2)
    }

    @Test func theLimitFollowsTheMedianGap() {
        // Gaps of 300 ms and one of 2.9 s: below 10 × 300 ms; with another factor it is a stall.
        let offsets = (0...10).map { Int64($0) * 300 * milli + ($0 > 5 ? 2_600 * milli : 0) }
        let chunks = StreamFixture.text(offsets)
        #expect(StreamAnalysis.figures(of: chunks, info: StreamFixture.info()).stalls.isEmpty)
        let strict = StreamAnalysis.figures(
            of: chunks, info: StreamFixture.info(), settings: StreamSettings(stallFactor: 9))
        #expect(strict.stalls.count == 1)
    }

    @Test func oddClocksGiveNoNegativeGaps() throws {
        let offsets: [Int64?] = [-50, 40, 40, 10, nil, 60, 55, .max, 70]
        let figures = StreamAnalysis.figures(of: StreamFixture.text(offsets), info: StreamFixture.info())
        #expect(figures.timeToFirstChunkNanos == 0)
        let gaps = try #require(figures.interChunk)
        #expect(gaps.p50 == 0 && gaps.max == .max - 60)
        #expect(figures.durationNanos == .max)
        var random = SplitMix64(seed: 11)
        for _ in 0..<200 {
            let offsets = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                Bool.random(using: &random) ? Int64.random(in: .min + 1 ... .max, using: &random) : nil
            }
            let chunks = StreamFixture.text(offsets)
            let info = StreamFixture.info(duration: Int64.random(in: .min ... .max, using: &random))
            let figures = StreamAnalysis.figures(of: chunks, info: info)
            #expect(figures.stalls.allSatisfy { $0.durationNanos > 0 && $0.startNanos >= 0 })
            #expect((figures.stalledShare ?? 0) <= 1)
            let arrivals = StreamArrivals(chunks)
            #expect(zip(arrivals.nanos, arrivals.nanos.dropFirst()).allSatisfy { $0 <= $1 })
            _ = StreamRate(chunks).at(.random(in: .min ... .max, using: &random))
        }
    }

    @Test func timingQualityLimitsWhatIsTold() {
        let chunks = StreamFixture.text([7, nil, nil, 90])
        let ends = StreamAnalysis.figures(of: chunks, info: StreamFixture.info(.firstAndLastOnly))
        #expect(ends.timeToFirstChunkNanos == 7 && ends.durationNanos == 90)
        #expect(ends.interChunk == nil && ends.timePerOutputChunkNanos == nil && ends.stalledNanos == nil)
        let none = StreamAnalysis.figures(
            of: StreamFixture.text([nil, nil]) { _ in "né" }, info: StreamFixture.info(.none))
        #expect(none.textCharacters == 4 && none.contentChunkCount == 2)
        #expect(none.timeToFirstChunkNanos == nil && none.durationNanos == nil)
        let empty = StreamAnalysis.figures(of: StreamChunks(), info: StreamFixture.info())
        #expect(empty == StreamFigures())
    }

    @Test func tokensAndSharesNeedWhatTheyAreMadeOf() {
        var chunks = StreamFixture.text([1, 2, 3]) { _ in "abc" }
        chunks.append(StreamChunk(offsetNanos: 4, kind: .reasoning, text: "xyz"))
        var info = StreamFixture.info()
        #expect(StreamAnalysis.figures(of: chunks, info: info).tokensUndelivered == nil)
        info.tokensBilled = 12
        info.tokensDelivered = 9
        let figures = StreamAnalysis.figures(of: chunks, info: info)
        #expect(figures.tokensUndelivered == 3)
        #expect(figures.reasoningShare == 0.25)
        #expect(figures.timePerOutputTokenNanos == 0)
    }

    @Test func aMadeUpPaceIsLabelled() throws {
        var chunks = StreamFixture.text([nil, nil, nil])
        chunks.append(StreamChunk(offsetNanos: nil, kind: .terminal, text: ""))
        var info = StreamFixture.info(.none)
        let pace = try #require(StreamPace(text: "4/s"))
        pace.apply(to: &chunks, info: &info)
        #expect(info.timing == .synthetic)
        #expect(chunks.offsets == [250, 500, 750, 750].map { $0 * milli })
        #expect(StreamAnalysis.figures(of: chunks, info: info).timePerOutputChunkNanos == 250 * milli)
        #expect(StreamPace(text: "0/s") == nil && StreamPace(text: "fast") == nil && StreamPace(text: "-3") == nil)
    }

    @Test func ratesCountTokensOnlyWhereAllChunksStateThem() {
        var chunks = StreamChunks()
        for index in 1...4 {
            chunks.append(
                StreamChunk(offsetNanos: Int64(index) * 250 * milli, kind: .text, text: "four", tokenCount: 2))
        }
        #expect(
            StreamRate(chunks).at(1_000 * milli)
                == StreamRate.Figures(chunksPerSecond: 4, charactersPerSecond: 16, tokensPerSecond: 8))
        // A window is never longer than the stream.
        #expect(StreamRate(chunks).at(500 * milli)?.chunksPerSecond == 4)
        #expect(StreamRate(chunks).at(0) == nil)
        chunks.append(StreamChunk(offsetNanos: 1_100 * milli, kind: .text, text: "x"))
        #expect(StreamRate(chunks).at(1_000 * milli)?.tokensPerSecond == nil)
    }
}

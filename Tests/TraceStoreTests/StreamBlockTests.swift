import Basics
import TestSupport
import Testing
import TraceModel

@testable import TraceStore

@Suite struct StreamBlockTests {
    private func roundTrip(_ chunks: StreamChunks) throws -> StreamChunks {
        var decoder = StreamBlockDecoder()
        var start = 0
        while start < chunks.count {
            let end = min(start + StreamBlockEncoder.chunksPerBlock, chunks.count)
            let bytes = StreamBlockEncoder.encode(chunks, start..<end)
            try bytes.withUnsafeBytes { bytes in
                Result { () throws(StreamBlockDecoder.Damage) in try decoder.append(bytes) }
            }.get()
            start = end
        }
        return decoder.chunks
    }

    @Test(arguments: 0..<20)
    func blocksGiveBackWhatWasPutIn(seed: UInt64) throws {
        let sizes = [0, 1, 7, 8, 1023, 1024, 1025, 3000]
        let chunks = StreamFixture.chunks(sizes[Int(seed) % sizes.count], seed: seed, isPlain: seed % 3 == 0)
        #expect(try roundTrip(chunks) == chunks)
    }

    @Test func columnsThatBeginLateAreWhole() throws {
        var chunks = StreamFixture.chunks(1500, seed: 1, isPlain: true)
        chunks.append(
            offsetNanos: OutsideNumber.times.upperBound, kind: .toolArguments, text: "x".utf8, tokenCount: 4,
            choiceIndex: 1,
            toolCall: StreamToolCall(index: 0, id: "call", name: "f"))
        for _ in 0..<1000 { chunks.append(offsetNanos: nil, kind: .other, text: "".utf8) }
        let read = try roundTrip(chunks)
        #expect(read == chunks)
        #expect(read[1500].toolCall?.name == "f" && read[1501].tokenCount == nil && read[1500].choiceIndex == 1)
    }

    @Test func extremeOffsets() throws {
        var chunks = StreamChunks()
        let (low, high) = (OutsideNumber.times.lowerBound, OutsideNumber.times.upperBound)
        for offset in [0, high, -1, high - 1, low, 0, 1_000_000] {
            chunks.append(offsetNanos: offset, kind: .text, text: "".utf8)
        }
        #expect(try roundTrip(chunks) == chunks)
    }

    @Test func offsetsOutOfRangeAreUnknown() throws {
        var chunks = StreamChunks()
        for offset in [7, .max, .min + 1, OutsideNumber.times.upperBound + 1, 8] as [Int64] {
            chunks.append(offsetNanos: offset, kind: .text, text: "".utf8)
        }
        let read = try roundTrip(chunks)
        #expect(read.indices.map { read.offsetNanos($0) } == [7, nil, nil, nil, 8])
    }

    @Test func aClockOfMicrosecondsTakesLessRoom() {
        var coarse = StreamChunks()
        var fine = StreamChunks()
        for index in 0..<1000 as Range<Int64> {
            coarse.append(offsetNanos: index * 20_000_000 + (index % 7) * 1000, kind: .text, text: "word".utf8)
            fine.append(offsetNanos: index * 20_000_000 + (index % 7) * 1001, kind: .text, text: "word".utf8)
        }
        let sizes = [coarse, fine].map { StreamBlockEncoder.encode($0, 0..<1000).count }
        #expect(sizes[0] < sizes[1] && sizes[1] < 10_000, "\(sizes)")
    }

    @Test(arguments: 0..<300)
    func damagedBytesEndInAnError(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let chunks = StreamFixture.chunks(200, seed: seed)
        var bytes = StreamBlockEncoder.encode(chunks, 0..<200)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
        var decoder = StreamBlockDecoder()
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(StreamBlockDecoder.Damage) in try decoder.append(bytes) }
        }
        // Flipped letters may still be a block, of as many chunks as were asked for.
        if case .success = result {
            let read = decoder.chunks
            #expect(read.count <= StreamBlockEncoder.chunksPerBlock)
            #expect(read.textEnds.last ?? 0 == read.text.count)
        }
    }
}

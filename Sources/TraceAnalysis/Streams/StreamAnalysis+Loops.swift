import Basics
import TraceModel

extension StreamAnalysis {
    /// No more loops are told of one stream.
    private static let mostLoops = 100

    /// The content loops of a stream, in order of their onset.
    ///
    /// Each text of the stream is searched by itself: the answer, the reasoning and the arguments of each call, for
    /// each choice. Characters count within the text that the chunk at the onset belongs to.
    ///
    /// Wasted time runs from the arrival of the onset to that of the loop's last chunk. Wasted tokens are an estimate:
    /// billed tokens × characters from the onset to the end of the loop / characters the model wrote.
    static func loops(in chunks: StreamChunks, info: StreamInfo, figures: StreamFigures) -> [ContentLoop] {
        let isTimed = info.timing == .measured || info.timing == .synthetic
        let arrivals = isTimed ? StreamArrivals(chunks).nanos : []
        let detector = LoopDetector()
        var loops: [ContentLoop] = []
        for text in LaneText.all(of: chunks) {
            for loop in detector.loops(in: text.scalars) {
                let (first, last) = (text.chunk(of: loop.onset), text.chunk(of: loop.end - 1))
                var told = ContentLoop(
                    kind: text.kind, onsetCharacter: loop.onset, onsetSequence: first,
                    onsetNanos: isTimed ? arrivals[first] : nil, endCharacter: loop.end,
                    periodCharacters: loop.period, repeats: loop.repeats,
                    loopedShare: Double(loop.end - loop.start) / Double(text.scalars.count), isNear: loop.isNear)
                if isTimed { told.wastedNanos = arrivals[last] - arrivals[first] }
                if let billed = info.tokensBilled, billed >= 0, figures.writtenCharacters > 0 {
                    let share = Double(loop.end - loop.onset) / Double(figures.writtenCharacters)
                    told.wastedTokens = Int64(clamped: min(Double(billed) * min(1, share), 9e18).rounded())
                }
                loops.append(told)
            }
        }
        loops.sort { ($0.onsetSequence, $0.onsetCharacter) < ($1.onsetSequence, $1.onsetCharacter) }
        return Array(loops.prefix(mostLoops))
    }
}

/// One text of a stream as Unicode scalars, with the chunks that brought them.
private struct LaneText {
    let kind: ChunkKind
    var scalars: [UInt32] = []
    /// The chunks, and how many scalars there were after each.
    private var chunks: [Int32] = []
    private var ends: [Int] = []

    private struct Key: Hashable {
        var kind: ChunkKind
        var choice: Int
        var call: Int?
    }

    /// The chunk that brought a scalar.
    func chunk(of scalar: Int) -> Int {
        Int(chunks[(0..<max(0, ends.count - 1)).partitionPoint { ends[$0] <= scalar }])
    }

    /// All texts that are not empty, in order of their first chunk.
    static func all(of chunks: StreamChunks) -> [LaneText] {
        var lanes: [LaneText] = []
        var known: [Key: Int] = [:]
        var latest: (key: Key, lane: Int)?
        chunks.text.withUnsafeBufferPointer { bytes in
            var start = 0
            for index in chunks.kinds.indices {
                let range = start..<chunks.textEnds[index]
                start = range.upperBound
                let kind = chunks.kinds[index]
                guard kind.isContent, !range.isEmpty else { continue }
                let key = Key(
                    kind: kind, choice: chunks.choiceIndex(index),
                    call: kind == .toolArguments ? chunks.toolCall(index)?.index : nil)
                let lane: Int
                if let latest, latest.key == key {
                    lane = latest.lane
                } else {
                    lane = known[key] ?? lanes.count
                    if lane == lanes.count { lanes.append(LaneText(kind: kind)) }
                    known[key] = lane
                    latest = (key, lane)
                }
                lanes[lane].append(UnsafeBufferPointer(rebasing: bytes[range]), chunk: index)
            }
        }
        return lanes
    }

    private init(kind: ChunkKind) {
        self.kind = kind
    }

    /// Adds valid UTF-8; a byte that is none stands for itself.
    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, chunk: Int) {
        var place = 0
        while place < bytes.count {
            let lead = bytes[place]
            let length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
            var value = UInt32(lead)
            if length > 1, place + length <= bytes.count {
                value = UInt32(lead) & (0x7F >> UInt32(length))
                for next in 1..<length { value = value << 6 | UInt32(bytes[place + next] & 0x3F) }
            }
            scalars.append(value)
            place += length
        }
        chunks.append(Int32(truncatingIfNeeded: chunk))
        ends.append(scalars.count)
    }
}

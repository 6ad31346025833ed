import Basics
import Canvas
import TraceModel
import TraceQuery

extension StreamTape {
    /// What the times are worth, and when each chunk is shown.
    static func times(_ detail: StreamDetail, pace: Double?) -> (StreamTiming, [Int64]?) {
        let offsets = detail.chunks.offsets
        let isKnown = offsets.contains { $0 != StreamChunks.unknownOffset }
        switch detail.info.timing {
        case .measured where isKnown: return (.measured, ascending(offsets, end: detail.info.durationNanos))
        case .firstAndLastOnly where isKnown && pace == nil:
            // With one time only there is nothing to play: the rest would come at once.
            guard Set(offsets).count > 2 || detail.info.durationNanos != nil else { return (.firstAndLast, nil) }
            return (.firstAndLast, ascending(offsets, end: detail.info.durationNanos))
        case .synthetic where isKnown && pace == nil:
            let times = ascending(offsets, end: detail.info.durationNanos)
            let span = (times.last ?? 0) - (times.first ?? 0)
            let rate = times.count > 1 && span > 0 ? Double(times.count - 1) * 1e9 / Double(span) : nil
            return (.synthetic(perSecond: rate.map { ($0 * 10).rounded() / 10 }), times)
        default:
            guard let pace, pace > 0 else { return (.none, nil) }
            let times = offsets.indices.map { Int64(clamped: (Double($0 + 1) * 1e9 / pace).rounded()) }
            return (.synthetic(perSecond: pace), times)
        }
    }

    /// The time at which each chunk is shown: with or before every chunk that came after it.
    ///
    /// Chunks without a time are shown with the next that has one, the last of them at the end of the stream.
    private static func ascending(_ offsets: [Int64], end: Int64?) -> [Int64] {
        var before: Int64 = 0
        var isAscending = true
        for offset in offsets {
            // Unknown times are the smallest of numbers.
            if offset < before {
                isAscending = false
                break
            }
            before = offset
        }
        if isAscending { return offsets }
        var result = offsets
        let last = offsets.last { $0 != StreamChunks.unknownOffset } ?? 0
        var next = max(0, last, end ?? 0)
        for index in offsets.indices.reversed() {
            if offsets[index] != StreamChunks.unknownOffset { next = max(0, min(next, offsets[index])) }
            result[index] = next
        }
        return result
    }

    /// The text of one choice; that of a stream with one choice and nothing beside it is not copied.
    static func text(_ chunks: StreamChunks, choice: Int, isOnly: Bool) -> ([UInt8], [Int]) {
        let kinds = chunks.kinds
        func isShown(_ index: Int) -> Bool {
            kinds[index].isContent && (isOnly || chunks.choiceIndex(index) == choice)
        }
        if kinds.indices.allSatisfy({ isShown($0) || chunks.textRange($0).isEmpty }) {
            return (chunks.text, chunks.textEnds)
        }
        var bytes: [UInt8] = []
        var ends: [Int] = []
        ends.reserveCapacity(kinds.count)
        for index in kinds.indices {
            if isShown(index) { bytes.append(contentsOf: chunks.text[chunks.textRange(index)]) }
            ends.append(bytes.count)
        }
        return (bytes, ends)
    }

    /// Where the voice changes.
    static func blocks(_ chunks: StreamChunks, choice: Int, ends: [Int]) -> [StreamBlock] {
        var blocks: [StreamBlock] = []
        let kinds = chunks.kinds
        let calls = names(of: chunks, choice: choice)
        for index in kinds.indices where kinds[index].isContent {
            let start = index == 0 ? 0 : ends[index - 1]
            let voice: StreamBlock.Voice
            switch kinds[index] {
            case .reasoning: voice = .reasoning
            case .refusal: voice = .refusal
            case .toolArguments: voice = .toolArguments(chunks.toolCall(index)?.index ?? 0)
            default: voice = .text
            }
            if ends[index] == start, kinds[index] != .toolArguments { continue }
            if blocks.last?.voice == voice || chunks.choiceIndex(index) != choice { continue }
            var block = StreamBlock(voice: voice, firstChunk: index, start: start)
            switch voice {
            case .text: block.label = blocks.isEmpty ? nil : "answer"
            case .reasoning: block.label = "reasoning"
            case .refusal: block.label = "refusal"
            case .toolArguments(let call): block.label = calls[call] ?? "call of a tool without a name"
            }
            blocks.append(block)
        }
        return blocks
    }

    /// What stands above the arguments of each call: its name and id, wherever in the stream they are told.
    private static func names(of chunks: StreamChunks, choice: Int) -> [Int: String] {
        var names: [Int: (name: String?, id: String?)] = [:]
        for call in chunks.toolCalls {
            let known = names[call.index]
            names[call.index] = (known?.name ?? call.name, known?.id ?? call.id)
        }
        return names.mapValues { call in
            [call.name ?? "call of a tool without a name", call.id].compactMap { $0 }.joined(separator: "  ")
        }
    }

    /// The moments to jump to, in order of the chunks.
    static func markers(
        _ detail: StreamDetail, blocks: [StreamBlock], times: [Int64]?, duration: Int64, firstVisible: Int?
    ) -> [StreamMarker] {
        var markers: [StreamMarker] = []
        func add(_ kind: StreamMarker.Kind, chunk: Int) {
            guard detail.chunks.indices.contains(chunk) else { return }
            markers.append(StreamMarker(kind: kind, time: times?[chunk], count: chunk + 1))
        }
        if let firstVisible { add(.firstVisible, chunk: firstVisible) }
        var calls: Set<Int> = []
        for block in blocks {
            guard case .toolArguments(let index) = block.voice, calls.insert(index).inserted else { continue }
            add(.toolCall(name: detail.chunks.toolCall(block.firstChunk)?.name), chunk: block.firstChunk)
        }
        for loop in detail.figures.loops {
            add(.loop(repeats: loop.repeats, isNear: loop.isNear), chunk: loop.onsetSequence)
        }
        // A made-up clock has no stalls of its own.
        if let times, detail.info.timing == .measured {
            for stall in detail.figures.stalls {
                let start = max(0, min(duration, stall.startNanos))
                markers.append(
                    StreamMarker(
                        kind: .stall(durationNanos: stall.durationNanos), time: start,
                        count: count(of: times, upTo: start)))
            }
        }
        if !detail.chunks.isEmpty {
            markers.append(
                StreamMarker(kind: .end, time: times == nil ? nil : duration, count: detail.chunks.count))
        }
        return markers.enumerated().sorted {
            ($0.element.time ?? 0, $0.element.count, $0.offset) < ($1.element.time ?? 0, $1.element.count, $1.offset)
        }.map(\.element)
    }
}

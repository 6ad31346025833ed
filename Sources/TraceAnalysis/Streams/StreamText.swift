package import TraceModel

/// The texts of a stream as they grew: what a reader had seen when any number of chunks had arrived.
///
/// A stream writes several texts at once: answer, reasoning and the arguments of each call, for each choice. Each is a
/// lane. What is visible after a chunk never ends inside a character: an emoji that is put together from two chunks
/// waits for the second one. Making it takes linear time.
package struct StreamText: Sendable {
    /// One of the texts of a stream.
    package struct Lane: Hashable, Sendable {
        package var kind: ChunkKind
        package var choiceIndex: Int
        /// The place of the call in its choice, for tool arguments of a known call.
        package var callIndex: Int?

        package init(kind: ChunkKind, choiceIndex: Int = 0, callIndex: Int? = nil) {
            self.kind = kind
            self.choiceIndex = choiceIndex
            self.callIndex = callIndex
        }
    }

    /// A lane with its text.
    private struct Track: Sendable {
        var lane: Lane
        var name: String?
        var text: [UInt8] = []
        var chunks: [Int32] = []
        /// How much of the text is visible once the chunk of the same place has come; first where it ends.
        var cuts: [Int] = []
    }

    private var tracks: [Track] = []
    /// The lane of each chunk, -1 for chunks without content.
    private var trackOf: [Int32] = []
    private var placeInTrack: [Int32] = []
    package let arrivals: StreamArrivals

    package init(_ chunks: StreamChunks) {
        arrivals = StreamArrivals(chunks)
        trackOf.reserveCapacity(chunks.count)
        placeInTrack.reserveCapacity(chunks.count)
        var known: [Lane: Int] = [:]
        var latest: (lane: Lane, index: Int)?
        for index in chunks.indices {
            let kind = chunks.kinds[index]
            guard kind.isContent else {
                trackOf.append(-1)
                placeInTrack.append(-1)
                continue
            }
            let call = kind == .toolArguments ? chunks.toolCall(index) : nil
            let lane = Lane(kind: kind, choiceIndex: chunks.choiceIndex(index), callIndex: call?.index)
            let track: Int
            if let latest, latest.lane == lane {
                track = latest.index
            } else if let place = known[lane] {
                track = place
            } else {
                track = tracks.count
                known[lane] = track
                tracks.append(Track(lane: lane))
            }
            latest = (lane, track)
            if let name = call?.name { tracks[track].name = name }
            trackOf.append(Int32(track))
            placeInTrack.append(Int32(tracks[track].chunks.count))
            tracks[track].text.append(contentsOf: chunks.text[chunks.textRange(index)])
            tracks[track].chunks.append(Int32(index))
            tracks[track].cuts.append(tracks[track].text.count)
        }
        for track in tracks.indices {
            for place in tracks[track].cuts.indices {
                tracks[track].cuts[place] = GraphemeCut.boundary(
                    atOrBefore: tracks[track].cuts[place], in: tracks[track].text)
            }
        }
    }

    /// The lanes in order of their first chunk.
    package var lanes: [Lane] { tracks.map(\.lane) }

    /// The lane of a chunk; nil for chunks without content.
    package func lane(ofChunk index: Int) -> Lane? {
        trackOf[index] < 0 ? nil : tracks[Int(trackOf[index])].lane
    }

    /// The tool whose arguments a lane holds, where the stream names it.
    package func toolName(of lane: Lane) -> String? {
        tracks.first { $0.lane == lane }?.name
    }

    /// What became visible when a chunk arrived; the pieces of a lane, one after the other, are its text.
    package func piece(ofChunk index: Int) -> String {
        guard trackOf[index] >= 0 else { return "" }
        let track = tracks[Int(trackOf[index])]
        let place = Int(placeInTrack[index])
        return String(decoding: track.text[(place == 0 ? 0 : track.cuts[place - 1])..<track.cuts[place]], as: UTF8.self)
    }

    /// The visible text of a lane once the first `count` chunks of the stream had arrived.
    package func text(of lane: Lane, chunkCount count: Int) -> String {
        guard let track = tracks.first(where: { $0.lane == lane }) else { return "" }
        let shown = track.chunks.indices.partitionPoint { Int(track.chunks[$0]) < count }
        return shown == 0 ? "" : String(decoding: track.text[..<track.cuts[shown - 1]], as: UTF8.self)
    }

    /// The visible text of a lane at a time, nanoseconds from the request: that of exactly the chunks that had arrived.
    package func text(of lane: Lane, at time: Int64) -> String {
        text(of: lane, chunkCount: arrivals.count(at: time))
    }

    /// The answer as a person saw it at a time: text and refusals of one choice.
    package func answer(at time: Int64, choiceIndex: Int = 0) -> String {
        let count = arrivals.count(at: time)
        return tracks.filter { $0.lane.kind.isVisible && $0.lane.choiceIndex == choiceIndex }
            .map { text(of: $0.lane, chunkCount: count) }.joined()
    }
}

/// Finds places in UTF-8 text where no character is cut in two.
enum GraphemeCut {
    /// The last boundary of an extended grapheme cluster at or before `place`, with all of `text` known.
    ///
    /// A boundary stands between two ASCII characters other than CR LF, so that plain text costs two comparisons and
    /// other text is read from the nearest such pair only, at most 4 KB back. Source of the boundaries: Unicode
    /// Standard Annex #29, as Swift's `Character` implements it.
    static func boundary(atOrBefore place: Int, in text: [UInt8]) -> Int {
        guard place > 0, place < text.count else { return place }
        if isPlainBoundary(place, in: text) { return place }
        var start = place - 1
        let limit = max(0, place - 4096)
        while start > limit, !isPlainBoundary(start, in: text) { start -= 1 }
        while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
        // What follows may join: a mark, a skin tone, the second half of a flag.
        var end = min(text.count, place + 16)
        while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        var boundary = start
        for character in String(decoding: text[start..<end], as: UTF8.self) {
            let next = boundary + character.utf8.count
            if next > place { break }
            boundary = next
        }
        return boundary
    }

    private static func isPlainBoundary(_ place: Int, in text: [UInt8]) -> Bool {
        let (before, after) = (text[place - 1], text[place])
        return before < 0x80 && after < 0x80 && !(before == 0x0D && after == 0x0A)
    }
}

package import TraceModel
package import TraceQuery

/// The stream view: one tape, or two on one clock, and where its playhead is.
package struct StreamState: Equatable, Sendable {
    /// The spans whose streams are shown, two are side by side.
    package var spans: [SpanAddress]
    /// What the spans are called until the streams are there.
    package var names: [String]
    package var tapes: [StreamTape] = []
    /// The first of two streams, until the second is there too.
    var waitingTape: StreamTape?
    package var error: QueryError?

    package var clock = PlaybackClock(duration: 0)
    package var speed = PlaybackSpeed.times(1)
    /// Nanoseconds of the stream; 0 without a clock.
    package var time: Int64 = 0
    /// The chunks that are shown of the first tape.
    package var count = 0
    /// Gaps longer than this are cut; nil plays them whole.
    package var idleLimitNanos: Int64?
    /// Between these two playing goes round.
    package var loopStart: Int64?
    package var loopEnd: Int64?
    /// The row at the top of each text; nil follows the end.
    var tops: [StreamRow.Address?] = []

    /// The playhead for clock, strips and figures, which move less often than the text while it plays.
    package var figureTime: Int64 = 0
    package var figureCount = 0
    /// When the screen last changed and when the figures did, in monotonic nanoseconds.
    package var changedAt: Int64 = 0
    package var refreshedAt: Int64 = 0

    package init(spans: [SpanAddress], names: [String]) {
        self.spans = spans
        self.names = names
    }

    package var tape: StreamTape? { tapes.first }
    package var isComparing: Bool { spans.count > 1 }
    package var isPlaying: Bool { clock.isPlaying }
    /// True while the texts show their ends.
    package var isFollowing: Bool { tops.allSatisfy { $0 == nil } }

    /// The chunks that are shown of a tape.
    package func count(of index: Int) -> Int {
        index == 0 ? count : tapes.indices.contains(index) ? tapes[index].count(at: time) : 0
    }

    /// The trace and the span of the first tape, as the command line names them.
    var path: String? { tape.map { $0.detail.address.text } }

    /// The longest of the tapes.
    package var duration: Int64 { tapes.map(\.duration).max() ?? 0 }
}

/// A span that was tagged, for comparing its stream or for export.
package struct TaggedSpan: Equatable, Sendable {
    package var address: SpanAddress
    package var name: String
}

import TraceAnalysis
import TraceModel

/// A streamed answer as reports show it: its figures, and its text with a mark wherever it stood still or looped.
struct ReportStream {
    /// A stretch of text; a mark stands in front of it.
    struct Segment {
        var mark: Mark?
        var text: String
    }

    struct Mark {
        enum Kind {
            case gap
            case loop
            case end
        }

        var kind: Kind
        var words: String
    }

    let facts: [ReportOverview.Fact]
    let segments: [Segment]
    /// What is told of text that goes on; nil where all is shown.
    let cutRemark: String?
    /// True where something in the stream is worth a look.
    let isStriking: Bool

    init(_ stream: WholeStream, limits: ReportLimits) {
        facts = ReportStream.facts(stream)
        let isBroken = stream.info.endCause != .finished && stream.info.endCause != .unknown
        isStriking = isBroken || !stream.figures.stalls.isEmpty || !stream.figures.loops.isEmpty
        (segments, cutRemark) = ReportStream.segments(stream, limit: limits.textBytes)
    }

    private static func segments(_ stream: WholeStream, limit: Int) -> ([Segment], String?) {
        let figures = stream.figures
        var marks: [(sequence: Int, mark: Mark)] = figures.stalls.map { stall in
            let words = "stood still \(ReportFigures.duration(stall.durationNanos)), \(stall.stallClass.words)"
            return (stall.nextSequence, Mark(kind: .gap, words: words))
        }
        marks += figures.loops.map { loop in
            let words =
                "loop begins here: \(ReportFigures.count(loop.repeats)) times "
                + "\(ReportFigures.counted(loop.periodCharacters, "character"))"
            return (loop.onsetSequence, Mark(kind: .loop, words: words))
        }
        marks.append((stream.chunks.count, Mark(kind: .end, words: end(stream))))
        marks = marks.enumerated().sorted { ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset) }
            .map(\.element)

        var segments = [Segment(mark: nil, text: "")]
        var next = marks[...]
        var room = limit
        var left = 0
        for step in StreamScript(stream.chunks).steps {
            while let first = next.first, first.sequence <= step.sequence {
                segments.append(Segment(mark: first.mark, text: ""))
                next.removeFirst()
            }
            let piece = ReportPiece.cut(step.text, to: room)
            segments[segments.count - 1].text += piece
            room -= piece.utf8.count
            left += step.text.utf8.count - piece.utf8.count
        }
        segments += next.map { Segment(mark: $0.mark, text: "") }
        return (segments, left == 0 ? nil : "… \(ReportFigures.bytes(left)) more, not shown")
    }

    private static func end(_ stream: WholeStream) -> String {
        var words = "end: " + stream.info.endCause.words
        if let reason = stream.info.finishReason { words += ", finish reason " + reason }
        return words
    }

    private static func facts(_ stream: WholeStream) -> [ReportOverview.Fact] {
        let (info, figures) = (stream.info, stream.figures)
        func fact(_ label: String, _ value: String, isQuoted: Bool = false) -> ReportOverview.Fact {
            ReportOverview.Fact(label: label, value: value, isQuoted: isQuoted)
        }
        let untimed = info.timing == .none ? ReportFigures.notRecorded : ReportFigures.unknown
        func time(_ nanos: Int64?) -> String { ReportFigures.duration(nanos, orElse: untimed) }
        let visible =
            figures.textCharacters == 0 ? "nothing visible came" : time(figures.timeToFirstVisibleChunkNanos)
        var facts = [
            fact("times", info.timing.words + (info.clock.map { ", clock " + $0 } ?? ""), isQuoted: info.clock != nil),
            fact("duration", time(figures.durationNanos)),
            fact("first chunk after", time(figures.timeToFirstChunkNanos)),
            fact("first visible after", visible),
            fact("a chunk takes, (last − first) / (n − 1)", time(figures.timePerOutputChunkNanos)),
            fact(
                "chunks",
                "\(ReportFigures.count(figures.chunkCount)), "
                    + "\(ReportFigures.count(figures.contentChunkCount)) with content"),
        ]
        if let gaps = figures.interChunk {
            let duration = { (nanos: Int64) in ReportFigures.duration(nanos) }
            facts.append(
                fact(
                    "gaps between chunks",
                    "p50 \(duration(gaps.p50)), p95 \(duration(gaps.p95)), p99 \(duration(gaps.p99)), "
                        + "longest \(duration(gaps.max))"))
        }
        let stalled =
            figures.stalls.isEmpty
            ? (figures.interChunk == nil ? untimed : "none")
            : "\(ReportFigures.count(figures.stalls.count)), \(time(figures.stalledNanos)) in all "
                + "(\(ReportFigures.percent(figures.stalledShare)))"
        facts.append(fact("stalls", stalled))
        facts.append(fact("loops", figures.loops.isEmpty ? "none found" : loops(figures.loops)))
        facts.append(
            fact(
                "output tokens",
                "billed \(ReportFigures.count(info.tokensBilled)), "
                    + "delivered \(ReportFigures.count(info.tokensDelivered))"))
        facts.append(fact("end", end(stream).dropFirst(5).description, isQuoted: true))
        if let error = info.errorMessage { facts.append(fact("error", error, isQuoted: true)) }
        if info.droppedChunks > 0 {
            facts.append(fact("chunks that the recorder lost", ReportFigures.count(info.droppedChunks)))
        }
        facts += info.remarks.map { fact("remark", $0, isQuoted: true) }
        return facts
    }

    private static func loops(_ loops: [ContentLoop]) -> String {
        loops.map { loop in
            let onset = loop.onsetNanos.map { " from \(ReportFigures.duration($0))" } ?? ""
            return "\(ReportFigures.percent(loop.loopedShare)) of the \(loop.kind.words)\(onset)"
        }
        .joined(separator: "; ")
    }
}

extension StreamEndCause {
    /// Why the stream ended, for people.
    var words: String {
        switch self {
        case .unknown: "not known why"
        case .finished: "finished"
        case .clientAbort: "the client went away"
        case .connectionDropped: "the connection broke"
        case .serverError: "the provider sent an error"
        case .watchdog: "a time limit ended it"
        }
    }
}

extension TimingQuality {
    /// How the times came to be, for people.
    var words: String {
        switch self {
        case .none: "not recorded"
        case .firstAndLastOnly: "first and last chunk only"
        case .measured: "measured"
        case .synthetic: "made up, evenly paced"
        }
    }
}

extension ChunkKind {
    /// What a chunk carries, for people.
    var words: String { self == .toolArguments ? "tool arguments" : name }
}

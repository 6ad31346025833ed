import TraceModel

/// A trace while a report is written: its spans without payload, and what they said and heard, written already.
///
/// Payload is written into bytes of the format when its span comes and is not kept otherwise.
struct ReportBody {
    /// Written content of one span.
    struct Piece {
        var span: Int
        var bytes: [UInt8]
    }

    let overview: ReportOverview
    let limits: ReportLimits
    private(set) var spans: [ReportSpan] = []
    private(set) var entries: [Piece] = []
    private(set) var streams: [Piece] = []
    /// Spans with content and streams that are beyond the limits.
    private(set) var entriesHidden = 0
    private(set) var streamsHidden = 0
    private var history = MessageHistory()
    private var entryBytes = 0
    private var streamBytes = 0

    init(_ trace: ExportTrace, policy: String, limits: ReportLimits) {
        overview = ReportOverview(trace: trace, policy: policy)
        self.limits = limits
    }

    mutating func add(
        _ span: ExportSpan, entry: ([ReportBlock]) -> [UInt8], stream: (WholeStream, ReportStream) -> [UInt8]
    ) {
        var kept = ReportSpan(span)
        let place = spans.count
        let blocks = ReportContent(limits: limits).blocks(span, history: &history)
        if !blocks.isEmpty {
            if entries.count < limits.entries, entryBytes < limits.contentBytes {
                let bytes = entry(blocks)
                entryBytes += bytes.count
                kept.entry = entries.count
                entries.append(Piece(span: place, bytes: bytes))
            } else {
                entriesHidden += 1
            }
        }
        if let whole = span.stream {
            if streams.count < limits.streams, streamBytes < limits.contentBytes {
                let bytes = stream(whole, ReportStream(whole, limits: limits))
                streamBytes += bytes.count
                kept.stream = streams.count
                streams.append(Piece(span: place, bytes: bytes))
            } else {
                streamsHidden += 1
            }
        }
        spans.append(kept)
    }

    /// What stands beside the name of a span: agent, step, time and tokens.
    func context(of span: ReportSpan) -> [String] {
        var words: [String] = []
        if let run = overview.trace.run(span.row.agentRun) { words.append(run.label) }
        if span.row.step > 0 { words.append("step \(span.row.step)") }
        words.append(ReportTime.offset(span.row.startUnixNano, from: overview.trace.summary.startUnixNano))
        words.append(span.durationWords)
        if span.row.kind == .llm {
            let known = span.row.tokensInput != nil || span.row.tokensOutput != nil
            words.append(
                known
                    ? "tokens in \(ReportFigures.count(span.row.tokensInput)), "
                        + "out \(ReportFigures.count(span.row.tokensOutput))"
                    : "tokens unknown")
        }
        return words
    }

    /// The label of a row of the waterfall.
    func label(of span: ReportSpan) -> String {
        let run = overview.trace.run(span.row.agentRun)
        if let run, run.spanID == span.row.spanID, run.name != nil {
            return span.shownName.contains(run.label) ? span.shownName : "\(run.label) · \(span.shownName)"
        }
        return span.title
    }
}

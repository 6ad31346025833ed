package import TraceIngest
package import TraceModel
package import TraceStore

/// What an import did.
package struct ImportReport: Equatable, Sendable {
    /// Inputs that were opened.
    package var files = 0
    package var spansNew = 0
    package var spansKnown = 0
    /// Records that told more of a span that was there.
    package var spansRevised = 0
    /// Traces that had a span in the input.
    package var traces = 0
    /// Log records that belong to a span.
    package var logsNew = 0
    package var logsKnown = 0
    /// Streams of chunks, those that the database held already included.
    package var streams = 0
    /// Recordings that were attached to a span of another source.
    package var streamsJoined = 0
    /// Parts of the input that could not be decoded.
    package var rejected = 0
    /// The first of those, at most `ImportReport.shownRejections`.
    package var rejections: [StoredRejection] = []
    /// Arguments that gave no input.
    package var problems: [InputProblem] = []
    /// What the machine refused, one line each; the import went on with the next input.
    package var faults: [String] = []
    /// How many spans of the input carry each mark that a single record shows.
    package var marks: [SpanMarkCount] = []
    /// What was redacted in the input; nil where nothing looked for it.
    package var redactions: RedactionCounts?
    package var seconds: Double = 0
    /// The import ended early on request; what it stored is kept.
    package var isInterrupted = false

    package init() {}

    /// Rejections that are listed; all of them are stored.
    package static let shownRejections = 20

    package var spans: Int { spansNew + spansKnown + spansRevised }
}

/// How many spans carry a mark.
package struct SpanMarkCount: Equatable, Sendable {
    /// The stable name of the mark.
    package var name: String
    package var count: Int
}

/// How far an import is.
package struct ImportProgress: Equatable, Sendable {
    /// Bytes of the inputs taken so far, before decompression.
    package var bytesDone: Int64 = 0
    /// The bytes of all inputs; nil where one of them is a pipe.
    package var bytesTotal: Int64?
    package var spans = 0
    /// Seconds since the start.
    package var seconds: Double = 0

    package init() {}

    /// Stored spans a second, over the whole import; nil at its very start.
    package var spansPerSecond: Double? { seconds > 0 ? Double(spans) / seconds : nil }

    /// The share of the bytes that is done, from 0 to 1; nil where the total is unknown.
    package var share: Double? {
        guard let bytesTotal, bytesTotal > 0 else { return nil }
        return min(1, Double(bytesDone) / Double(bytesTotal))
    }

    /// The time that the rest takes at the pace so far, in seconds; nil where that cannot be told.
    package var secondsLeft: Double? {
        guard let share, share > 0.001 else { return nil }
        return seconds * (1 - share) / share
    }
}

/// Adds up what an import does.
struct ImportStatistics {
    /// What a batch adds once it is stored.
    struct Part: Sendable {
        /// Bytes of all inputs taken so far.
        var bytesDone: Int64
        var rejections: [StoredRejection]
        var traces: Set<TraceID> = []
        /// The traces that recordings would have of their own; those that joined a span have none.
        var recordings: Set<TraceID> = []
        var marks: [Int: Int] = [:]
        var redactions = RedactionCounts()

        init(_ batch: PreparedBatch, bytesDone: Int64) {
            self.bytesDone = bytesDone
            rejections = batch.rejections
            for log in batch.logs { add(log.redaction) }
            for prepared in batch.spans {
                add(prepared.redaction)
                traces.insert(prepared.span.traceID)
                if !prepared.span.marks.isEmpty { marks[prepared.span.marks.rawValue, default: 0] += 1 }
            }
            for stream in batch.streams where !stream.isFromSpan {
                add(stream.span.redaction)
                let trace = stream.span.span.traceID
                if stream.owner == .itself { traces.insert(trace) } else { recordings.insert(trace) }
            }
        }

        private mutating func add(_ redaction: SpanRedaction?) {
            if let redaction { redactions.add(redaction.counts) }
        }
    }

    var report = ImportReport()
    private var traces: Set<TraceID> = []
    private var recordings: Set<TraceID> = []
    private var marks: [Int: Int] = [:]

    mutating func add(_ part: Part, _ counts: WriteCounts) {
        report.spansNew += counts.spansNew
        report.spansKnown += counts.spansKnown
        report.spansRevised += counts.spansRevised
        report.logsNew += counts.logsNew
        report.logsKnown += counts.logsKnown
        report.streams += counts.streamsNew + counts.streamsKnown
        report.streamsJoined += counts.streamsJoined
        report.rejected += part.rejections.count
        let room = ImportReport.shownRejections - report.rejections.count
        report.rejections += part.rejections.prefix(max(0, room))
        report.redactions?.add(part.redactions)
        traces.formUnion(part.traces)
        recordings.formUnion(part.recordings)
        marks.merge(part.marks, uniquingKeysWith: +)
        marks.merge(counts.marksChanged, uniquingKeysWith: +)
        if counts.spansDuplicated > 0 {
            marks[SpanMarks.duplicateSpanID.rawValue, default: 0] += counts.spansDuplicated
        }
    }

    /// The report with the totals that need all batches.
    func finished() -> ImportReport {
        var report = report
        report.traces = traces.count + max(0, recordings.count - report.streamsJoined)
        report.marks = SpanMarks.named.compactMap { named in
            let count = marks.reduce(0) { $0 + (SpanMarks(rawValue: $1.key).contains(named.mark) ? $1.value : 0) }
            return count <= 0 ? nil : SpanMarkCount(name: named.name, count: count)
        }
        return report
    }
}

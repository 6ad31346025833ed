import TraceModel
import TraceStore

/// Adds up what an import does.
struct ImportTally {
    var report = ImportReport()
    private var traces: Set<TraceID> = []
    /// The traces that recordings would have of their own; those that joined a span have none.
    private var recordings: Set<TraceID> = []
    private var marks: [Int: Int] = [:]

    mutating func add(_ batch: ImportBatch, _ counts: WriteCounts) {
        report.spansNew += counts.spansNew
        report.spansKnown += counts.spansKnown
        report.spansRevised += counts.spansRevised
        report.logsNew += counts.logsNew
        report.logsKnown += counts.logsKnown
        report.streams += counts.streamsNew + counts.streamsKnown
        report.streamsJoined += counts.streamsJoined
        report.rejected += batch.rejections.count
        let room = ImportReport.shownRejections - report.rejections.count
        report.rejections += batch.rejections.prefix(max(0, room))
        for log in batch.logs { report.redactions?.add(log.redaction?.counts ?? RedactionCounts()) }
        for stream in batch.streams where !stream.isFromSpan {
            report.redactions?.add(stream.span.redaction?.counts ?? RedactionCounts())
        }
        for prepared in batch.spans {
            if let redaction = prepared.redaction { report.redactions?.add(redaction.counts) }
            traces.insert(prepared.span.traceID)
            if !prepared.span.marks.isEmpty { marks[prepared.span.marks.rawValue, default: 0] += 1 }
        }
        for stream in batch.streams where !stream.isFromSpan {
            let trace = stream.span.span.traceID
            if stream.owner == .itself { traces.insert(trace) } else { recordings.insert(trace) }
        }
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
            return count == 0 ? nil : SpanMarkCount(name: named.name, count: count)
        }
        return report
    }
}

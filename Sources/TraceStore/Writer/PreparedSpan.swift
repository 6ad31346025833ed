package import TraceModel

/// A span with what the dialect read out of it, ready to be stored.
package struct PreparedSpan: Sendable {
    package var span: Span
    package var facts: SpanFacts
    package var searchText: String
    /// What the analysis of the trace needs of the payload; nil where it says nothing of the sort.
    package var evidence: SpanEvidence?
    /// What a redactor replaced; nil where none looked at the span.
    package var redaction: SpanRedaction?
    /// The records that were merged into it.
    var recordCount = 1
    /// The sources of a span that several records tell of; empty for one that came in one record.
    package var origins: [SpanOrigin] = []
    /// The stream that another database holds for it; nil for spans that come from anywhere else.
    package var stream: RestoredStream?

    package init(span: Span, facts: SpanFacts, searchText: String, evidence: SpanEvidence? = nil) {
        self.span = span
        self.facts = facts
        self.searchText = searchText
        self.evidence = evidence
    }
}

/// What became of the texts of a span before it was stored.
package struct SpanRedaction: Equatable, Sendable {
    /// The policy, as `Redactor.policyName` tells it.
    package var policy: String
    package var counts: RedactionCounts

    package init(policy: String, counts: RedactionCounts) {
        self.policy = policy
        self.counts = counts
    }
}

/// A record, or the rest of an input, that could not be decoded, with the input it came from.
package struct StoredRejection: Equatable, Sendable {
    /// The file as it was named to the import; `-` for standard input.
    package var file: String
    /// The offset in the decompressed input.
    package var byteOffset: Int64?
    /// The line, from 1, where the input has lines.
    package var line: Int64?
    package var reason: String

    package init(file: String, byteOffset: Int64?, line: Int64?, reason: String) {
        self.file = file
        self.byteOffset = byteOffset
        self.line = line
        self.reason = reason
    }
}

/// What one write added.
package struct WriteCounts: Equatable, Sendable {
    package var spansNew = 0
    package var spansKnown = 0
    /// Records that told more of a span that was there.
    package var spansRevised = 0
    package var logsNew = 0
    package var logsKnown = 0
    package var rejected = 0
    /// Traces that the database did not know before.
    package var tracesNew = 0
    /// New spans whose id another span of the trace has that contradicts them.
    package var spansDuplicated = 0
    package var streamsNew = 0
    /// Streams that the database held already, or a fuller recording of the same response.
    package var streamsKnown = 0
    /// Recordings that were attached to a span of another source, now or in wait since an earlier write.
    package var streamsJoined = 0
    /// How many more spans carry a set of marks, or fewer, than records were written: revisions take some away.
    package var marksChanged: [Int: Int] = [:]

    package init() {}

    /// Notes that records with marks of their own are one span with others.
    mutating func unite(_ records: [SpanMarks], into span: SpanMarks) {
        for marks in records { marksChanged[marks.rawValue, default: 0] -= 1 }
        marksChanged[span.rawValue, default: 0] += 1
    }
}

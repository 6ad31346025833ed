import TraceModel

/// What one transaction gathers on its way.
struct WriteBatch {
    /// A span of a trace, by ids.
    struct SpanAddress: Hashable {
        var trace: TraceID
        var span: SpanID
    }

    /// Of the records at hand, which are a part of the transaction.
    var counts = WriteCounts()
    /// Traces and spans that the database gained, without those that only stood in for others and are gone.
    var tracesGained = 0
    var spansGained = 0
    /// Records that became spans or revised some.
    var recordsWritten = 0
    /// Texts for the index by their keys, and what stands under the same keys until now.
    var texts: [Int64: String] = [:]
    var staleTexts: [Int64: String] = [:]
    /// Spans of which several records were merged, now or with what is stored.
    var merged: Set<SpanAddress> = []
    /// Ids under which several spans of this batch stand, or one beside what is stored.
    var contested: Set<SpanAddress> = []
    /// Traces that grew without a fresh summary, with their spans before this batch.
    var grown: [TraceID: Int] = [:]
    /// Spans that log records at hand belong to.
    var loggedSpans: Set<SpanAddress> = []
    /// Streams that log records or further records of a span completed, with the keys of their spans.
    var loggedStreams: [(key: Int64, stream: PreparedStream)] = []
    /// What arrived that a stream may have waited for, in the form of `StreamAddress`.
    var arrivals: Set<String> = []
    /// What became of the texts of new spans and log records, by the key of the trace.
    var redactions: [Int64: TraceRedaction] = [:]
    /// What was known of some traces before, to which `redactions` add.
    var knownRedactions: [TraceID: TraceRedaction] = [:]
    /// Streams that another database held, with the keys and the readings of their spans.
    var restored: [(key: Int64, stream: RestoredStream, span: PreparedSpan)] = []

    /// Gives the counts of the records at hand, and begins with those of the next.
    mutating func takeCounts() -> WriteCounts {
        defer { counts = WriteCounts() }
        tracesGained += counts.tracesNew
        spansGained += counts.spansNew
        recordsWritten += counts.spansNew + counts.spansRevised
        return counts
    }
}

import Basics
import TraceAnalysis

/// What the writer keeps in mind about a trace that it writes to.
struct TraceState {
    let key: Int64
    /// The number of the next span or log text.
    var nextNumber: Int64 = 0
    var spanCount = 0
    var errorCount = 0
    var start: Int64?
    var end: Int64?
    var longestSpan: Int64?
    var mostTokens: Int64?
    /// Log records of the trace are stored, so that its spans must ask for theirs.
    var hasLogs = false
    /// The spans that the stored summary covers, as far as known.
    var summarizedCount = 0
    /// The stored summary does not cover all stored spans.
    var isDirty = false

    init(key: Int64) {
        self.key = key
    }

    /// The latest end minus the earliest start, in nanoseconds.
    var duration: Int64? {
        guard let start, let end else { return nil }
        return end.subtractingIfFits(start)
    }

    /// Widens counts and times by one span.
    mutating func add(_ record: SpanRecord) {
        spanCount += 1
        if record.structure.isError { errorCount += 1 }
        if let time = record.structure.startUnixNano { start = min(start ?? time, time) }
        if let time = record.structure.endUnixNano { end = max(end ?? time, time) }
        if let duration = record.duration { longestSpan = max(longestSpan ?? duration, duration) }
        if let tokens = record.structure.tokensTotal { mostTokens = max(mostTokens ?? tokens, tokens) }
    }
}

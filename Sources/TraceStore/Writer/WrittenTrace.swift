import Basics
import TraceAssembly
import TraceModel

/// What the writer keeps in mind about a trace that it writes to.
struct WrittenTrace {
    let key: Int64
    /// The number of the next span or log text.
    var nextNumber: Int64 = 0
    /// The number from which on spans and log texts are this writer's, as far as known.
    var ownNumber: Int64 = 0
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
    mutating func add(_ row: SpanRow) {
        spanCount += 1
        if row.isError { errorCount += 1 }
        widen(by: row)
    }

    /// Counts a span as a further record tells it, in the place of how it was counted before.
    mutating func replace(_ known: PackedSpan, with row: SpanRow) {
        errorCount += (row.isError ? 1 : 0) - (known.isError ? 1 : 0)
        widen(by: row)
    }

    /// Widens times and greatest values by a span.
    private mutating func widen(by row: SpanRow) {
        if let time = row.startUnixNano { start = min(start ?? time, time) }
        if let time = row.endUnixNano { end = max(end ?? time, time) }
        if let duration = row.durationNanos { longestSpan = max(longestSpan ?? duration, duration) }
        if let tokens = row.tokensTotal { mostTokens = max(mostTokens ?? tokens, tokens) }
    }
}

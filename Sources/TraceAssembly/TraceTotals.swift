import Basics
import TraceModel

/// What is summed up over the spans of a trace without regard to its tree.
///
/// Times are nanoseconds since the Unix epoch.
package struct TraceTotals: Sendable {
    package private(set) var errorCount = 0
    /// The earliest start and the latest end.
    package private(set) var start: Int64?
    package private(set) var end: Int64?
    /// The duration of the longest span, in nanoseconds.
    package private(set) var longestSpan: Int64?
    /// Input and output tokens of the span that has most.
    package private(set) var mostTokens: Int64?
    /// The earliest root and the earliest of all spans, which lends its name where no root exists.
    private var root = Earliest()
    private var first = Earliest()
    private var sessions = Earliest()

    mutating func add(_ row: SpanRow, session: NameIndex) {
        if row.isError { errorCount += 1 }
        if let time = row.startUnixNano { start = min(start ?? time, time) }
        // An end without a start still bounds the trace.
        if let time = row.endUnixNano { end = max(end ?? time, time) }
        if let duration = row.durationNanos { longestSpan = max(longestSpan ?? duration, duration) }
        if let tokens = row.tokensTotal { mostTokens = max(mostTokens ?? tokens, tokens) }
        if row.name != 0 {
            first.consider(row.name, at: row.startUnixNano)
            if row.parentSpanID == nil { root.consider(row.name, at: row.startUnixNano) }
        }
        if session != 0 { sessions.consider(session, at: row.startUnixNano) }
    }

    /// The latest end minus the earliest start, in nanoseconds.
    package var duration: Int64? {
        guard let start, let end else { return nil }
        return end.subtractingIfFits(start)
    }

    /// The name of the root; where there is none, of the earliest span; 0 where no span has a name.
    var name: NameIndex { root.name != 0 ? root.name : first.name }

    /// The session of the earliest span that has one.
    var session: NameIndex { sessions.name }

    /// The name of the earliest span that has one; spans without a time come last, ties keep their order.
    private struct Earliest {
        private(set) var name: NameIndex = 0
        private var time: Int64?

        mutating func consider(_ candidate: NameIndex, at start: Int64?) {
            if name == 0 {
                (name, time) = (candidate, start)
            } else if let start, start < time ?? .max {
                (name, time) = (candidate, start)
            }
        }
    }
}

import Basics
import TraceModel

extension TraceSummarizer {
    /// What is summed up span by span, without regard to the tree.
    struct Totals {
        var errorCount = 0
        var start: Int64?
        var end: Int64?
        var longestSpan: Int64?
        var mostTokens: Int64?
        /// The earliest root and the earliest of all spans, which lends its name where no root exists.
        var root = Earliest()
        var first = Earliest()
        var session = Earliest()

        mutating func add(_ span: Span, index: Int32) {
            if span.isError { errorCount += 1 }
            if let time = span.startUnixNano { start = min(start ?? time, time) }
            // An end without a start still bounds the trace.
            if let time = span.endUnixNano { end = max(end ?? time, time) }
            if let duration = span.durationNanos { longestSpan = max(longestSpan ?? duration, duration) }
            if let tokens = span.tokensTotal { mostTokens = max(mostTokens ?? tokens, tokens) }
            if span.name != 0 {
                first.consider(span.name, at: span.startUnixNano)
                if span.parent == nil { root.consider(span.name, at: span.startUnixNano) }
            }
            if span.session != 0 { session.consider(span.session, at: span.startUnixNano) }
        }

        /// The latest end minus the earliest start, in nanoseconds.
        var duration: Int64? {
            guard let start, let end else { return nil }
            return end.subtractingIfFits(start)
        }
    }

    /// The label of the earliest span that has one; spans without a time come last, ties keep their order.
    struct Earliest {
        private(set) var label: Label = 0
        private var time: Int64?

        mutating func consider(_ candidate: Label, at start: Int64?) {
            if label == 0 {
                (label, time) = (candidate, start)
            } else if let start, start < time ?? .max {
                (label, time) = (candidate, start)
            }
        }
    }
}

extension TraceSummarizer.Span {
    /// End minus start, in nanoseconds; nil where one of them is absent.
    var durationNanos: Int64? {
        guard let startUnixNano, let endUnixNano else { return nil }
        return endUnixNano.subtractingIfFits(startUnixNano)
    }

    /// Input and output together; nil where neither is stated.
    package var tokensTotal: Int64? {
        if tokensInput == nil && tokensOutput == nil { return nil }
        return (tokensInput ?? 0).addingClamped(tokensOutput ?? 0)
    }
}

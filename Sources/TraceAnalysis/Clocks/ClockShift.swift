import Basics
package import TraceModel

/// The times of spans as the reference clock would have told them.
package struct ClockShift: Sendable {
    /// What to add to the times of each clock, by its number; clocks that need no shift are absent.
    private let offsets: [Int32: Int64]

    package init(_ clocks: [ClockEstimate]) {
        var offsets: [Int32: Int64] = [:]
        for clock in clocks where clock.offsetNanos != 0 { offsets[clock.number] = clock.offsetNanos }
        self.offsets = offsets
    }

    /// True where no time changes.
    package var isNeutral: Bool { offsets.isEmpty }

    /// What is added to the times of a span, in nanoseconds.
    package func offset(of span: SpanRow) -> Int64 { offsets[span.clock] ?? 0 }

    /// The start and the end of a span on the reference clock.
    package func adjusted(_ span: SpanRow) -> (start: Int64?, end: Int64?) {
        let offset = offset(of: span)
        return (span.startUnixNano?.addingClamped(offset), span.endUnixNano?.addingClamped(offset))
    }

    /// The spans with adjusted times, in their order.
    package func adjusted(_ spans: [SpanRow]) -> [SpanRow] {
        if isNeutral { return spans }
        return spans.map { span in
            var row = span
            (row.startUnixNano, row.endUnixNano) = adjusted(span)
            return row
        }
    }
}

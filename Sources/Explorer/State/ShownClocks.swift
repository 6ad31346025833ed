import TraceAnalysis
package import TraceModel
import TraceQuery

/// The clocks of a trace as its screens show them: times as recorded, or set beside the clock of the root.
package struct ShownClocks: Equatable, Sendable {
    /// The clocks that need a shift, by number; empty where all times agree.
    private let shifted: [Int32: ClockEstimate]
    /// Times are shown shifted.
    package let isAdjusted: Bool

    package init(_ clocks: [ClockEstimate], isAdjusted: Bool) {
        var shifted: [Int32: ClockEstimate] = [:]
        for clock in clocks where clock.offsetNanos != 0 { shifted[clock.number] = clock }
        self.shifted = clocks.count > 1 ? shifted : [:]
        self.isAdjusted = isAdjusted
    }

    /// True where raw and adjusted times differ.
    package var differ: Bool { !shifted.isEmpty }

    /// What is added to the times of a span as they are shown, in nanoseconds; 0 where they are as recorded.
    package func shift(of span: SpanRow) -> Int64 {
        isAdjusted && differ ? shifted[span.clock]?.offsetNanos ?? 0 : 0
    }

    /// The spans with the times that are shown, in their order; the same where nothing is shifted.
    func spans(of structure: TraceStructure) -> [SpanRow] {
        guard isAdjusted, differ else { return structure.spans }
        let spans = ClockShift(structure.clocks).adjusted(structure.spans)
        // Shifts change who came first; ties keep their order, spans without a start stay last.
        return spans.enumerated().sorted {
            ($0.element.startUnixNano ?? .max, $0.offset) < ($1.element.startUnixNano ?? .max, $1.offset)
        }.map(\.element)
    }
}

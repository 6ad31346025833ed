package import TraceModel
import TraceQuery

/// How one part of many steps is distributed, or the steps as wholes.
package struct PhaseLine: Sendable {
    /// Nil for whole steps.
    package var phase: Phase?
    package var count: Int
    package var p50: Int64
    package var p95: Int64
    package var p99: Int64
    package var isBounded: Bool

    /// The lines of all parts in their order, the whole last.
    static func lines(_ statistics: PhaseStatistics) -> [PhaseLine] {
        var lines = statistics.phases.map {
            PhaseLine(
                phase: $0.phase, count: $0.count, p50: $0.p50, p95: $0.p95, p99: $0.p99, isBounded: $0.isBounded)
        }
        if let total = statistics.total {
            lines.append(
                PhaseLine(
                    phase: nil, count: statistics.stepCount, p50: total.p50, p95: total.p95, p99: total.p99,
                    isBounded: false))
        }
        return lines
    }
}

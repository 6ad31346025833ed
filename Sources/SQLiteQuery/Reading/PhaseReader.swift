import Histogram
import TraceModel
import TraceQuery
import TraceStore

extension PhasesRequest: SQLiteAnswering {
    func answer(_ session: ReadSession) throws -> PhaseStatistics {
        try PhaseReader(session: session).statistics(filter, session.time(filter))
    }
}

/// Reads how the phases of steps are distributed over many traces.
struct PhaseReader {
    let session: ReadSession

    /// The steps of kept traces, a blob each.
    static func select(_ selection: TraceSelection) -> SQLFragment {
        "SELECT analysis.steps FROM " + selection.source(order: "start")
            + " CROSS JOIN analysis ON analysis.trace = trace.key WHERE " + selection.condition
    }

    func statistics(_ filter: FilterExpression?, _ time: FilterTime) throws -> PhaseStatistics {
        var statistics = PhaseStatistics(traceCount: 0, stepCount: 0, phases: [], total: nil)
        guard try session.holdsAnalysis() else { return statistics }
        let select = try session.statement(Self.select(TraceSelection(filter, session, time)))
        defer { select.reset() }
        var phases = Phase.allCases.map { _ in DurationHistogram() }
        var isBounded = Phase.allCases.map { _ in false }
        var total = DurationHistogram()
        while try select.step() {
            statistics.traceCount += 1
            try session.checkCancelled()
            guard let steps = select.withBytes(0, { StoredAnalysis.steps($0) { _ in 0 } }) else { continue }
            statistics.stepCount += steps.count
            for step in steps {
                total.record(step.durationNanos)
                // What nothing measured is no 0.
                for phase in step.quality.indices where step.quality[phase] != .unknown {
                    phases[phase].record(step.wall[phase])
                    if step.quality[phase] == .bounded { isBounded[phase] = true }
                }
            }
        }
        statistics.phases = Phase.allCases.compactMap { phase in
            let index = phase.rawValue
            guard let percentiles = phases[index].percentiles else { return nil }
            return PhaseDistribution(
                phase: phase, count: phases[index].count, p50: percentiles.p50, p95: percentiles.p95,
                p99: percentiles.p99, isBounded: isBounded[index])
        }
        statistics.total = total.percentiles
        return statistics
    }
}

/// Durations of which percentiles are asked, to three significant digits.
private struct DurationHistogram {
    private var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
    private(set) var count = 0
    private var greatest: Int64 = 0

    mutating func record(_ nanos: Int64) {
        guard nanos >= 0, histogram.record(UInt64(nanos)) else { return }
        count += 1
        greatest = max(greatest, nanos)
    }

    /// Nil without any duration.
    var percentiles: StepDistribution? {
        guard count > 0 else { return nil }
        return StepDistribution(p50: value(50), p95: value(95), p99: value(99))
    }

    /// A bucket's upper end may lie above all that was recorded.
    private func value(_ percentile: Double) -> Int64 {
        min(Int64(clamping: histogram.valueAtPercentile(percentile)), greatest)
    }
}

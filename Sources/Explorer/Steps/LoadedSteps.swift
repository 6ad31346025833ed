import Basics
package import TraceModel
package import TraceQuery
import TraceTables

/// Steps with what is derived from them once; shared, never copied.
package final class LoadedSteps: Sendable, Equatable {
    package let steps: [StepFigures]
    package let topology: AgentTopology
    private let traceID: TraceID
    /// The sum of all steps, in nanoseconds, clamped; steps of several agents may overlap.
    let totalNanos: Int64
    /// The share of that sum that nothing accounts for; nil without time.
    let unattributedShare: Double?
    /// The longest step, against which bars are drawn.
    let longestNanos: Int64

    package init(_ page: TraceSteps) {
        steps = page.steps
        topology = page.topology
        traceID = page.summary.traceID
        var total: Int64 = 0
        var rest: Int64 = 0
        var longest: Int64 = 0
        for step in page.steps {
            total = total.addingClamped(max(0, step.durationNanos))
            rest = rest.addingClamped(max(0, step.wall[Phase.unattributed.rawValue]))
            longest = max(longest, step.durationNanos)
        }
        totalNanos = total
        longestNanos = longest
        unattributedShare = total > 0 ? Double(rest) / Double(total) : nil
    }

    package static func == (a: LoadedSteps, b: LoadedSteps) -> Bool { a === b }

    /// The run that a step belongs to; nil where it belongs to none.
    func run(_ number: Int32) -> AgentRun? { topology.run(number) }

    /// The row of a step.
    func line(_ step: StepFigures) -> StepLine {
        StepLine(traceID: traceID, step: step, run: run(step.run))
    }
}

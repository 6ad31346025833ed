package import TraceModel
package import TraceQuery

/// The steps of a trace, as a list.
package struct StepsState: Equatable, Sendable {
    package var list: TraceListState
    package var content: LoadedSteps?
    /// Only the steps of this agent run are listed, by number; nil lists all.
    package var run: Int32?
    /// The places of the listed steps in the content; nil while all are listed.
    var listed: [Int32]?

    package init(traceKey: Int64) {
        list = TraceListState(traceKey: traceKey)
    }

    package var rowCount: Int { listed?.count ?? content?.steps.count ?? 0 }

    /// The step of a row.
    func step(_ row: Int) -> StepFigures? {
        guard let content, row >= 0, row < rowCount else { return nil }
        return content.steps[listed.map { Int($0[row]) } ?? row]
    }

    /// The step under the cursor.
    var selected: StepFigures? { step(list.cursor) }
}

/// Steps with what is derived from them once; shared, never copied.
package final class LoadedSteps: Sendable, Equatable {
    package let steps: [StepFigures]
    package let topology: AgentTopology
    /// The sum of all steps, in nanoseconds, clamped; steps of several agents may overlap.
    let totalNanos: Int64
    /// The share of that sum that nothing accounts for; nil without time.
    let unattributedShare: Double?
    /// The longest step, against which bars are drawn.
    let longestNanos: Int64

    package init(_ page: TraceSteps) {
        steps = page.steps
        topology = page.topology
        var total: Int64 = 0
        var rest: Int64 = 0
        var longest: Int64 = 0
        for step in page.steps {
            total = LoadedSteps.sum(total, step.durationNanos)
            rest = LoadedSteps.sum(rest, step.wall[Phase.unattributed.rawValue])
            longest = max(longest, step.durationNanos)
        }
        totalNanos = total
        longestNanos = longest
        unattributedShare = total > 0 ? Double(rest) / Double(total) : nil
    }

    private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(max(0, b))
        return overflow ? .max : sum
    }

    package static func == (a: LoadedSteps, b: LoadedSteps) -> Bool { a === b }

    /// The run that a step belongs to; nil where it belongs to none.
    func run(_ number: Int32) -> AgentRun? { topology.run(number) }
}

extension AgentTopology {
    /// The run of a number; nil for 0 and for numbers that are not there.
    func run(_ number: Int32) -> AgentRun? {
        let index = Int(number) - 1
        return runs.indices.contains(index) ? runs[index] : nil
    }
}

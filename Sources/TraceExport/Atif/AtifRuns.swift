import TraceModel

/// The agent runs of a trace by their numbers; of a part, those that belong to it.
struct AtifRuns {
    private var runs: [Int32: AgentRun] = [:]

    init(_ topology: AgentTopology) {
        for run in topology.runs where run.number > 0 { runs[run.number] = run }
    }

    /// Nil for 0, which is no run, and for what is no part of the export.
    subscript(number: Int32) -> AgentRun? { runs[number] }
}

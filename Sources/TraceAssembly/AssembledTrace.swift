package import TraceAnalysis
package import TraceModel

/// One whole trace with all that follows from its records: what lists, trees, filters and the views of its analysis show.
package struct AssembledTrace: Sendable {
    /// What the list of traces shows.
    package var summary: TraceSummary
    package var totals: TraceTotals
    /// The texts that rows and facets refer to.
    package var names: NameTable
    /// The spans in order of start, those without one last; marks, agent, run, step and clock are final.
    package var rows: [SpanRow]
    /// Where the rows stand by their order of arrival; empty where they stand as they came.
    package var places: [Int32]
    /// What the trace is counted and found by.
    package var facets: [TraceFacet]
    /// One entry for each model and provider, in the order of their first calls.
    package var usage: [ModelUsage]
    package var report: TraceReport

    /// The row of the span that came as number `arrival`, from 0.
    package func row(ofArrival arrival: Int) -> SpanRow { rows[place(ofArrival: arrival)] }

    /// The place in `rows` of the span that came as number `arrival`, from 0.
    package func place(ofArrival arrival: Int) -> Int { places.isEmpty ? arrival : Int(places[arrival]) }

    /// The agent run of a row; nil where it belongs to none.
    package func run(of row: SpanRow) -> AgentRun? {
        let index = Int(row.agentRun) - 1
        return report.topology.runs.indices.contains(index) ? report.topology.runs[index] : nil
    }
}

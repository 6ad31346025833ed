import Basics
package import TraceModel

/// One agent run with its place among the others.
package struct AgentLine: Sendable {
    package var traceID: TraceID
    package var run: AgentRun
    /// The label of the run that invoked it; nil for none.
    package var parent: String?
    /// The runs above it.
    package var depth: Int

    /// End minus start, in nanoseconds; nil where one of them is absent.
    var durationNanos: Int64? {
        guard let start = run.startUnixNano, let end = run.endUnixNano else { return nil }
        return end.subtractingIfFits(start)
    }
}

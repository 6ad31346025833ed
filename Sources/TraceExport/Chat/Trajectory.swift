package import TraceModel

/// One conversation of one agent run, merged out of the model calls that repeat it.
package struct Trajectory: Equatable, Sendable {
    /// The trace and the agent, such as `4bf9…/worker#2`; a further conversation of the same agent ends in `/2`.
    package var id: String
    package var traceID: TraceID
    /// The label of the agent run, such as `worker#2 ·try 2←critic`; nil where nothing names an agent.
    package var agent: String?
    package var session: String?
    /// The model that answered last; nil where unknown.
    package var model: String?
    /// The part of the trace that was asked for; nil for the whole trace.
    package var part: String?
    /// The messages in order, each once.
    package var messages: [TrajectoryMessage]
    /// The tools that the model was offered, as JSON texts, each once.
    package var tools: [String]
    /// The model calls that it was merged from, in order of start.
    package var spanIDs: [SpanID]
    /// What became of the agent run; nil where no run is known.
    package var outcome: AgentState?
    /// How many of the calls that the trace must hold are recorded; nil where nothing was analysed.
    package var coverage: TraceCoverage?
    /// Tool results that no model call repeats, taken from the spans of the tools.
    package var resultsFromSpans: Int
    /// Answers beside the first that a model call gave.
    package var furtherChoices: Int
}

/// What the time of an agent's step went into.
///
/// The raw values are stored in the database: never renumber them.
public enum Phase: Int, Sendable, CaseIterable {
    case inputAssembly = 0
    case retrieval = 1
    case prefill = 2
    case decode = 3
    /// A model call of which nothing tells prefill from decode.
    case modelUnsplit = 4
    case toolExecution = 5
    /// Parsing, validation, guardrails.
    case resultHandling = 6
    /// Planning glue, queues, back-off, hand-offs.
    case orchestration = 7
    /// A question, an approval or an answer that a human was waited for.
    case humanWait = 9
    case unattributed = 8

    /// The word that output uses, in snake case.
    public var name: String {
        switch self {
        case .inputAssembly: "input_assembly"
        case .modelUnsplit: "model_unsplit"
        case .toolExecution: "tool_execution"
        case .resultHandling: "result_handling"
        case .humanWait: "human_wait"
        default: String(describing: self)
        }
    }
}

/// How a figure came to be.
///
/// The raw values are stored in the database: never renumber them.
public enum FigureQuality: Int, Sendable, CaseIterable {
    /// Nothing measured it: it is no 0.
    case unknown = 0
    /// Clocks of the trace measured it.
    case measured = 1
    /// At most this much: it includes something that was not measured apart.
    case bounded = 2

    public var name: String { String(describing: self) }
}

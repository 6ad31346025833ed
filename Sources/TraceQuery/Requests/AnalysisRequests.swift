public import TraceModel

/// The agent runs of a trace and how they came from each other.
public struct AgentsRequest: TraceRequest {
    public typealias Answer = TraceAgents

    public var trace: TraceReference

    public init(_ trace: TraceReference) {
        self.trace = trace
    }
}

/// The agent runs of a trace.
public struct TraceAgents: Equatable, Sendable {
    public var summary: TraceSummary
    public var topology: AgentTopology

    public init(summary: TraceSummary, topology: AgentTopology) {
        self.summary = summary
        self.topology = topology
    }
}

/// The steps of a trace with their figures.
public struct StepsRequest: TraceRequest {
    public typealias Answer = TraceSteps

    public var trace: TraceReference

    public init(_ trace: TraceReference) {
        self.trace = trace
    }
}

/// The steps of a trace, with the agent runs that they belong to.
public struct TraceSteps: Equatable, Sendable {
    public var summary: TraceSummary
    public var topology: AgentTopology
    public var steps: [StepFigures]

    public init(summary: TraceSummary, topology: AgentTopology, steps: [StepFigures]) {
        self.summary = summary
        self.topology = topology
        self.steps = steps
    }
}

/// The tool calls of a trace on their way through the layers.
public struct JointsRequest: TraceRequest {
    public typealias Answer = TraceJoints

    public var trace: TraceReference

    public init(_ trace: TraceReference) {
        self.trace = trace
    }
}

/// The tool calls of a trace, with the agent runs that they belong to.
public struct TraceJoints: Equatable, Sendable {
    public var summary: TraceSummary
    public var topology: AgentTopology
    public var joints: ToolJoints
    /// The findings of the trace, of which some are about joints.
    public var findings: [Finding]

    public init(summary: TraceSummary, topology: AgentTopology, joints: ToolJoints, findings: [Finding] = []) {
        self.summary = summary
        self.topology = topology
        self.joints = joints
        self.findings = findings
    }
}

/// What a trace should hold and what is missing.
public struct LedgerRequest: TraceRequest {
    public typealias Answer = TraceLedgerPage

    public var trace: TraceReference

    public init(_ trace: TraceReference) {
        self.trace = trace
    }
}

/// The ledger of a trace.
public struct TraceLedgerPage: Equatable, Sendable {
    public var summary: TraceSummary
    public var ledger: TraceLedger

    public init(summary: TraceSummary, ledger: TraceLedger) {
        self.summary = summary
        self.ledger = ledger
    }
}

import Basics

/// One line of a list of traces, kept up to date at import.
public struct TraceSummary: Equatable, Sendable {
    /// The key of the trace in its store; stable within a database.
    public var key: Int64
    public var traceID: TraceID
    /// The name of the root; where there is none, of the earliest span; nil where no span has a name.
    public var name: String?
    /// The earliest start, nanoseconds since the Unix epoch.
    public var startUnixNano: Int64?
    /// The latest end minus the earliest start, in nanoseconds.
    public var durationNanos: Int64?
    public var spanCount: Int
    public var errorCount: Int
    public var services: [String]
    public var agents: [String]
    public var models: [String]
    /// Sum over model calls that have no model call beneath them; nil where none states it.
    public var tokensInput: Int64?
    public var tokensOutput: Int64?
    /// Model calls that the sums should cover, and those that state usage.
    public var modelCallCount: Int
    public var modelCallsWithTokens: Int
    public var session: String?
    /// Identifiers of what was found in the trace.
    public var findings: [String]
    /// The gravest finding; nil where there is none, or where it is not known.
    public var severity: FindingSeverity?
    /// Calls that must exist by the evidence, and those that are recorded; nil where nothing was analysed.
    public var coverage: TraceCoverage?

    /// Input and output together; nil where neither is known.
    public var tokensTotal: Int64? {
        if tokensInput == nil && tokensOutput == nil { return nil }
        return (tokensInput ?? 0).addingClamped(tokensOutput ?? 0)
    }

    public init(key: Int64, traceID: TraceID) {
        self.key = key
        self.traceID = traceID
        spanCount = 0
        errorCount = 0
        services = []
        agents = []
        models = []
        modelCallCount = 0
        modelCallsWithTokens = 0
        findings = []
    }
}

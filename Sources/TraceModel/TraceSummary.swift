import Basics

/// One line of a list of traces, kept up to date at import.
public struct TraceSummary: Equatable, Sendable {
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

    /// By which version of the analysis findings, agents and figures were made.
    public var analysis = AnalysisState.current

    /// Input and output together; nil where neither is known.
    public var tokensTotal: Int64? {
        if tokensInput == nil && tokensOutput == nil { return nil }
        return (tokensInput ?? 0).addingClamped(tokensOutput ?? 0)
    }

    public init(traceID: TraceID) {
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

/// By which version of the analysis of traces something was made, as far as that is not the one of this program.
public enum AnalysisState: Equatable, Sendable {
    case current
    /// Nothing analysed the trace, as in a file from before there was an analysis.
    case missing
    /// An older or newer version; what is shown is what that one said.
    case other(version: Int)
    /// Some of it stands in a form that cannot be read, so that nothing is known of that.
    case unreadable(version: Int)

    /// In few words; nil where nothing must be said.
    public var words: String? {
        switch self {
        case .current: nil
        case .missing: "not analysed"
        case .other(let version): "analysed by version \(version)"
        case .unreadable(let version): "analysis of version \(version) cannot be read"
        }
    }

    /// The same with the command that helps.
    public var notice: String? {
        words.map { "\($0); `spandrel analyze` \(self == .missing ? "does it" : "re-runs it")" }
    }
}

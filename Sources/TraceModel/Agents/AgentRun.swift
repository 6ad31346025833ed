/// One invocation of an agent in a trace: what tells it from all others, and what it came to.
///
/// Fresh calls of one agent are numbered as instances in order of start; a retry is a further attempt of the same
/// instance.
public struct AgentRun: Equatable, Sendable {
    /// The number of the run in its trace, from 1 in order of start.
    public var number: Int32
    /// The agent's name; nil where nothing names it.
    public var name: String?
    public var role: String?
    public var source: IdentitySource
    /// The id that the source states for the instance.
    public var declaredInstance: String?
    /// Which instance of the agent it is, from 1 in order of start.
    public var instance: Int
    /// Which attempt of the instance, from 1.
    public var attempt: Int
    /// Why there is another attempt; nil for a first one.
    public var attemptReason: AttemptReason?
    /// How sure it is that this is an attempt and why it was made; nil for a first one.
    public var attemptCertainty: FindingCertainty?
    /// What the attempt and its reason rest on.
    public var attemptEvidence: [FindingEvidence]
    /// The run that invoked this one, by number; 0 for none.
    public var parent: Int32
    /// How it came from its parent.
    public var relation: AgentRelation
    /// The first attempt of the same instance; its own number for a first one.
    public var firstAttempt: Int32
    /// The span of the invocation; nil where no span stands for it.
    public var spanID: SpanID?
    /// Which of several records with its id that span is, mostly 0.
    public var spanOrdinal: Int32
    /// The span that made it start, such as the model call that asked for it or the critic's verdict.
    public var triggeringSpanID: SpanID?
    public var promptName: String?
    public var promptVersion: String?
    public var promptDigest: UInt64?
    /// Distinct models of its own calls, in order of use.
    public var modelsRequested: [String]
    public var modelsResolved: [String]
    public var state: AgentState
    public var startUnixNano: Int64?
    public var endUnixNano: Int64?
    /// Spans that belong to the run, those of runs beneath it not counted.
    public var spanCount: Int
    public var modelCalls: Int
    public var toolCalls: Int
    public var errorCount: Int
    /// Sums over the run's own model calls that state usage; nil where none does.
    public var tokensInput: Int64?
    public var tokensOutput: Int64?
    public var modelCallsWithTokens: Int

    public init(number: Int32, name: String?, source: IdentitySource) {
        self.number = number
        self.name = name
        self.source = source
        instance = 1
        attempt = 1
        attemptEvidence = []
        parent = 0
        relation = .root
        firstAttempt = number
        spanOrdinal = 0
        modelsRequested = []
        modelsResolved = []
        state = .ok
        spanCount = 0
        modelCalls = 0
        toolCalls = 0
        errorCount = 0
        modelCallsWithTokens = 0
    }

    /// What names the span of the invocation within the trace; nil where no span stands for it.
    public var span: LocalSpanID? { spanID.map { LocalSpanID($0, ordinal: spanOrdinal) } }

    /// The label of the run, such as `worker#3 ·try 2←critic`.
    public var label: String {
        let base = "\(name ?? "?")#\(instance)"
        guard attempt > 1 else { return base }
        let reason = attemptReason.map { "←\($0.name)" } ?? ""
        return "\(base) ·try \(attempt)\(reason)"
    }
}

/// Why an agent or a call was tried again.
///
/// The raw values are stored in the database: never renumber them.
public enum AttemptReason: Int, Sendable, CaseIterable {
    case unknown = 0
    case transport = 1
    case critic = 2
    case validation = 3
    case timeout = 4
    case user = 5

    public var name: String { String(describing: self) }

    public init?(name: String) {
        guard let reason = AttemptReason.allCases.first(where: { $0.name == name.lowercased() }) else { return nil }
        self = reason
    }
}

/// How an agent run came from its parent.
///
/// The raw values are stored in the database: never renumber them.
public enum AgentRelation: Int, Sendable, CaseIterable {
    case root = 0
    case invoked = 1
    case handedOff = 2
    case retried = 3

    /// The word that output uses, in snake case.
    public var name: String { self == .handedOff ? "handed_off" : String(describing: self) }
}

/// What became of an agent run.
///
/// The raw values are stored in the database: never renumber them.
public enum AgentState: Int, Sendable, CaseIterable {
    case ok = 0
    case error = 1
    case cancelled = 2
    case unfinished = 3

    public var name: String { String(describing: self) }
}

/// The agents of a trace, who invoked whom, and how many of its spans can be told apart.
public struct AgentTopology: Equatable, Sendable {
    /// In order of start; the run with number n stands at n − 1.
    public var runs: [AgentRun]
    /// Spans whose identity is declared by themselves or by the run they belong to, and all spans.
    public var identifiedSpans: Int
    public var spanCount: Int

    public init(runs: [AgentRun] = [], identifiedSpans: Int = 0, spanCount: Int = 0) {
        self.runs = runs
        self.identifiedSpans = identifiedSpans
        self.spanCount = spanCount
    }
}

extension AgentRun {
    /// The label of the run in at most `width` characters.
    ///
    /// What tells runs apart goes last: first the middle of the name, down to its first and its last character, then
    /// the reason of the attempt, then the name, then the attempt. Where not even `#3` fits, the label is cut at the
    /// end. A width below 1 gives nothing.
    public func label(width: Int) -> String {
        if width < 1 { return "" }
        let name = self.name ?? "?"
        let number = "#\(instance)"
        let tries = attempt > 1 ? " ·try \(attempt)" : ""
        let reason = attempt > 1 ? attemptReason.map { "←\($0.name)" } ?? "" : ""
        for tail in [number + tries + reason, number + tries] {
            let room = width - tail.count
            if room >= name.count { return name + tail }
            if room >= 3 { return AgentRun.shortened(name, to: room) + tail }
        }
        let short = number + tries
        if short.count <= width { return name.prefix(width - short.count) + short }
        if number.count <= width { return name.prefix(width - number.count) + number }
        return String(number.prefix(width))
    }

    /// Replaces the middle of a text by an ellipsis; `width` is less than its length and at least 3.
    private static func shortened(_ text: String, to width: Int) -> String {
        let tail = (width - 1) / 2
        return text.prefix(width - 1 - tail) + "…" + text.suffix(tail)
    }
}

extension IdentitySource {
    /// A mark that tells without colour how an identity came to a span; stands before the label.
    ///
    /// Declared and inherited ones have none: what is inherited is drawn dim or in parentheses.
    public var mark: String {
        switch self {
        case .declared, .inherited: ""
        case .inferred: "~"
        case .missing: "?"
        }
    }
}

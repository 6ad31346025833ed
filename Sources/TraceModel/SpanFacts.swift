import Basics

/// What a span is to an agent run, whichever vendor's attributes said so.
///
/// The raw values are stored in the database: never renumber them.
public enum SpanKind: Int, Sendable, CaseIterable {
    case other = 0
    case agent = 1
    case llm = 2
    case tool = 3
    case retrieval = 4
    case embedding = 5
    case reranker = 6
    case chain = 7
    case guardrail = 8
    case evaluator = 9
    case workflow = 10
    case memory = 11

    /// The word that filters and output use.
    public var name: String { String(describing: self) }

    public init?(name: String) {
        guard let kind = SpanKind.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}

/// How an identity came to a span.
///
/// The raw values are stored in the database: never renumber them.
public enum IdentitySource: Int, Sendable, CaseIterable {
    /// Nothing names an agent.
    case missing = 0
    /// The span itself names the agent.
    case declared = 1
    /// The nearest labelled ancestor names it.
    case inherited = 2
    /// It was concluded from other evidence, such as a span name.
    case inferred = 3

    public var name: String { String(describing: self) }
}

/// Token counts of one model call; each may be unknown, which is not 0.
public struct TokenUsage: Hashable, Sendable {
    /// Input, what came from a cache and went to one included.
    public var input: Int64?
    /// The input as the source states it, where that leaves out what came from a cache or went to one; else nil.
    public var inputStated: Int64?
    public var output: Int64?
    public var cacheRead: Int64?
    public var cacheWrite: Int64?
    public var reasoning: Int64?

    public init(
        input: Int64? = nil,
        output: Int64? = nil,
        cacheRead: Int64? = nil,
        cacheWrite: Int64? = nil,
        reasoning: Int64? = nil
    ) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.reasoning = reasoning
    }

    /// Adds to the input what came from a cache or went to one, where the source proves that it does not count it.
    ///
    /// What is more than the input is no part of it, and a total that is the sum of all shows that nothing is. `total`
    /// is what the source states for the call as a whole; nil where it states none.
    public mutating func includeCache(total: Int64?) {
        let cached = (cacheRead ?? 0).addingClamped(cacheWrite ?? 0)
        guard inputStated == nil, let stated = input, cached > 0, let whole = stated.addingIfFits(cached) else {
            return
        }
        let isTotal = output.flatMap { whole.addingIfFits($0) } == total && total != nil
        guard cached > stated || isTotal else { return }
        inputStated = stated
        input = whole
    }
}

/// The vendor-neutral reading of one span's attributes, events and scope.
///
/// Everything optional is nil when the source does not say it.
public struct SpanFacts: Equatable, Sendable {
    public var kind: SpanKind
    /// The source's own word for the kind, such as `execute_tool` or `RETRIEVER`.
    public var kindSource: String?
    public var agentName: String?
    /// `declared`, `inferred` or `missing`; inheritance needs the tree.
    public var agentSource: IdentitySource
    /// What tells two instances of one agent apart, where stated.
    public var agentInstance: String?
    public var provider: String?
    public var modelRequested: String?
    public var modelResolved: String?
    public var toolName: String?
    public var toolCallID: String?
    public var responseID: String?
    public var tokens: TokenUsage
    public var session: String?
    public var finishReasons: [String]
    /// Nanoseconds from the start of the span to the first streamed chunk.
    public var timeToFirstChunkNanos: Int64?
    /// The class of failure: `error.type`, else the type of the recorded exception.
    public var errorType: String?
    /// True when status, an exception, `error.type` or the like says that the span failed.
    public var isError: Bool
    /// True when the span says that it was cancelled.
    public var isCancelled: Bool
    /// `outOfRange` where a count or duration is taken as absent, `humanWait` where a human was waited for.
    public var marks: SpanMarks

    public init(kind: SpanKind = .other) {
        self.kind = kind
        self.agentSource = .missing
        self.tokens = TokenUsage()
        self.finishReasons = []
        self.isError = false
        self.isCancelled = false
        self.marks = []
    }
}

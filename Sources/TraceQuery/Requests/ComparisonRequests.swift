public import TraceModel

/// How the phases of steps are distributed over the traces that a filter keeps.
public struct PhasesRequest: TraceRequest {
    public typealias Answer = PhaseStatistics

    public var filter: FilterExpression?

    public init(_ filter: FilterExpression? = nil) {
        self.filter = filter
    }
}

/// The distribution of the phases of steps; percentiles of parts do not add up to those of the whole.
public struct PhaseStatistics: Equatable, Sendable {
    public var traceCount: Int
    public var stepCount: Int
    public var phases: [PhaseDistribution]
    /// Of whole steps; nil without any.
    public var total: StepDistribution?

    public init(traceCount: Int, stepCount: Int, phases: [PhaseDistribution], total: StepDistribution?) {
        self.traceCount = traceCount
        self.stepCount = stepCount
        self.phases = phases
        self.total = total
    }
}

/// The distribution of the wall time of steps, in nanoseconds.
public struct StepDistribution: Equatable, Sendable {
    public var p50: Int64
    public var p95: Int64
    public var p99: Int64

    public init(p50: Int64, p95: Int64, p99: Int64) {
        self.p50 = p50
        self.p95 = p95
        self.p99 = p99
    }
}

/// Which models answered to which names, over the traces that a filter keeps.
public struct ModelsRequest: TraceRequest {
    public typealias Answer = [ModelAlias]

    public var filter: FilterExpression?

    public init(_ filter: FilterExpression? = nil) {
        self.filter = filter
    }
}

/// A model that answered to a name.
public struct ModelAlias: Equatable, Sendable {
    /// The model asked for.
    public var requested: String
    /// The model that answered; nil where no answer says, so that nothing is proven.
    public var resolved: String?
    public var calls: Int
    /// Nanoseconds since the Unix epoch; nil where no call has a time.
    public var firstUnixNano: Int64?
    public var lastUnixNano: Int64?
    /// The first trace in which it answered.
    public var firstTraceID: TraceID
    /// True where another model had answered to the same name before.
    public var isFlip: Bool

    public init(requested: String, resolved: String?, calls: Int, firstTraceID: TraceID) {
        self.requested = requested
        self.resolved = resolved
        self.calls = calls
        self.firstTraceID = firstTraceID
        isFlip = false
    }
}

/// How many distinct values each attribute has, the most first.
public struct AttributesRequest: TraceRequest {
    public typealias Answer = [AttributeCardinality]

    public var limit: Int

    public init(limit: Int) {
        self.limit = limit
    }
}

/// How many distinct values an attribute has.
public struct AttributeCardinality: Equatable, Sendable {
    public var key: String
    /// Spans that have the attribute.
    public var spans: Int
    /// Distinct values among the spans that were read.
    public var distinctValues: Int
    /// True where not all spans were read, so that the number of values is a lower bound.
    public var isLowerBound: Bool
    public var exampleValue: String?

    public init(key: String, spans: Int, distinctValues: Int, isLowerBound: Bool, exampleValue: String?) {
        self.key = key
        self.spans = spans
        self.distinctValues = distinctValues
        self.isLowerBound = isLowerBound
        self.exampleValue = exampleValue
    }
}

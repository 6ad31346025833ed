/// One step of an agent: a model call and all that follows from it until the next one of the same agent run.
///
/// Nanoseconds throughout; `wall` has one entry for each `Phase`, and their sum is `durationNanos` exactly.
public struct StepFigures: Equatable, Sendable {
    /// The number of the step in its trace, from 1 in order of start.
    public var number: Int32
    /// The agent run that it belongs to, by number; 0 for none.
    public var run: Int32
    /// The number of the step within its run, from 1.
    public var numberInRun: Int32
    /// The span that the step starts with: a model call, or the framework's own span of the step.
    public var spanID: SpanID
    public var spanOrdinal: Int32
    /// The number that the source states, where it states one.
    public var declaredNumber: Int64?
    /// The source's own span of the step defines it.
    public var isDeclared: Bool
    public var startUnixNano: Int64
    public var durationNanos: Int64
    /// Wall time of each phase.
    public var wall: PhaseValues<Int64>
    /// Work of each phase, parallel work counted as often as it ran.
    public var work: PhaseValues<Int64>
    /// How the figure of each phase came to be.
    public var quality: PhaseValues<FigureQuality>
    /// Spans of the step.
    public var spanCount: Int
    public var isError: Bool

    public init(number: Int32, run: Int32, spanID: SpanID, startUnixNano: Int64, durationNanos: Int64) {
        self.number = number
        self.run = run
        numberInRun = 1
        self.spanID = spanID
        spanOrdinal = 0
        isDeclared = false
        self.startUnixNano = startUnixNano
        self.durationNanos = durationNanos
        wall = PhaseValues(repeating: 0)
        work = wall
        quality = PhaseValues(repeating: .unknown)
        spanCount = 0
        isError = false
    }

    /// What names that span within the trace.
    public var span: LocalSpanID { LocalSpanID(spanID, ordinal: spanOrdinal) }

    /// The phase that takes most of the step; nil where the step took no time.
    public var dominant: Phase? {
        guard durationNanos > 0 else { return nil }
        return Phase.allCases.max { wall[$0.rawValue] < wall[$1.rawValue] }
    }

    /// The share of the step that nothing accounts for, 0…1; nil where the step took no time.
    public var unattributedShare: Double? {
        durationNanos > 0 ? Double(wall[Phase.unattributed.rawValue]) / Double(durationNanos) : nil
    }
}

/// The distribution of one phase over many steps, in nanoseconds.
public struct PhaseDistribution: Equatable, Sendable {
    public var phase: Phase
    /// Steps in which the phase was measured or bounded.
    public var count: Int
    public var p50: Int64
    public var p95: Int64
    public var p99: Int64
    /// True where some of the figures are upper bounds.
    public var isBounded: Bool

    public init(phase: Phase, count: Int, p50: Int64, p95: Int64, p99: Int64, isBounded: Bool) {
        self.phase = phase
        self.count = count
        self.p50 = p50
        self.p95 = p95
        self.p99 = p99
        self.isBounded = isBounded
    }
}

import TraceModel

/// What the analysis of a trace says of one span, for its row.
struct AnalysedSpan: Equatable {
    /// The agent run by number, 0 for none.
    var run: Int32 = 0
    /// The attempt of that run, 0 for none.
    var attempt: Int32 = 0
    /// The raw value of the reason of the attempt; nil for a first one.
    var reason: Int64?
    var step: Int32 = 0
    var clock: Int32 = 0

    init() {}

    /// As far as the blob of a row knows it.
    init(_ packed: PackedSpan) {
        run = packed.agentRun
        step = packed.step
        clock = packed.clock
    }

    /// Binds run, attempt, reason, step and clock to five parameters in a row.
    func bind(to statement: PreparedStatement, from index: Int32) {
        statement.bind(reference: index, run)
        statement.bind(reference: index + 1, attempt)
        statement.bind(index + 2, reason)
        statement.bind(reference: index + 3, step)
        statement.bind(index + 4, Int64(clock))
    }
}

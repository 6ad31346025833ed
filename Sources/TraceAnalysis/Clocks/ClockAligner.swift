import TraceModel

/// Estimates how far the clocks of a trace are from each other.
enum ClockAligner {
    static func estimates(_ input: TraceInput, forest: SpanForest) -> [ClockEstimate] { [] }

    static func findings(_ clocks: [ClockEstimate], _ input: TraceInput, forest: SpanForest) -> [Finding] { [] }
}

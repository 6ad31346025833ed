import TraceModel

/// Where one step begins and ends, before its time is divided.
struct StepDraft {
    /// The span that the step starts with.
    var opener: SpanForest.Node
    var group: Int32
    var isDeclared: Bool
    /// Nanoseconds since the Unix epoch; the end is not before the start.
    var from: Int64
    var to: Int64
}

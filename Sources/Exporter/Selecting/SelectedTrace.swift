import TraceModel
import TraceQuery

/// A trace of a selection: what is read of it.
struct SelectedTrace {
    var structure: TraceStructure
    /// The rows of the selection, in order of start time.
    var rows: [SpanRow]
    /// The part in words; nil for the whole trace.
    var part: String?
}

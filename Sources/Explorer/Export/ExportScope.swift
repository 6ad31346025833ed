import Tables
package import TraceQuery

/// What is exported: whole traces, or a part of one; numbers are keys of the store.
package enum ExportScope: Hashable, Sendable {
    /// The traces that hold a span which the filter keeps, whole; nil for all.
    case traces(FilterExpression?)
    /// These traces, whole.
    case listed([Int64])
    case spans(trace: Int64, [Int64])
    /// A span with all that is below it.
    case subtree(trace: Int64, span: Int64)
    /// What an agent did in one run, by its label such as `worker#2` and its number in the trace.
    case agent(trace: Int64, label: String, number: Int32)
    /// Steps by their numbers in the trace.
    case steps(trace: Int64, ClosedRange<Int>)
    /// The spans of a trace that a filter keeps.
    case matching(trace: Int64, FilterExpression)

    /// True where trajectories are not exported whole.
    package var isPart: Bool {
        switch self {
        case .traces, .listed: false
        case .spans, .subtree, .agent, .steps, .matching: true
        }
    }

    /// What it is, for a person.
    package var words: String {
        switch self {
        case .traces(nil): "all traces"
        case .traces(let filter?): "the traces that match \(filter)"
        case .listed(let keys): Counted.text(keys.count, "trace")
        case .spans(_, let keys): Counted.text(keys.count, "span")
        case .subtree: "a span with all below it"
        case .agent(_, let label, _): "agent \(label)"
        case .steps(_, let range): "steps \(range.lowerBound)..\(range.upperBound)"
        case .matching(_, let filter): "the spans that match \(filter)"
        }
    }
}

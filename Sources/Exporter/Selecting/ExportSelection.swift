package import TraceQuery

/// What is exported: whole traces, or a named part of one.
package enum ExportSelection: Hashable, Sendable {
    /// The traces that hold a span which the filter keeps, whole; nil for all.
    case traces(FilterExpression?)
    /// These traces, whole.
    case listed([TraceReference])
    case part(TraceReference, ExportPart)
}

/// A part of a trace.
package enum ExportPart: Hashable, Sendable {
    /// These spans, by their store keys.
    case spans([Int64])
    /// One span.
    case span(SpanReference)
    /// A span with all that is below it.
    case subtree(SpanReference)
    /// What an agent did, by its name, or by its label such as `worker#2`.
    case agent(String)
    /// What an agent did in one run, by the number of the run in the trace and its label.
    case run(Int32, label: String)
    /// Steps by their numbers in the trace.
    case steps(ClosedRange<Int>)
    /// The spans that a filter keeps.
    case matching(FilterExpression)
}

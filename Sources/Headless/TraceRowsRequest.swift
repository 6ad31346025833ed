package import TraceQuery

/// Which rows of a trace to write, and in which order.
package struct TraceRowsRequest: Sendable {
    package var trace: TraceReference
    /// Only the spans that the filter keeps; placeholders are no spans.
    package var filter: FilterExpression?
    package var sort = TraceRowOrder.tree
    /// The greatest first; what is unknown comes last either way.
    package var descending = true
    package var limit: Int?
    /// Continue after the row whose span id begins so.
    package var after: String?

    package init(_ trace: TraceReference) {
        self.trace = trace
    }
}

import TraceQuery
import TraceStore

/// The spans that a filter keeps, each for itself, with the way to them.
struct SpanSelection {
    /// The condition on `trace` and `span`; what speaks of the trace alone is asked before its spans are read.
    let condition: SQLFragment
    /// The rows of `trace` and `span` to look at.
    let source = SQLFragment(
        """
        trace CROSS JOIN span ON span.key BETWEEN (trace.key << \(StoreKey.numberBits))
        AND ((trace.key << \(StoreKey.numberBits)) | \(StoreKey.maximumNumber))
        """)

    /// `demands` are facets that the trace of every wanted span has besides.
    init(
        _ filter: FilterExpression?, demanding demands: [SpanCondition.FacetDemand] = [], _ session: ReadSession,
        _ time: FilterTime
    ) throws {
        var demands = demands
        var spans = SQLFragment.always
        if let filter {
            let compiler = FilterCompiler(session: session, time: time)
            spans = try compiler.spans(filter)
            demands += try compiler.facets(ofSpans: filter)
        }
        guard !demands.isEmpty else {
            condition = spans
            return
        }
        // Facets of a trace that is being written lag behind, so that it is looked at in any case.
        condition = .all([.any([SQLFragment("trace.dirty = 1"), .all(demands.map(\.ofTrace))]), spans])
    }
}

package import TraceModel

/// Names under which readers know the fields of facets.
package enum TraceSummarizer {
    package typealias Field = TraceFacet.Field
    package typealias Status = TraceFacet.Outcome
}

extension Int64 {
    /// The sum, held at the ends of the range: token counts of hostile input must not trap.
    package func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}

extension Int64 {
    /// The sum, held at the ends of the range: token counts of hostile input must not trap.
    package func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}

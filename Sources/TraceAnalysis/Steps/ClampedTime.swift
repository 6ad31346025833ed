/// Arithmetic on times that never traps, whatever a record says.
enum ClampedTime {
    /// Half of the range: the difference of any two times within it fits 64 bits.
    private static let limit = Int64.max / 2

    /// A time within a range in which differences cannot overflow: 1970 ± 146 years in nanoseconds.
    static func time(_ nanos: Int64) -> Int64 { min(limit, max(-limit, nanos)) }

    /// A sum of durations, at the end of the range where it lies beyond.
    static func sum(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? (a > 0 ? .max : .min) : sum
    }

    /// A time that lies some nanoseconds, 0 or more, after another, within the range.
    static func time(_ start: Int64, plus nanos: Int64) -> Int64 { time(sum(start, max(0, nanos))) }

    /// A duration as often as it ran at once, at the end of the range where it lies beyond.
    static func product(_ nanos: Int64, _ count: Int32) -> Int64 {
        if count == 1 { return nanos }
        let (product, overflow) = nanos.multipliedReportingOverflow(by: Int64(count))
        return overflow ? .max : product
    }
}

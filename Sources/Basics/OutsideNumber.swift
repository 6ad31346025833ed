/// The numbers from outside that the rest of the program may calculate with.
///
/// What lies beyond counts as absent, never as 0 or as the nearest bound, and whoever lets it in marks the record.
/// Within these ranges differences of two times and sums of a million counts fit 64 bits.
package enum OutsideNumber {
    /// Times in nanoseconds since the Unix epoch, and offsets from such times: 1970 ± 146 years.
    package static let times: ClosedRange<Int64> = -(Int64.max / 2)...(Int64.max / 2)
    /// Tokens, sequence numbers, sizes.
    package static let counts: ClosedRange<Int64> = 0...(1 << 42)

    /// Sums of counts; two of them still fit.
    package static let totals: ClosedRange<Int64> = 0...(1 << 62) - 1

    /// A time, or nil where it lies beyond.
    @inlinable
    package static func time(_ nanos: Int64?) -> Int64? {
        guard let nanos, times.contains(nanos) else { return nil }
        return nanos
    }

    /// A time without a sign, or nil where it lies beyond.
    @inlinable
    package static func time(_ nanos: UInt64) -> Int64? { time(Int64(exactly: nanos)) }

    /// A length of time from 0 on, or nil where it is none or lies beyond.
    @inlinable
    package static func duration(_ nanos: Int64?) -> Int64? {
        guard let nanos, nanos >= 0, nanos <= times.upperBound else { return nil }
        return nanos
    }

    /// A length of time from 0 on as the nearest nanosecond, or nil where it is none or lies beyond.
    package static func duration(_ nanos: Double) -> Int64? { duration(Int64(whole: nanos.rounded())) }

    /// The time of seconds since the Unix epoch, or nil where they are no number or lie beyond.
    ///
    /// The fraction is rounded on its own: whole seconds would leave it too few digits.
    package static func time(unixSeconds: Double) -> Int64? {
        let floor = unixSeconds.rounded(.down)
        guard let seconds = Int64(whole: floor), seconds.magnitude < times.upperBound.magnitude / 1_000_000_000,
            let fraction = Int64(whole: ((unixSeconds - floor) * 1e9).rounded())
        else { return nil }
        return time(seconds * 1_000_000_000 + fraction)
    }

    /// A count, or nil where it lies beyond.
    @inlinable
    package static func count(_ count: Int64?) -> Int64? {
        guard let count, counts.contains(count) else { return nil }
        return count
    }

    /// A sum of counts, or nil where it lies beyond.
    @inlinable
    package static func total(_ total: Int64?) -> Int64? {
        guard let total, totals.contains(total) else { return nil }
        return total
    }

    /// A count in a machine word, or nil where it lies beyond.
    @inlinable
    package static func count(_ count: Int?) -> Int? {
        guard let count, counts.contains(Int64(count)) else { return nil }
        return count
    }
}

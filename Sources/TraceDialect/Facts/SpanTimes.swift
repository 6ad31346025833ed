import Basics

/// The times of the span whose attributes are read, for transforms that need them.
struct SpanTimes {
    let start: Int64?
    let end: Int64?

    /// A duration stated in seconds, in nanoseconds.
    ///
    /// One that exceeds the span cannot be in seconds, so it is taken for milliseconds.
    func nanos(seconds: Double) -> Int64? {
        guard let nanos = OutsideNumber.duration(seconds * 1e9) else { return nil }
        // Clocks differ a little: a chunk may seem to come right after the end.
        if let start, let end, end > start, Double(nanos) > (Double(end) - Double(start)) * 1.01 + 1e6 {
            return OutsideNumber.duration(seconds * 1e6)
        }
        return nanos
    }
}

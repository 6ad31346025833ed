import Basics
package import TraceModel

/// The stretch of time that a trace takes, in nanoseconds since the Unix epoch.
package struct TraceExtent: Hashable, Sendable {
    package var start: Int64
    /// At least one nanosecond after the start.
    package var end: Int64

    package init(start: Int64, end: Int64) {
        self.start = start
        self.end = max(end, start == .max ? start : start + 1)
    }

    /// From the earliest start to the latest known time; nil where no span has a time.
    package init?(_ spans: [SpanRow]) {
        var first = Int64.max
        var last = Int64.min
        for span in spans {
            if let start = span.startUnixNano {
                first = min(first, start)
                last = max(last, start)
            }
            if let end = span.endUnixNano {
                first = min(first, end)
                last = max(last, end)
            }
        }
        guard first <= last else { return nil }
        self.init(start: first, end: last)
    }

    /// The length in nanoseconds, as a floating-point number since it may exceed 63 bits.
    package var length: Double { offset(of: end) }

    /// The nanoseconds from the start to a time, exact wherever the difference fits 63 bits.
    package func offset(of time: Int64) -> Double {
        time.subtractingIfFits(start).map { Double($0) } ?? Double(time) - Double(start)
    }

    /// The time at an offset from the start, at the ends of the range where it lies beyond.
    package func time(atOffset offset: Double) -> Int64 {
        start.addingClamped(Int64(clamped: offset))
    }
}

extension Range<Int> {
    /// The first position without a property that all positions before it have; the end where all have it.
    func partitionPoint(_ hasProperty: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = (low + high) / 2
            if hasProperty(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

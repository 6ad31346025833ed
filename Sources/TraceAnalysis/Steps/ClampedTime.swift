import Basics

/// Times of spans that did not come through the door, such as those of tests, held within its range.
enum ClampedTime {
    /// A time within a range in which differences cannot overflow.
    static func time(_ nanos: Int64) -> Int64 {
        min(OutsideNumber.times.upperBound, max(OutsideNumber.times.lowerBound, nanos))
    }

    /// A time that lies some nanoseconds, 0 or more, after another, within the range.
    static func time(_ start: Int64, plus nanos: Int64) -> Int64 { time(start.addingClamped(max(0, nanos))) }
}

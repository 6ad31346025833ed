import Basics

/// The shifts of one clock that parents and children allow, in nanoseconds; a side is nil where nothing bounds it.
struct ClockBounds: Equatable {
    var lower: Int64?
    var upper: Int64?
    var pairCount = 0

    /// True where no shift fits all.
    var isEmpty: Bool {
        guard let lower, let upper else { return false }
        return lower > upper
    }

    /// The middle, where both sides are bound, else the bound that there is.
    ///
    /// For one parent and child this is Jaeger's choice: latency = (parent duration − child duration) / 2.
    /// Source: jaegertracing/jaeger, the adjuster of clock skew.
    var middle: Int64 {
        guard let lower, let upper else { return lower ?? upper ?? 0 }
        return lower.addingClamped(upper.subtractingClamped(lower) / 2)
    }

    func contains(_ shift: Int64) -> Bool { shift >= lower ?? .min && shift <= upper ?? .max }

    /// Allows only what the other allows too.
    mutating func intersect(_ other: ClockBounds) {
        if let bound = other.lower { lower = max(lower ?? bound, bound) }
        if let bound = other.upper { upper = min(upper ?? bound, bound) }
        pairCount += other.pairCount
    }

    /// The bounds of the opposite shift.
    var reversed: ClockBounds {
        ClockBounds(
            lower: upper.map { Int64(0).subtractingClamped($0) }, upper: lower.map { Int64(0).subtractingClamped($0) },
            pairCount: pairCount)
    }

    /// The bounds after a further shift that is itself only known within bounds.
    func shifted(by other: ClockBounds) -> ClockBounds {
        ClockBounds(
            lower: Self.sum(lower, other.lower), upper: Self.sum(upper, other.upper), pairCount: pairCount)
    }

    private static func sum(_ a: Int64?, _ b: Int64?) -> Int64? {
        guard let a, let b else { return nil }
        return a.addingClamped(b)
    }

    /// Exactly one shift.
    static func exactly(_ shift: Int64) -> ClockBounds { ClockBounds(lower: shift, upper: shift) }
}

/// What one parent and one child on two clocks say of the shift of the child's clock towards the parent's.
struct ClockPair {
    var parentClock: Int32
    var childClock: Int32
    /// The child does not start before its parent: the least shift.
    var lower: Int64
    /// The child does not end after its parent: the greatest shift; nil where it may.
    var upper: Int64?

    /// The bounds of the shift of one of the two clocks towards the other.
    func bounds(of clock: Int32) -> ClockBounds {
        let bounds = ClockBounds(lower: lower, upper: upper, pairCount: 1)
        return clock == childClock ? bounds : bounds.reversed
    }
}

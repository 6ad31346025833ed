import Basics

/// The limits by which a stream is judged.
package struct StreamSettings: Equatable, Sendable {
    /// No pause shorter than this is a stall, in nanoseconds.
    package var stallFloorNanos: Int64
    /// A pause is a stall when it is longer than this many times the median gap, and than the floor.
    package var stallFactor: Int64
    /// A first chunk that takes longer than this, in nanoseconds, is slow.
    ///
    /// Ten seconds is the limit of a person's attention on a dialogue. Source: Jakob Nielsen, "Usability Engineering",
    /// 1993, chapter 5.5.
    package var slowFirstChunkNanos: Int64

    package init(
        stallFloorNanos: Int64 = 1_000_000_000, stallFactor: Int64 = 10, slowFirstChunkNanos: Int64 = 10_000_000_000
    ) {
        self.stallFloorNanos = stallFloorNanos
        self.stallFactor = stallFactor
        self.slowFirstChunkNanos = slowFirstChunkNanos
    }

    /// How long a pause may last: max(floor, factor × median gap), in nanoseconds; the floor where no gap is known.
    package func stallLimitNanos(medianGapNanos: Int64?) -> Int64 {
        max(stallFloorNanos, (medianGapNanos ?? 0).multipliedClamped(by: stallFactor))
    }
}

/// One clock of a trace, and how far it is from the clock of the trace's root.
public struct ClockEstimate: Equatable, Sendable {
    /// The number of the clock in its trace, from 0 in order of first use.
    public var number: Int32
    /// What the clock is, such as `shop@web-1`: service, host, instance or recorder.
    public var name: String
    public var spanCount: Int
    /// What to add to its times to set them beside the reference clock, in nanoseconds; 0 where no shift is needed.
    public var offsetNanos: Int64
    /// The least and the greatest offset that all parents and children of the clock allow; nil where nothing bounds it.
    public var lowerNanos: Int64?
    public var upperNanos: Int64?
    /// Pairs of parent and child across clocks that the bounds rest on.
    public var pairCount: Int
    public var basis: Basis

    /// How the offset came to be.
    ///
    /// The raw values are stored in the database: never renumber them.
    public enum Basis: Int, Sendable, CaseIterable {
        /// The clock of the earliest root.
        case reference = 0
        /// No parent or child on another clock.
        case unconnected = 1
        /// Every pair fits without a shift.
        case consistent = 2
        /// Pairs bound the shift to an interval.
        case bounded = 3
        /// No shift fits all pairs: the offset is the one that breaks the fewest.
        case contradictory = 4

        public var name: String { String(describing: self) }
    }

    public init(number: Int32, name: String, spanCount: Int, basis: Basis) {
        self.number = number
        self.name = name
        self.spanCount = spanCount
        self.basis = basis
        offsetNanos = 0
        pairCount = 0
    }
}

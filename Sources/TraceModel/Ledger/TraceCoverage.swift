/// How many of the calls that a trace must hold are recorded: the mark on totals that miss some.
public struct TraceCoverage: Hashable, Sendable {
    /// A lower bound.
    public var expectedAtLeast: Int
    public var recorded: Int

    public init(expectedAtLeast: Int, recorded: Int) {
        self.expectedAtLeast = expectedAtLeast
        self.recorded = recorded
    }

    /// True where no call is known to be missing.
    public var isWhole: Bool { recorded >= expectedAtLeast }
}

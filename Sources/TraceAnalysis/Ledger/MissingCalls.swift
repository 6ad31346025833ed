import Basics

/// How many calls are missing for sure, and how many of the same sort are recorded.
struct MissingCalls: Equatable {
    static let none = MissingCalls(missing: 0, recorded: nil)

    /// A lower bound.
    var missing: Int64
    /// Nil where several spans tell of different calls.
    var recorded: Int?

    /// Adds what another part of the trace misses: parts that share no span.
    mutating func join(_ other: MissingCalls) {
        guard other.missing > 0 else { return }
        guard missing > 0 else {
            self = other
            return
        }
        missing = missing.addingClamped(other.missing)
        recorded = nil
    }
}

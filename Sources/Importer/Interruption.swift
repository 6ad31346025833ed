import Synchronization

/// A wish, from any thread, that an import should end after the batch at hand.
package final class Interruption: Sendable {
    private let flag = Atomic<Bool>(false)

    package init() {}

    /// True once `raise` was called.
    package var isRaised: Bool { flag.load(ordering: .relaxed) }

    package func raise() { flag.store(true, ordering: .relaxed) }
}

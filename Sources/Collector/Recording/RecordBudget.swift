import Synchronization

/// The bytes that all calls together may hold before they are stored.
package final class RecordBudget: Sendable {
    private let left: Atomic<Int>

    package init(bytes: Int) {
        left = Atomic(bytes)
    }

    /// Takes bytes; false, and nothing is taken, when so many are not left.
    package func take(_ count: Int) -> Bool {
        let (_, now) = left.subtract(count, ordering: .relaxed)
        if now >= 0 { return true }
        left.add(count, ordering: .relaxed)
        return false
    }

    package func giveBack(_ count: Int) {
        left.add(count, ordering: .relaxed)
    }

}

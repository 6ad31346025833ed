import Foundation

/// Hands values from one thread to another and makes the faster one wait, so that memory stays flat.
final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
    // All state is touched under the condition's lock only.
    private let condition = NSCondition()
    private let capacity: Int
    private var elements: [Element] = []
    private var isFinished = false
    private var isAbandoned = false

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// The values that wait.
    var count: Int {
        condition.lock()
        defer { condition.unlock() }
        return elements.count
    }

    /// Adds a value, after waiting for room; false when the queue was finished or abandoned.
    func push(_ element: Element) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while elements.count >= capacity, !isAbandoned, !isFinished { condition.wait() }
        guard !isAbandoned, !isFinished else { return false }
        elements.append(element)
        condition.broadcast()
        return true
    }

    /// Takes the oldest value, after waiting for one; nil at the end.
    func pop() -> Element? {
        condition.lock()
        defer { condition.unlock() }
        while elements.isEmpty, !isFinished { condition.wait() }
        guard !elements.isEmpty else { return nil }
        let first = elements.removeFirst()
        condition.broadcast()
        return first
    }

    /// Says that no value will follow; those that wait can still be taken.
    func finish() {
        condition.lock()
        defer { condition.unlock() }
        isFinished = true
        condition.broadcast()
    }

    /// Says that no value will be taken any more.
    func abandon() {
        condition.lock()
        defer { condition.unlock() }
        isAbandoned = true
        elements.removeAll()
        condition.broadcast()
    }
}

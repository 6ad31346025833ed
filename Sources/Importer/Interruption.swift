import Synchronization

/// A wish, from any thread, that an import should end after the batch at hand.
package final class Interruption: Sendable {
    private struct State {
        var isRaised = false
        var onRaise: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    /// True once `raise` was called.
    package var isRaised: Bool { state.withLock { $0.isRaised } }

    package func raise() {
        let action = state.withLock { state in
            state.isRaised = true
            defer { state.onRaise = nil }
            return state.onRaise
        }
        action?()
    }

    /// Sets what is done once the wish is there, at once if it is there already.
    func whenRaised(_ action: @escaping @Sendable () -> Void) {
        let isRaised = state.withLock { state in
            if !state.isRaised { state.onRaise = action }
            return state.isRaised
        }
        if isRaised { action() }
    }
}

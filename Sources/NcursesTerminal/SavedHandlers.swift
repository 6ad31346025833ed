import Glibc

/// Signal handlers as they were, to be put back.
struct SavedHandlers {
    private var actions: [(signal: Int32, action: sigaction)] = []

    init(_ signals: [Int32]) {
        for signal in signals {
            var action = sigaction()
            if sigaction(signal, nil, &action) == 0 { actions.append((signal, action)) }
        }
    }

    func restore() {
        for (signal, action) in actions {
            var action = action
            sigaction(signal, &action, nil)
        }
    }
}

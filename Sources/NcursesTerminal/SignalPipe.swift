import Glibc
import Synchronization

/// Signals, and calls of other threads, as bytes in a pipe, where `poll` sees them.
///
/// A byte of 0 is a call, any other is the number of a signal.
final class SignalPipe: Sendable {
    private static let caught = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGTSTP]

    /// Where the signal handler writes; it has no other way to it.
    private static let signalEnd = Atomic<Int32>(-1)

    let readEnd: Int32
    private let writeEnd: Int32
    private let saved: SavedHandlers

    init?(catchesSignals: Bool) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
        guard catchesSignals else {
            saved = SavedHandlers([])
            return
        }
        saved = SavedHandlers(Self.caught)
        Self.signalEnd.store(writeEnd, ordering: .sequentiallyConsistent)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            let before = errno
            var byte = UInt8(truncatingIfNeeded: signal)
            // A full pipe loses nothing that matters: the reader is about to wake anyway.
            _ = write(SignalPipe.signalEnd.load(ordering: .relaxed), &byte, 1)
            errno = before
        }
        action.sa_flags = Int32(SA_RESTART)
        for signal in Self.caught { sigaction(signal, &action, nil) }
    }

    /// Puts the handlers back that were there before.
    func close() {
        saved.restore()
        _ = Self.signalEnd.compareExchange(expected: writeEnd, desired: -1, ordering: .sequentiallyConsistent)
        Glibc.close(writeEnd)
        Glibc.close(readEnd)
    }

    func wake() {
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }

    /// Takes all bytes and notes what they mean.
    func drain(into wakeup: inout TerminalWaiter.Wakeup) {
        var buffer = [UInt8](repeating: 0, count: 64)
        while true {
            let count = read(readEnd, &buffer, buffer.count)
            guard count > 0 else { return }
            for byte in buffer[..<count] {
                switch Int32(byte) {
                case 0: wakeup.isWoken = true
                case SIGWINCH, SIGCONT: wakeup.isResized = true
                case SIGTSTP: wakeup.isStopRequested = true
                case let signal: wakeup.endingSignal = signal
                }
            }
        }
    }
}

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

import Glibc
import Synchronization

/// Restores the terminal when a signal ends the process, by a crash or from outside, then lets it end by that signal.
///
/// Every signal whose default is the end of the process is caught, but for those that somebody else catches or ignores.
/// The handlers use nothing but `write`, `tcsetattr`, `sigaction` and `raise`, which POSIX calls async-signal-safe; all
/// they need lies ready in memory that is never freed.
enum CrashRestorer {
    private struct State {
        var output: Int32
        var modes: termios
        var bytes: UnsafeMutablePointer<UInt8>
        var count: Int
        /// The handlers before ours, by the number of the signal.
        var previous: UnsafeMutablePointer<sigaction>
        /// A bit for each signal that is caught.
        var caught: UInt64
    }

    /// Signals are numbered from 1 to this; the last ones are those of real time.
    private static let last: Int32 = 64

    /// The address of the state to restore from; 0 while there is nothing to restore.
    ///
    /// A signal handler has no other way to it.
    private static let state = Atomic<UInt>(0)
    /// A handler restores at this moment, and ends the process then.
    private static let isRestoring = Atomic<Bool>(false)

    private static func take() -> UnsafeMutablePointer<State>? {
        UnsafeMutablePointer(bitPattern: state.exchange(0, ordering: .sequentiallyConsistent))
    }

    /// From now on a signal that ends the process sends the bytes and sets the modes first.
    static func arm(output: Int32, modes: termios, sequence: [UInt8]) {
        disarm()
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, sequence.count))
        bytes.initialize(from: sequence, count: sequence.count)
        let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: Int(last) + 1)
        previous.initialize(repeating: sigaction(), count: Int(last) + 1)
        let pointer = UnsafeMutablePointer<State>.allocate(capacity: 1)
        pointer.initialize(
            to: State(
                output: output, modes: modes, bytes: bytes, count: sequence.count, previous: previous,
                caught: candidates(previous)))
        state.store(UInt(bitPattern: pointer), ordering: .sequentiallyConsistent)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { CrashRestorer.handle($0) }
        action.sa_flags = Int32(SA_ONSTACK)
        // One at a time, and the terminal may be set from the background too.
        sigfillset(&action.sa_mask)
        for signal in 1...last where pointer.pointee.caught >> UInt64(signal - 1) & 1 != 0 {
            sigaction(signal, &action, nil)
        }
    }

    /// The signals to catch; their handlers go to `previous`.
    private static func candidates(_ previous: UnsafeMutablePointer<sigaction>) -> UInt64 {
        var caught: UInt64 = 0
        for signal in 1...last where ends(signal) {
            // The C library keeps a few for itself, which it does not show.
            guard sigaction(signal, nil, previous + Int(signal)) == 0 else { continue }
            let handler = unsafeBitCast(previous[Int(signal)].__sigaction_handler.sa_handler, to: Int.self)
            if handler == 0 || isCrash(signal) { caught |= 1 << UInt64(signal - 1) }
        }
        return caught
    }

    /// Whether the default of a signal is the end of the process.
    private static func ends(_ signal: Int32) -> Bool {
        switch signal {
        case SIGKILL, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGCHLD, SIGURG, SIGWINCH: false
        default: true
        }
    }

    /// Signals of faults of our own, which are caught whoever else catches them.
    private static func isCrash(_ signal: Int32) -> Bool {
        switch signal {
        case SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE: true
        default: false
        }
    }

    /// Signals are left alone again.
    static func disarm() {
        guard let pointer = take() else { return }
        for signal in 1...last where pointer.pointee.caught >> UInt64(signal - 1) & 1 != 0 {
            sigaction(signal, pointer.pointee.previous + Int(signal), nil)
        }
        pointer.pointee.bytes.deallocate()
        pointer.pointee.previous.deallocate()
        pointer.deallocate()
    }

    private static func handle(_ signal: Int32) {
        let before = isRestoring.exchange(true, ordering: .sequentiallyConsistent)
        guard let pointer = take() else {
            if before {
                // Another thread's signal came first; that one decides.
                pause()
            } else {
                // The terminal was given back at this very moment.
                var action = sigaction()
                sigaction(signal, &action, nil)
                raise(signal)
            }
            return
        }
        _ = write(pointer.pointee.output, pointer.pointee.bytes, pointer.pointee.count)
        tcsetattr(pointer.pointee.output, TCSANOW, &pointer.pointee.modes)
        sigaction(signal, pointer.pointee.previous + Int(signal), nil)
        // Blocked until this handler returns, then it takes the way that it had before us.
        raise(signal)
    }
}

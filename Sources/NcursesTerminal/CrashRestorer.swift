import Glibc
import Synchronization

/// Restores the terminal when the process crashes, or is told to (SIGQUIT), then lets the crash take its course.
///
/// The handlers use nothing but `write`, `tcsetattr`, `sigaction` and `raise`, which POSIX calls async-signal-safe; all
/// they need lies ready in memory that is never freed.
enum CrashRestorer {
    private struct State {
        var output: Int32
        var modes: termios
        var bytes: UnsafeMutablePointer<UInt8>
        var count: Int
        /// The handlers before ours, in the order of `number`.
        var previous: UnsafeMutablePointer<sigaction>
    }

    private static let signalCount = 7

    /// The address of the state to restore from; 0 while there is nothing to restore.
    ///
    /// A signal handler has no other way to it.
    private static let state = Atomic<UInt>(0)

    private static func take() -> UnsafeMutablePointer<State>? {
        UnsafeMutablePointer(bitPattern: state.exchange(0, ordering: .sequentiallyConsistent))
    }

    /// From now on a crash sends the bytes and sets the modes.
    static func arm(output: Int32, modes: termios, sequence: [UInt8]) {
        disarm()
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, sequence.count))
        bytes.initialize(from: sequence, count: sequence.count)
        let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: signalCount)
        previous.initialize(repeating: sigaction(), count: signalCount)
        let pointer = UnsafeMutablePointer<State>.allocate(capacity: 1)
        pointer.initialize(
            to: State(output: output, modes: modes, bytes: bytes, count: sequence.count, previous: previous))
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { CrashRestorer.handle($0) }
        action.sa_flags = Int32(SA_ONSTACK)
        for index in 0..<signalCount { sigaction(number(index), &action, previous + index) }
        state.store(UInt(bitPattern: pointer), ordering: .sequentiallyConsistent)
    }

    /// A crash is left alone again.
    static func disarm() {
        guard let pointer = take() else { return }
        for index in 0..<signalCount { sigaction(number(index), pointer.pointee.previous + index, nil) }
        pointer.pointee.bytes.deallocate()
        pointer.pointee.previous.deallocate()
        pointer.deallocate()
    }

    private static func handle(_ signal: Int32) {
        guard let pointer = take() else {
            // A second thread crashed while the first one restores; the first decides.
            pause()
            return
        }
        _ = write(pointer.pointee.output, pointer.pointee.bytes, pointer.pointee.count)
        tcsetattr(pointer.pointee.output, TCSANOW, &pointer.pointee.modes)
        for index in 0..<signalCount where number(index) == signal {
            sigaction(signal, pointer.pointee.previous + index, nil)
        }
        // Blocked until this handler returns, then it takes the way that it had before us.
        raise(signal)
    }

    /// The signals by number; a handler must not touch an array, which may need memory.
    private static func number(_ index: Int) -> Int32 {
        switch index {
        case 0: SIGSEGV
        case 1: SIGBUS
        case 2: SIGILL
        case 3: SIGTRAP
        case 4: SIGABRT
        case 5: SIGFPE
        default: SIGQUIT
        }
    }
}

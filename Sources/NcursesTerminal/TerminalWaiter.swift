import Glibc

/// Waits for keys, for other threads and for signals, all in one `poll`.
///
/// `wait` belongs to one thread; `wake()` may be called from any.
package final class TerminalWaiter: Sendable {
    /// What ended the waiting; nothing if the time was up.
    package struct Wakeup: Equatable, Sendable {
        package var hasInput = false
        package var isWoken = false
        /// The terminal may have another size, or the process continues after a stop.
        package var isResized = false
        /// The signal that asks the program to end.
        package var endingSignal: Int32?
        /// The process is asked to stop, by SIGTSTP from outside.
        package var isStopRequested = false
        /// The terminal went away.
        package var isHungUp = false
    }

    private let input: Int32
    private let pipe: SignalPipe

    /// Begins to catch signals; one waiter at a time.
    ///
    /// - Parameters:
    ///   - input: the terminal's file descriptor.
    ///   - catchesSignals: false leaves the process's signal handlers alone.
    package init?(input: Int32 = STDIN_FILENO, catchesSignals: Bool = true) {
        guard let pipe = SignalPipe(catchesSignals: catchesSignals) else { return nil }
        self.input = input
        self.pipe = pipe
    }

    deinit { pipe.close() }

    /// Ends a wait that is under way, or the next one at once; many calls before it count as one.
    package func wake() { pipe.wake() }

    /// Waits for one of the reasons, or for a number of milliseconds; nil waits for ever, 0 only looks.
    package func wait(milliseconds: Int?) -> Wakeup {
        let deadline = milliseconds.map { Self.now() + Int64(max(0, $0)) * 1_000_000 }
        while true {
            var descriptors = [
                pollfd(fd: input, events: Int16(POLLIN), revents: 0),
                pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0),
            ]
            let left = deadline.map { Int32(clamping: max(0, ($0 - Self.now() + 999_999) / 1_000_000)) } ?? -1
            let count = poll(&descriptors, nfds_t(descriptors.count), left)
            if count == 0 { return Wakeup() }
            if count < 0 {
                // A signal's byte lies in the pipe by now.
                if errno == EINTR || errno == EAGAIN { continue }
                return Wakeup(isHungUp: true)
            }
            var wakeup = Wakeup()
            let events = Int32(descriptors[0].revents)
            wakeup.isHungUp = events & (POLLHUP | POLLERR | POLLNVAL) != 0
            wakeup.hasInput = events & POLLIN != 0 && !wakeup.isHungUp
            if wakeup.hasInput, isAtEnd() { wakeup.isHungUp = true }
            if descriptors[1].revents != 0 { pipe.drain(into: &wakeup) }
            if wakeup != Wakeup() { return wakeup }
        }
    }

    /// Readable, yet without a byte: the other side is closed.
    private func isAtEnd() -> Bool {
        var available: Int32 = 0
        return ioctl(input, UInt(FIONREAD), &available) != 0 || available == 0
    }

    /// Nanoseconds of a clock that no one sets.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

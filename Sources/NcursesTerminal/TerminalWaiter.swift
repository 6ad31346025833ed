import Foundation
import Synchronization

/// Waits for keys, for other threads and for signals, all at once, without polling.
///
/// Other threads and signal handlers write a byte into a pipe: 0 wakes, any other is the number of a signal.
package final class TerminalWaiter: Sendable {
    /// What ended the waiting.
    package struct Wakeup: Equatable, Sendable {
        package var hasInput = false
        package var isWoken = false
        package var isResized = false
        /// The signal that asks the program to end.
        package var endingSignal: Int32?
        /// The terminal went away.
        package var isHungUp = false
    }

    private let readEnd: Int32
    private let writeEnd: Int32
    /// The write end for signal handlers, which can hold no reference.
    private static let signalEnd = Atomic<Int32>(-1)

    private static let watched = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT]

    /// Installs the signal handlers; one waiter at a time.
    package init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
        TerminalWaiter.signalEnd.store(ends[1], ordering: .sequentiallyConsistent)
        for number in TerminalWaiter.watched {
            signal(number) { number in
                var byte = UInt8(truncatingIfNeeded: number)
                let saved = errno
                _ = Foundation.write(TerminalWaiter.signalEnd.load(ordering: .relaxed), &byte, 1)
                errno = saved
            }
        }
    }

    deinit {
        TerminalWaiter.signalEnd.store(-1, ordering: .sequentiallyConsistent)
        for number in TerminalWaiter.watched { signal(number, SIG_DFL) }
        close(readEnd)
        close(writeEnd)
    }

    /// Ends the waiting, or the next one; from any thread.
    package func wake() {
        var byte: UInt8 = 0
        _ = Foundation.write(writeEnd, &byte, 1)
    }

    /// Waits for one of the reasons, or for a number of milliseconds; nil waits for ever.
    package func wait(milliseconds: Int?) -> Wakeup {
        var wakeup = Wakeup()
        var descriptors = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&descriptors, nfds_t(descriptors.count), milliseconds.map { Int32(clamping: $0) } ?? -1)
        if count < 0, errno != EINTR { wakeup.isHungUp = true }
        guard count > 0 else { return wakeup }
        let input = descriptors[0].revents
        wakeup.hasInput = input & Int16(POLLIN) != 0
        if input & Int16(POLLERR | POLLNVAL | POLLHUP) != 0 { wakeup.isHungUp = true }
        if wakeup.hasInput, isAtEnd() { wakeup.isHungUp = true }
        if descriptors[1].revents != 0 { drain(into: &wakeup) }
        return wakeup
    }

    /// Readable, yet without a byte: the other side of the terminal is closed.
    private func isAtEnd() -> Bool {
        var available: Int32 = 0
        return ioctl(STDIN_FILENO, UInt(FIONREAD), &available) != 0 || available == 0
    }

    private func drain(into wakeup: inout Wakeup) {
        var bytes = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(readEnd, &bytes, bytes.count)
            guard count > 0 else { return }
            for byte in bytes.prefix(count) {
                switch Int32(byte) {
                case 0: wakeup.isWoken = true
                case SIGWINCH, SIGCONT: wakeup.isResized = true
                case let number: wakeup.endingSignal = number
                }
            }
        }
    }
}

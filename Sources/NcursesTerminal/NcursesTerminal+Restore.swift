import CNcurses
import Glibc

extension NcursesTerminal {
    static let pasteOn = "\u{1B}[?2004h"
    static let pasteOff = "\u{1B}[?2004l"
    static let mouseOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
    static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"

    /// Gives the terminal back as it was; a second call does nothing.
    package func restore() {
        guard !isRestored else { return }
        isRestored = true
        CrashRestorer.disarm()
        leave()
    }

    /// Stops the process as the shell's ^Z does, and takes the screen again when it continues.
    package func suspend() {
        guard !isRestored else { return }
        CrashRestorer.disarm()
        leave()
        Self.stop()
        resume()
    }

    /// Stops the process by the default action of SIGTSTP, unless it has no shell that could continue it.
    private static func stop() {
        let saved = SavedHandlers([SIGTSTP])
        signal(SIGTSTP, SIG_DFL)
        // Threads of a pool block signals; a signal that another thread takes would stop this one too late.
        var wanted = sigset_t()
        var before = sigset_t()
        sigemptyset(&wanted)
        sigaddset(&wanted, SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &wanted, &before)
        raise(SIGTSTP)
        pthread_sigmask(SIG_SETMASK, &before, nil)
        saved.restore()
    }

    private func resume() {
        modes.setRaw()
        send(Self.pasteOn)
        if isMouseOn { send(Self.mouseOn) }
        isCursorVisible = nil
        lastCanvas = nil
        clearok(spandrel_curscr(), true)
        CrashRestorer.arm(output: options.output, modes: modes.saved, sequence: restoringSequence())
    }

    /// Turns mouse reports on or off; they are off at first.
    package func setMouse(_ isOn: Bool) {
        guard !isRestored, isOn != isMouseOn else { return }
        isMouseOn = isOn
        send(isOn ? Self.mouseOn : Self.mouseOff)
    }

    private func leave() {
        set_term(screen)
        if isCursorVisible == false { curs_set(1) }
        endwin()
        send((isMouseOn ? Self.mouseOff : "") + Self.pasteOff, isLast: true)
        modes.restore()
    }

    /// What a signal sends that ends the process: colours and keys as they were, the cursor, the shell's screen.
    func restoringSequence() -> [UInt8] {
        // A frame may be half sent: CAN ends the sequence that is under way.
        var bytes = Array(("\u{18}" + Self.mouseOff + Self.pasteOff).utf8)
        for name in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] {
            guard let value = spandrel_capability(name) else { continue }
            bytes += Self.withoutPadding(String(cString: value))
        }
        return bytes
    }

    /// A capability without its delays, `$<5>`.
    private static func withoutPadding(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "$"), rest[start...].hasPrefix("$<"),
            let end = rest[start...].firstIndex(of: ">")
        {
            bytes += rest[..<start].utf8
            rest = rest[rest.index(after: end)...]
        }
        return bytes + rest.utf8
    }

    /// Sends what curses wrote since the last time, and a text of our own behind it.
    ///
    /// - Parameter isLast: nothing follows for a while.
    func send(_ text: String = "", isLast: Bool = false) {
        write(curses.take(isLast: isLast) + text.utf8)
    }

    /// Writes bytes as they are, all of them unless the terminal is gone.
    private func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            var done = 0
            while done < bytes.count {
                let count = Glibc.write(options.output, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                if count > 0 {
                    done += count
                } else if errno == EAGAIN {
                    var ready = pollfd(fd: options.output, events: Int16(POLLOUT), revents: 0)
                    guard poll(&ready, 1, 1000) > 0 else { return }
                } else if errno != EINTR {
                    if errno == EIO { isHungUp = true }
                    return
                }
            }
        }
    }
}

package import Canvas
package import Foundation

/// A terminal without a screen: what is drawn comes back as bytes, and keys can be typed.
///
/// The size of what a program sends can be counted here, byte for byte.
package final class PseudoTerminal {
    /// The program's side.
    package let slave: Int32
    /// The name of the program's side, `/dev/pts/N`.
    package let path: String
    private let master: Int32
    private var marks = 0
    /// The program that runs; 0 where there is none.
    package private(set) var pid: pid_t = 0
    private var isMasterOpen = true

    package init(size: Size) throws {
        var master: Int32 = -1
        var slave: Int32 = -1
        var name = [CChar](repeating: 0, count: 128)
        var window = winsize(
            ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&master, &slave, &name, nil, &window) == 0 else { throw TestFailure("openpty: \(errno)") }
        self.master = master
        self.slave = slave
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
    }

    deinit {
        if pid > 0 {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        close(slave)
        if isMasterOpen { close(master) }
    }

    /// Runs a program with the pseudo-terminal as its controlling terminal, standard input, output and error.
    package func run(_ arguments: [String], environment: [String: String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that the leader of a session opens becomes its controlling terminal.
        posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        pid = try Spawning.start(arguments, environment: environment, actions: &actions, isLeader: true)
    }

    /// Types.
    package func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// Types bytes.
    package func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EAGAIN || !wait(POLLOUT, milliseconds: 5000) {
                return
            }
        }
    }

    package func resize(to size: Size) {
        var window = winsize(
            ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &window)
    }

    /// How the terminal's driver is set.
    package var modes: [UInt32] {
        var modes = termios()
        tcgetattr(slave, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }

    /// Closes the terminal's side, as a dropped connection does.
    package func hangUp() {
        guard isMasterOpen else { return }
        isMasterOpen = false
        close(master)
    }

    /// All bytes that were written to the slave by this process so far and not collected yet.
    ///
    /// The kernel hands bytes over in its own time, so a mark is sent behind them and waited for.
    package func collect() throws -> [UInt8] {
        marks += 1
        let mark = Array("\u{1}mark \(marks)\u{1}".utf8)
        var rest = mark[...]
        var output: [UInt8] = []
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(slave, $0.baseAddress, $0.count) }
            guard count > 0 else { throw TestFailure("cannot write a mark: \(errno)") }
            rest = rest.dropFirst(count)
        }
        while true {
            guard let bytes = read(milliseconds: 5000) else { throw TestFailure("the mark did not come back") }
            output += bytes
            if output.count >= mark.count, output.suffix(mark.count).elementsEqual(mark) {
                return Array(output.dropLast(mark.count))
            }
        }
    }

    /// Bytes that the program wrote, from now on until the text is among them.
    package func wait(for text: String, seconds: Int = 10) throws -> [UInt8] {
        let wanted = Array(text.utf8)
        var output: [UInt8] = []
        let deadline = Date(timeIntervalSinceNow: Double(seconds))
        while Date() < deadline {
            guard let bytes = read(milliseconds: 200) else { continue }
            output += bytes
            if output.contains(wanted) { return output }
        }
        throw TestFailure("\(text) did not appear in: \(String(decoding: output, as: UTF8.self))")
    }

    /// Bytes that the program wrote, until it writes nothing for a while.
    package func readUntilQuiet(milliseconds: Int32 = 150) -> [UInt8] {
        var output: [UInt8] = []
        while let bytes = read(milliseconds: milliseconds) { output += bytes }
        return output
    }

    /// Bytes that the program wrote, until it writes nothing for a while, and when the last of them came.
    ///
    /// The time is in seconds on a clock that only runs forward; nil where nothing came.
    package func readFrame(quietMilliseconds: Int32) -> (bytes: [UInt8], lastAt: Double?) {
        var output: [UInt8] = []
        var last: Double?
        while let bytes = read(milliseconds: quietMilliseconds) {
            output += bytes
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            last = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        return (output, last)
    }

    /// Waits for the program's end; its status as `waitpid` gives it, nil if it does not end in time.
    package func waitForExit(seconds: Int = 10) -> Int32? {
        let deadline = Date(timeIntervalSinceNow: Double(seconds))
        while Date() < deadline {
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid {
                pid = 0
                return status
            }
            if isMasterOpen { _ = read(milliseconds: 10) } else { poll(nil, 0, 10) }
        }
        return nil
    }

    /// Sends a signal to the program.
    package func signal(_ number: Int32) {
        if pid > 0 { kill(pid, number) }
    }

    private func read(milliseconds: Int32) -> [UInt8]? {
        guard wait(POLLIN, milliseconds: milliseconds) else { return nil }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = Foundation.read(master, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    private func wait(_ events: Int32, milliseconds: Int32) -> Bool {
        var ready = pollfd(fd: master, events: Int16(events), revents: 0)
        return poll(&ready, 1, milliseconds) > 0 && Int32(ready.revents) & events != 0
    }
}

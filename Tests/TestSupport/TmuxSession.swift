package import Canvas
import Foundation

/// A real terminal to run a program in and to look at: tmux, with a server of its own.
package final class TmuxSession {
    private let socket: String
    private var isAlive = true

    /// What stands before the status of the command once it has ended.
    private static let endMark = "ended with status "

    /// Whether tmux can be had on this machine.
    package static var isAvailable: Bool {
        (try? execute(["-V"])) != nil
    }

    /// Starts a command in a terminal of a size.
    ///
    /// - Parameters:
    ///   - command: a line for the shell.
    ///   - terminal: what the command sees as `TERM`.
    ///   - environment: variables for the command, besides `LC_ALL=C.UTF-8`.
    package init(
        _ command: String, size: Size, terminal: String = "tmux-256color", environment: [String: String] = [:]
    ) throws {
        socket = "spandrel-test-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString.prefix(8))"
        var arguments = ["-L", socket, "-f", "/dev/null", "-u"]
        arguments += ["set-option", "-g", "default-terminal", terminal, ";"]
        arguments += ["set-option", "-g", "status", "off", ";", "set-option", "-g", "remain-on-exit", "on", ";"]
        arguments += ["set-option", "-s", "escape-time", "0", ";", "set-option", "-s", "set-clipboard", "on", ";"]
        arguments += ["new-session", "-d", "-x", "\(size.columns)", "-y", "\(size.rows)"]
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) { arguments += ["-e", "\(name)=\(value)"] }
        // Options need a server, and a server without a session ends at once; so one command line does it all.
        try Self.execute(
            Array(arguments[..<5]) + ["start-server", ";"] + Array(arguments[5...])
                + ["\(command); printf '\\n\(Self.endMark)%d\\n' $?"])
    }

    deinit { kill() }

    /// Ends the session and all that runs in it.
    package func kill() {
        guard isAlive else { return }
        isAlive = false
        _ = try? Self.execute(["-L", socket, "kill-server"])
    }

    /// Presses keys, by tmux's names: `Enter`, `C-d`, `S-Left`, `F2`, or characters.
    package func send(_ keys: String...) throws {
        try tmux(["send-keys", "-t", ":", "--"] + keys)
    }

    /// Types a text as it is.
    package func type(_ text: String) throws {
        try tmux(["send-keys", "-t", ":", "-l", "--", text])
    }

    package func resize(to size: Size) throws {
        try tmux(["resize-window", "-t", ":", "-x", "\(size.columns)", "-y", "\(size.rows)"])
    }

    /// What the screen shows; with the escape sequences of its colours and attributes, and with
    /// trailing blanks, if asked.
    package func capture(withAttributes: Bool = false) throws -> String {
        try tmux(["capture-pane", "-t", ":", "-p"] + (withAttributes ? ["-e", "-N"] : []))
    }

    /// Waits until the screen fulfils a condition, and returns it.
    @discardableResult
    package func wait(seconds: Int = 15, _ what: String, until condition: (String) -> Bool) throws -> String {
        let deadline = Date(timeIntervalSinceNow: Double(seconds))
        var screen = ""
        repeat {
            screen = try capture()
            if condition(screen) { return screen }
            poll(nil, 0, 15)
        } while Date() < deadline
        throw TestFailure("waited \(seconds) s for \(what); the screen shows:\n\(screen)")
    }

    /// Waits until the screen shows a text.
    @discardableResult
    package func wait(for text: String, seconds: Int = 15) throws -> String {
        try wait(seconds: seconds, "\"\(text)\"") { $0.contains(text) }
    }

    /// Waits until the command has ended; its exit status, nil if a signal ended it.
    package func waitForExit(seconds: Int = 15) throws -> Int32? {
        // tmux loses the status of some commands, so the shell around the command writes it.
        let screen = try wait(seconds: seconds, "the end of the command") { $0.contains(Self.endMark) }
        let status = screen.components(separatedBy: Self.endMark).last?.prefix { $0.isNumber }
        return status.flatMap { Int32($0) }.flatMap { $0 > 128 ? nil : $0 }
    }

    /// Waits until the program has put a text into the clipboard of the terminal (OSC 52), and takes it out.
    ///
    /// A program that believes it runs in tmux may write to the terminal around it instead: hide `TMUX` from it.
    package func waitForClipboard(seconds: Int = 15) throws -> String {
        let deadline = Date(timeIntervalSinceNow: Double(seconds))
        repeat {
            if let text = try? tmux(["show-buffer"]) {
                try tmux(["delete-buffer"])
                return text
            }
            poll(nil, 0, 15)
        } while Date() < deadline
        throw TestFailure("waited \(seconds) s for the clipboard; the screen shows:\n\(try capture())")
    }

    /// A value in tmux's format language, such as `#{pane_tty}` or `#{alternate_on}`.
    package func query(_ format: String) throws -> String {
        try tmux(["display-message", "-t", ":", "-p", format]).trimmingCharacters(in: .newlines)
    }

    /// The file name of the terminal that the command has.
    package func terminalPath() throws -> String {
        try query("#{pane_tty}")
    }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        try Self.execute(["-L", socket] + arguments)
    }

    @discardableResult
    private static func execute(_ arguments: [String]) throws -> String {
        var environment = ProcessInfo.processInfo.environment
        environment["LC_ALL"] = "C.UTF-8"
        environment["TMUX"] = nil
        environment["NO_COLOR"] = nil
        let result = try Command.run(["tmux"] + arguments, environment: environment)
        guard result.status == 0 else {
            throw TestFailure("tmux \(arguments.joined(separator: " ")): \(result.errors)")
        }
        return result.output
    }
}

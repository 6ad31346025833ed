import Canvas
import Foundation
import TestSupport
import Testing

/// The program under a real terminal.
@Suite(.serialized, .blocking) struct ExplorerTerminalTests {
    /// The program with a database of the demo's incidents.
    private struct Demo {
        let program: Program
        let database: String

        init() throws {
            program = try Program()
            database = program.home.path + "/demo.db"
            let outcome = try program.run(["demo", "--db", database, "--at", "1795399900000000000"])
            #expect(outcome.code == 0)
        }

        func tmux(columns: Int = 80, rows: Int = 24) throws -> TmuxSession {
            try TmuxSession(
                "\(Program.path) \(database)", size: Size(columns: columns, rows: rows),
                environment: program.environment)
        }

        func terminal(_ arguments: [String] = []) throws -> PseudoTerminal {
            let terminal = try PseudoTerminal(size: Size(columns: 80, rows: 24))
            var environment = program.environment
            environment["TERM"] = "xterm-256color"
            // Swift would look into a crash, and talk to the terminal about it.
            environment["SWIFT_BACKTRACE"] = "enable=no"
            try terminal.run([Program.path, database] + arguments, environment: environment)
            return terminal
        }
    }

    @Test func browsesFiltersAndQuits() throws {
        let demo = try Demo()
        let terminal = try demo.tmux()
        _ = try terminal.wait(for: "? help")
        try terminal.send("Enter")
        _ = try terminal.wait(for: "total")
        try terminal.send("Enter")
        _ = try terminal.wait(for: "Attributes")
        try terminal.send("Tab")
        _ = try terminal.wait(for: "gen_ai.")
        try terminal.send("q", "q")
        _ = try terminal.wait(for: "start↓")
        try terminal.send("\\")
        try terminal.type("root:answer_ticket spans>100")
        try terminal.send("Enter")
        let filtered = try terminal.wait("one trace is left") { $0.contains(" 1 of ") && $0.contains(" 340 ") }
        #expect(filtered.contains("answer_ticket"))
        #expect(filtered.contains("340"))
        try terminal.send("Q")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func resizesDownToTheSmallestAndBack() throws {
        let demo = try Demo()
        let terminal = try demo.tmux()
        _ = try terminal.wait(for: "? help")
        try terminal.resize(to: Size(columns: 20, rows: 5))
        _ = try terminal.wait("the small list") { screen in
            screen.contains("1/") && screen.split(separator: "\n").allSatisfy { $0.count <= 20 }
        }
        try terminal.send("j")
        _ = try terminal.wait(for: "2/")
        try terminal.resize(to: Size(columns: 100, rows: 30))
        _ = try terminal.wait(for: "? help")
        try terminal.send("Q")
        #expect(try terminal.waitForExit() == 0)
    }

    /// Every signal whose default is the end of a program, but for those that none can catch.
    @Test func signalsRestoreTheTerminalAndEndTheProgram() throws {
        let demo = try Demo()
        let signals =
            [
                SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF,
                SIGIO,
                SIGPWR, SIGSYS, SIGSTKFLT, SIGABRT,
            ] + [34, 64]
        for signal in signals {
            let terminal = try demo.terminal()
            let before = terminal.modes
            _ = try terminal.wait(for: "help")
            #expect(terminal.modes != before, "\(signal)")
            // A broken pipe is an answer to a write, and ends nothing.
            terminal.signal(SIGPIPE)
            terminal.signal(signal)
            // The alternate screen is left and the cursor is shown again.
            let bytes = try? terminal.wait(for: "\u{1b}[?1049l")
            let rest = String(decoding: bytes ?? [], as: UTF8.self)
            for part in ["\u{1b}[?25h", "\u{1b}[?2004l"] { #expect(rest.contains(part), "\(signal)") }
            let status = try #require(terminal.waitForExit(), "\(signal)")
            #expect(status & 0x7F == signal, "\(signal): \(status)")
            #expect(terminal.modes == before, "\(signal)")
        }
    }

    @Test func aDroppedTerminalLeavesNoProcess() throws {
        let demo = try Demo()
        let terminal = try demo.terminal()
        _ = try terminal.wait(for: "help")
        terminal.hangUp()
        #expect(terminal.waitForExit() != nil)
    }

    @Test func hostileTextIsShownAndNeverSent() throws {
        let demo = try Demo()
        let terminal = try demo.terminal(["--filter", "root:*web-reader*"])
        var bytes = try terminal.wait(for: "help")
        terminal.send("\r")
        bytes += try terminal.wait(for: "total")
        terminal.send("j\r")
        bytes += try terminal.wait(for: "Attributes")
        terminal.send("6Q")
        bytes += try terminal.wait(for: "\u{1b}[?1049l")
        let sent = String(decoding: bytes, as: UTF8.self)
        #expect(!sent.contains("\u{1b}]0;"))
        #expect(!sent.contains("\u{1b}]52"))
        #expect(!sent.contains("\u{202e}"))
        #expect(!sent.contains("\u{7}"))
        #expect(terminal.waitForExit() == 0)
    }
}

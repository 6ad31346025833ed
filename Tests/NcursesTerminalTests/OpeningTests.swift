import Canvas
import Foundation
import TestSupport
import Testing

@testable import NcursesTerminal

extension TerminalTests {
    @Suite struct OpeningTests {
        private let pseudo: PseudoTerminal

        init() throws {
            pseudo = try PseudoTerminal(size: Size(columns: 80, rows: 24))
        }

        private func options(_ type: String = "xterm-256color", usesColor: Bool = true) -> TerminalOptions {
            var options = TerminalOptions(type: type, usesColor: usesColor)
            options.input = pseudo.slave
            options.output = pseudo.slave
            return options
        }

        private var modes: [UInt32] {
            var modes = termios()
            tcgetattr(pseudo.slave, &modes)
            return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
        }

        @Test func aFileIsNoTerminal() throws {
            let null = open("/dev/null", O_RDWR)
            defer { close(null) }
            var options = options()
            options.output = null
            #expect(throws: TerminalError.notATerminal(fileDescriptor: null)) { try NcursesTerminal(options) }
        }

        @Test(arguments: [
            ("no-such-terminal", TerminalError.unknownTerminal(name: "no-such-terminal")),
            ("", .unknownTerminal(name: "")), ("dumb", .incapable(name: "dumb")),
        ])
        func terminalsThatCannotServe(type: String, error: TerminalError) {
            let before = modes
            #expect(throws: error) { try NcursesTerminal(options(type)) }
            #expect(modes == before)
        }

        @Test(arguments: [("xterm-256color", 256), ("xterm", 8), ("vt100", 0), ("tmux-256color", 256), ("linux", 8)])
        func colorsAreThoseOfTheTerminal(type: String, count: Int) throws {
            let terminal = try NcursesTerminal(options(type))
            #expect(terminal.colorCount == count)
        }

        @Test(arguments: ["xterm-256color", "vt100"]) func colorsAreOffOnRequest(type: String) throws {
            #expect(try NcursesTerminal(options(type, usesColor: false)).colorCount == 0)
        }

        @Test func theSizeIsTheTerminals() throws {
            let terminal = try NcursesTerminal(options())
            #expect(terminal.size == Size(columns: 80, rows: 24))
            pseudo.resize(to: Size(columns: 100, rows: 30))
            #expect(terminal.resize() == Size(columns: 100, rows: 30))
        }

        @Test func restoringLeavesTheTerminalAsItWas() throws {
            let before = modes
            let terminal = try NcursesTerminal(options())
            #expect(modes != before)
            terminal.setMouse(true)
            var canvas = Canvas(size: terminal.size)
            canvas.write("hello", column: 0, row: 0)
            terminal.draw(canvas)
            let shown = String(decoding: try pseudo.collect(), as: UTF8.self)
            #expect(shown.contains("\u{1B}[?1049h") && shown.contains("\u{1B}[?25l") && shown.contains("\u{1B}[?2004h"))
            #expect(shown.contains("\u{1B}[?1006h") && shown.contains("hello"))
            terminal.restore()
            #expect(modes == before)
            let restored = String(decoding: try pseudo.collect(), as: UTF8.self)
            for sequence in ["\u{1B}[?1049l", "\u{1B}[?25h", "\u{1B}[?2004l", "\u{1B}[?1006l", "\u{1B}[?1000l"] {
                #expect(restored.contains(sequence))
            }
            terminal.restore()
            terminal.draw(canvas)
            terminal.suspend()
            #expect(try pseudo.collect().isEmpty)
        }

        @Test func whoForgetsToRestoreIsHelped() throws {
            let before = modes
            do { _ = try NcursesTerminal(options()) }
            #expect(modes == before)
            #expect(String(decoding: try pseudo.collect(), as: UTF8.self).contains("\u{1B}[?1049l"))
        }

        @Test func aCrashWouldRestoreAllThatMatters() throws {
            let terminal = try NcursesTerminal(options())
            let sequence = String(decoding: terminal.restoringSequence(), as: UTF8.self)
            for part in ["\u{1B}[?1049l", "\u{1B}[?1006l", "\u{1B}[?2004l", "\u{1B}[?1l"] {
                #expect(sequence.contains(part))
            }
            #expect(!sequence.contains("$<"))
        }

        @Test(arguments: [
            ("plain\ttext\nis é", "plain\ttext\nis é", 0), ("a\u{1B}[31mb\r\n", "a⟨U+001B⟩[31mb\n", 1),
            ("x\u{3}\r", "x⟨U+0003⟩⟨U+000D⟩", 2),
            ("curl\u{200B} \u{202E}\u{E0041}", "curl⟨U+200B⟩ ⟨U+202E⟩⟨U+E0041⟩", 3),
        ])
        func theClipboardGetsNoControls(text: String, copied: String, escaped: Int) throws {
            let terminal = try NcursesTerminal(options())
            _ = try pseudo.collect()
            #expect(
                terminal.copy(text) == .sent(bytes: copied.utf8.count, escaped: escaped, throughTmux: false))
            let sent = String(decoding: try pseudo.collect(), as: UTF8.self)
            #expect(sent == NcursesTerminal.clipboardSequence(copied, multiplexer: nil))
        }

        @Test func everySignalThatEndsTheProcessIsCaughtAndLetGo() throws {
            func handlers() -> [Int] {
                (1...64).map { signal in
                    var action = sigaction()
                    sigaction(Int32(signal), nil, &action)
                    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
                }
            }
            let before = handlers()
            let terminal = try NcursesTerminal(options())
            let during = handlers()
            for signal in [SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO, 40]
            {
                if before[Int(signal) - 1] == 0 { #expect(during[Int(signal) - 1] != 0, "\(signal)") }
            }
            for signal in [SIGKILL, SIGSTOP, SIGTSTP, SIGCONT, SIGCHLD, SIGWINCH, SIGURG, SIGTTOU] {
                #expect(during[Int(signal) - 1] == before[Int(signal) - 1], "\(signal)")
            }
            terminal.restore()
            #expect(handlers() == before)
        }

        @Test func keysAreRead() throws {
            let terminal = try NcursesTerminal(options())
            #expect(terminal.readKeys() == [])
            pseudo.send("j\u{1B}OA\u{1B}[6~\u{3}\u{1A}日\u{1B}")
            var ready = pollfd(fd: pseudo.slave, events: Int16(POLLIN), revents: 0)
            poll(&ready, 1, 5000)
            #expect(
                terminal.readKeys() == [
                    .character("j"), .up, .pageDown, .control("c"), .control("z"), .character("日"), .escape,
                ])
        }

        @Test func theEndOfTheTerminalIsNoticed() throws {
            let terminal = try NcursesTerminal(options())
            pseudo.hangUp()
            #expect(terminal.readKeys() == nil)
            #expect(terminal.isHungUp)
            terminal.draw(Canvas(size: Size(columns: 80, rows: 24)))
            terminal.restore()
        }
    }
}

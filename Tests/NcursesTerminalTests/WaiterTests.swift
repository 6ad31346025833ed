import Canvas
import Foundation
import TestSupport
import Testing

@testable import NcursesTerminal

extension TerminalTests {
    @Suite struct WaiterTests {
        private let terminal: PseudoTerminal

        init() throws {
            terminal = try PseudoTerminal(size: Size(columns: 80, rows: 24))
            // Without it a pseudo-terminal hands over whole lines only.
            var modes = termios()
            tcgetattr(terminal.slave, &modes)
            cfmakeraw(&modes)
            tcsetattr(terminal.slave, TCSANOW, &modes)
        }

        private func waiter(catchesSignals: Bool = false) throws -> TerminalWaiter {
            try #require(TerminalWaiter(input: terminal.slave, catchesSignals: catchesSignals))
        }

        @Test func theTimeIsUp() throws {
            #expect(try waiter().wait(milliseconds: 0) == TerminalWaiter.Wakeup())
            #expect(try waiter().wait(milliseconds: 5) == TerminalWaiter.Wakeup())
        }

        @Test func keysEndIt() throws {
            terminal.send("x")
            #expect(try waiter().wait(milliseconds: 30_000) == TerminalWaiter.Wakeup(hasInput: true))
        }

        @Test func anotherThreadEndsIt() throws {
            let waiter = try waiter()
            Thread { waiter.wake() }.start()
            #expect(waiter.wait(milliseconds: 30_000) == TerminalWaiter.Wakeup(isWoken: true))
            for _ in 0..<10_000 { waiter.wake() }
            #expect(waiter.wait(milliseconds: 30_000) == TerminalWaiter.Wakeup(isWoken: true))
            #expect(waiter.wait(milliseconds: 0) == TerminalWaiter.Wakeup())
        }

        @Test func theEndOfTheTerminalEndsIt() throws {
            terminal.hangUp()
            #expect(try waiter().wait(milliseconds: 30_000).isHungUp)
            #expect(try waiter().wait(milliseconds: nil).isHungUp)
        }

        @Test(arguments: [
            (SIGWINCH, TerminalWaiter.Wakeup(isResized: true)), (SIGTERM, .init(endingSignal: SIGTERM)),
            (SIGINT, .init(endingSignal: SIGINT)), (SIGHUP, .init(endingSignal: SIGHUP)),
            (SIGCONT, .init(isResized: true)), (SIGTSTP, .init(isStopRequested: true)),
        ])
        func signalsEndIt(signal: Int32, wakeup: TerminalWaiter.Wakeup) throws {
            let waiter = try waiter(catchesSignals: true)
            // Not `raise`: the threads that run tests block signals.
            kill(getpid(), signal)
            #expect(waiter.wait(milliseconds: 30_000) == wakeup)
            #expect(waiter.wait(milliseconds: 0) == TerminalWaiter.Wakeup())
        }

        @Test func handlersAreAsBefore() throws {
            var before = sigaction()
            sigaction(SIGWINCH, nil, &before)
            do { _ = try waiter(catchesSignals: true) }
            var after = sigaction()
            sigaction(SIGWINCH, nil, &after)
            #expect(
                unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self)
                    == unsafeBitCast(after.__sigaction_handler.sa_handler, to: Int.self))
        }
    }
}

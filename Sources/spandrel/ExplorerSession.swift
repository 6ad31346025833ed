import Canvas
import Explorer
import Foundation
import NcursesTerminal
import TraceQuery

/// The explorer on a terminal.
enum ExplorerSession {
    /// Runs until the user quits; the terminal is restored on every way out.
    static func run(backend: any TraceBackend, options: ExplorerOptions) async throws(Failure) {
        let setup = ExplorerSetup(options)
        guard let waiter = TerminalWaiter() else { throw .other(.inputOutput, "no pipe can be made") }
        let terminal: NcursesTerminal
        do throws(TerminalError) {
            terminal = try NcursesTerminal(usesColor: setup.usesColor)
        } catch {
            throw .other(.usage, error.description)
        }
        let state = setup.state(size: terminal.size, colorCount: terminal.colorCount, databaseName: backend.displayName)
        let loop = ExplorerLoop(
            backend: backend, database: options.database, terminal: terminal, waiter: waiter, state: state)
        let ending = loop.run(start: setup.start)
        terminal.restore()
        if case .signal(let number) = ending {
            // Ends as the signal would have ended it, so that a shell sees the truth.
            signal(number, SIG_DFL)
            // Threads of the pool block signals.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, number)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            raise(number)
        }
    }
}

import Canvas
import Explorer
import Foundation
import NcursesTerminal
import TraceQuery

/// The explorer on a terminal.
enum ExplorerSession {
    /// Runs until the user quits; the terminal is restored on every way out.
    static func run(backend: any TraceBackend, options: ExplorerOptions) async throws(Failure) {
        let ending = await OwnThread.run("spandrel-loop") { loop(backend: backend, options: options) }
        if case .signal(let number) = try ending.get() {
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

    /// Opens the terminal and runs the loop on it, all on the calling thread.
    private static func loop(
        backend: any TraceBackend, options: ExplorerOptions
    ) -> Result<ExplorerLoop.Ending, Failure> {
        let setup = ExplorerSetup(options)
        guard let waiter = TerminalWaiter() else { return .failure(.other(.inputOutput, "no pipe can be made")) }
        let terminal: NcursesTerminal
        do throws(TerminalError) {
            terminal = try NcursesTerminal(usesColor: setup.usesColor)
        } catch {
            return .failure(.other(.usage, error.description))
        }
        var state = setup.state(size: terminal.size, colorCount: terminal.colorCount, databaseName: backend.displayName)
        state.capabilities = backend.capabilities
        let loop = ExplorerLoop(backend: backend, terminal: terminal, waiter: waiter, state: state)
        let ending = loop.run(start: setup.start)
        terminal.restore()
        return .success(ending)
    }
}

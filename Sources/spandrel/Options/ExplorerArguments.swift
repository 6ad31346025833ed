import ArgumentParser
import Foundation
import Headless
import TraceQuery

/// How the explorer is opened, or what is listed instead where there is no terminal.
struct ExplorerArguments: ParsableArguments {
    @OptionGroup var filter: FilterOptions
    @Option(help: ArgumentHelp("Open this trace, named by its id or the beginning of it.", valueName: "id"))
    var trace: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Run this command of the ':' prompt first; may be given several times.", valueName: "command"))
    var command: [String] = []
    @Option(help: ArgumentHelp("Use this theme.", valueName: "name"))
    var theme: String?
    @Flag(help: "Draw with ASCII only.")
    var ascii = false
    @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal, whatever the configuration says.")
    var noMouse = false
    @Flag(name: .customLong("read-only"), help: "Write nothing: no tags, no history, no configuration.")
    var readOnly = false

    /// Opens the explorer on a database; without a terminal, lists what it would show.
    func open(_ database: BackendAddress) async throws {
        let expression: FilterExpression?
        do { expression = try filter.expression } catch { throw Failure(error) }
        let backend = try database.open()
        guard Console.isTerminal(STDOUT_FILENO), Console.isTerminal(STDIN_FILENO) else {
            try await list(backend, expression)
            return
        }
        try await ExplorerSession.run(
            backend: backend,
            options: ExplorerOptions(
                filter: filter.filter, trace: trace, commands: command, theme: theme, ascii: ascii,
                mouse: noMouse ? false : nil, readOnly: readOnly))
    }

    /// What a screen would show, written as rows.
    private func list(_ backend: any TraceBackend, _ expression: FilterExpression?) async throws {
        let reader = OutputOptions.reader(backend)
        do {
            if let trace {
                _ = try await reader.trace(TraceRowsRequest(.prefix(trace)))
            } else {
                _ = try await reader.traces(TraceListRequest(filter: expression))
            }
        } catch {
            throw Failure(error)
        }
    }
}

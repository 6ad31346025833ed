import ArgumentParser
import Foundation
import Headless
import TraceQuery

/// The default command: the explorer, or the headless list where standard output is no terminal.
struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open the explorer on a database; this is what no subcommand means.")

    @Argument(
        help: ArgumentHelp(
            "The database file (default: $SPANDREL_DB, else spandrel/traces.db in the XDG data folder).",
            valueName: "database"),
        completion: .file())
    var path: String?
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

    private var database: String { path ?? DatabasePath.standard() }

    func run() async throws {
        try refuseMistypedCommand()
        let expression: FilterExpression?
        do { expression = try filter.expression } catch { throw Failure(error) }
        let backend = try OpenBackend.at(database)
        guard Console.isTerminal(STDOUT_FILENO), Console.isTerminal(STDIN_FILENO) else {
            try await list(backend, expression)
            return
        }
        let options = ExplorerOptions(
            database: database, filter: filter.filter, trace: trace, commands: command, theme: theme, ascii: ascii,
            mouse: noMouse ? false : nil, readOnly: readOnly)
        try await ExplorerSession.run(backend: backend, options: options)
    }

    /// What a screen would show, written as rows.
    private func list(_ backend: any TraceBackend, _ expression: FilterExpression?) async throws {
        let presentation = OutputOptions.standardPresentation(format: nil)
        let reader = HeadlessReader(
            backend: backend, presentation: presentation, output: ByteOutput(descriptor: STDOUT_FILENO))
        do {
            if let trace {
                _ = try await reader.trace(.prefix(trace))
            } else {
                _ = try await reader.traces(TraceListRequest(filter: expression))
            }
        } catch {
            throw Failure(error)
        }
    }

    /// A mistyped subcommand arrives as the name of a database; say so instead of missing the file.
    private func refuseMistypedCommand() throws {
        guard let path, !path.contains("/"), !path.contains("."), !FileManager.default.fileExists(atPath: path) else {
            return
        }
        let names = Spandrel.configuration.subcommands.compactMap { $0.configuration.commandName }
        let close = names.filter { EditDistance.between(path, $0) <= 2 }
        let hint = close.isEmpty ? "see: spandrel help" : "did you mean \(close.joined(separator: " or "))?"
        throw Failure.other(.usage, "\(path): no such command and no such database (\(hint))")
    }
}

import ArgumentParser
import Foundation

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
    @OptionGroup var explorer: ExplorerArguments

    func run() async throws {
        try refuseMistypedCommand()
        try await explorer.open(path ?? DatabasePath.standard())
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

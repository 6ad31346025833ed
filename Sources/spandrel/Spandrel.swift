import ArgumentParser
import Foundation

/// The program: its subcommands, and the one place where an error becomes an exit code.
@main
struct Spandrel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spandrel",
        abstract: "Explore the traces of LLM agents in a terminal.",
        discussion: """
            Without a subcommand the explorer opens on the database; where standard output is no terminal, the list \
            of traces is written instead.
            """,
        version: Version.text,
        subcommands: [
            OpenCommand.self, ImportCommand.self, AnalyzeCommand.self, RecordCommand.self, TracesCommand.self,
            TraceCommand.self, SpanCommand.self, AgentsCommand.self, StepsCommand.self, JointsCommand.self,
            LedgerCommand.self, FindingsCommand.self, RulesCommand.self, ModelsCommand.self, AttributesCommand.self,
            StreamCommand.self, PlayCommand.self, SearchCommand.self, FacetsCommand.self, SQLCommand.self,
            RejectsCommand.self, DoctorCommand.self, ExportCommand.self, AuditCommand.self, PurgeCommand.self,
            SchemaCommand.self,
            StatsCommand.self, DemoCommand.self,
            CompletionsCommand.self,
            ManualCommand.self, DocsCommand.self,
        ],
        defaultSubcommand: OpenCommand.self)

    static func main() async {
        // A closed pipe then arrives as an error of the write, which ends the program quietly.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Exit.end(with: error)
        }
    }
}

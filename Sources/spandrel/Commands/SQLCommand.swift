import ArgumentParser
import Headless

struct SQLCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql", abstract: "Run a read-only SQL statement; 'spandrel schema' tells the tables.")

    @Argument(help: "One statement.")
    var query: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many rows.", valueName: "count"))
    var limit = 100_000

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        if try await reader.sql(query, limit: limit) { Console.complain("more rows: --limit cut them at \(limit)") }
    }
}

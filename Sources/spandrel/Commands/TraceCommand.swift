import ArgumentParser
import Headless
import TraceQuery

struct TraceCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Write the spans of a trace in tree order.")

    @Argument(help: ArgumentHelp("The id of the trace, or the beginning of it.", valueName: "trace"))
    var id: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many rows.", valueName: "count"))
    var limit: Int?

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        if try await reader.trace(.prefix(id), limit: limit) { Console.complain("more rows: the limit cut the trace") }
    }
}

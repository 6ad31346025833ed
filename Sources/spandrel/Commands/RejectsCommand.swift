import ArgumentParser
import Headless

struct RejectsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects", abstract: "List the input that imports could not decode.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many rows.", valueName: "count"))
    var limit = 100_000

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.rejects(limit: limit)
    }
}

import ArgumentParser
import Headless

struct AttributesCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "attributes", abstract: "Count the distinct values of each attribute, the most first.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many attributes.", valueName: "count"))
    var limit = 1000

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.attributes(limit: limit)
    }
}

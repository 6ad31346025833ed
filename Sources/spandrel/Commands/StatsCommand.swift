import ArgumentParser
import Headless

struct StatsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Count traces, spans, errors, tokens and oddities.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var filter: FilterOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.statistics(try filter.expression)
    }
}

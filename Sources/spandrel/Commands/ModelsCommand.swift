import ArgumentParser
import Headless

struct ModelsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List which models answered to which names, since when, and where that changed.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var filter: FilterOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.models(try filter.expression)
    }
}

import ArgumentParser
import Headless
import TraceQuery

struct SearchCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find spans by a text in names, prompts, outputs, tool arguments and tool results.")

    @Argument(help: "The text, in any script; case does not matter.")
    var text: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var page: PageOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        let request = SearchRequest(text: text, filter: try filter.expression, after: page.cursor)
        page.remark(try await reader.search(request, limit: page.limit))
    }
}

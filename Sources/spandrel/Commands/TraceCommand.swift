import ArgumentParser
import Headless
import TraceModel
import TraceQuery

struct TraceCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Write the spans of a trace in tree order.")

    @Argument(help: ArgumentHelp("The id of the trace, or the beginning of it.", valueName: "trace"))
    var id: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var page: PageOptions
    @Option(
        name: .shortAndLong,
        help: "Order by tree, start, duration, self or tokens; ':asc' or ':desc' turns it.")
    var sort: TraceSortOption?

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        var request = TraceRowsRequest(.prefix(id))
        request.filter = try filter.expression
        request.limit = page.limit
        request.after = page.after
        if let sort {
            request.sort = sort.key
            request.descending = sort.descending
        }
        page.remark(try await reader.trace(request).map { PageCursor(text: $0.hex) })
    }
}

import ArgumentParser
import Headless
import TraceQuery

struct TracesCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(commandName: "traces", abstract: "List traces.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var page: PageOptions
    @Option(
        name: .shortAndLong,
        help: "Order by start, duration, name, spans, errors or tokens; ':asc' or ':desc' turns it.")
    var sort: SortOption?

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        var request = TraceListRequest(filter: try filter.expression, after: page.cursor)
        if let sort {
            request.sort = sort.key
            request.descending = sort.descending
        }
        page.remark(try await reader.traces(request, limit: page.limit))
    }
}

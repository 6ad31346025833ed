import ArgumentParser
import Headless
import TraceQuery

struct FacetsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "facets", abstract: "Count the values of a field, such as model, kind or attr.http.method.")

    @Argument(help: "A field of the filter language.")
    var field: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var filter: FilterOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many values.", valueName: "count"))
    var limit = 1000
    @Flag(help: "Count traces that have a span with the value, not spans.")
    var traces = false

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.facets(
            FacetRequest(field: field, filter: try filter.expression, countsTraces: traces, limit: limit))
    }
}

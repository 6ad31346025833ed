import ArgumentParser
import Foundation
import Headless
import TraceModel
import TraceQuery

/// The database that a command asks, and how it writes what it is told.
struct RowOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func reader() throws(Failure) -> HeadlessReader { OutputOptions.reader(try database.open(), format: output.format) }
}

/// A command that asks the database and writes rows on standard output.
protocol HeadlessCommand: AsyncParsableCommand {
    var rows: RowOptions { get }
    func answer(_ reader: HeadlessReader) async throws(HeadlessError)
}

extension HeadlessCommand {
    mutating func run() async throws {
        let reader = try rows.reader()
        do { try await answer(reader) } catch { throw Failure(error) }
    }
}

struct TracesCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(commandName: "traces", abstract: "List traces.")

    @OptionGroup var rows: RowOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var page: PageOptions
    @Option(
        name: .shortAndLong,
        help: "Order by start, duration, name, spans, errors or tokens; ':asc' or ':desc' turns it.")
    var sort: SortOption<TraceListRequest.SortKey>?

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        var request = TraceListRequest(filter: try filter.expression, after: page.cursor)
        if let sort {
            request.sort = sort.key
            request.descending = sort.descending
        }
        page.remark(try await reader.traces(request, limit: page.limit))
    }
}

struct SearchCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find spans by a text in names, prompts, outputs, tool arguments and tool results.")

    @Argument(help: "The text, in any script; case does not matter.")
    var text: String
    @OptionGroup var rows: RowOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var page: PageOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        let request = SearchRequest(text: text, filter: try filter.expression, after: page.cursor)
        page.remark(try await reader.search(request, limit: page.limit))
    }
}

struct FindingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", abstract: "List what was found in a trace or a selection, with the evidence.",
        discussion: """
            'spandrel rules' tells what each rule proves and what it cannot. With --fail-on the exit code is 3 where \
            something at least so bad was found, for use in tests; findings that --limit cuts count too. --by rule \
            writes one row for each rule instead: in how many traces it found something, and the newest of them.
            """)

    /// What the rows stand for.
    enum Grouping: String, ExpressibleByArgument, CaseIterable {
        case rule
    }

    @Argument(help: ArgumentHelp("The id of a trace, or the beginning of it.", valueName: "trace"))
    var id: String?
    @OptionGroup var rows: RowOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var page: PageOptions
    @Option(help: "Write findings that are at least so bad: hint, warning or error.")
    var severity = SeverityOption(.hint)
    @Option(help: ArgumentHelp("Write one row for each rule.", valueName: "rule"))
    var by: Grouping?
    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp(
            "End with code 3 where a finding is at least so bad: hint, warning or error.", valueName: "severity"))
    var failOn: SeverityOption?

    mutating func run() async throws {
        let reader = try rows.reader()
        let isFound: Bool
        do { isFound = try await answer(reader) } catch { throw Failure(error) }
        if isFound, let failOn {
            throw Failure.other(.found, "there are findings of severity \(failOn.severity.name) or worse")
        }
    }

    /// Writes the findings; true where one is as bad as `--fail-on` says.
    private func answer(_ reader: HeadlessReader) async throws(HeadlessError) -> Bool {
        let request = FindingListRequest(
            trace: id.map(TraceReference.prefix), filter: try filter.expression, minimumSeverity: severity.severity,
            after: page.cursor)
        if by == .rule {
            try await reader.findingRules(request)
        } else {
            page.remark(try await reader.findings(request, limit: page.limit))
        }
        guard let failOn else { return false }
        return try await reader.hasFindings(request, atLeast: failOn.severity)
    }
}

struct FacetsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "facets", abstract: "Count the values of a field, such as model, kind or attr.http.method.")

    @Argument(help: "A field of the filter language.")
    var field: String
    @OptionGroup var rows: RowOptions
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

struct AttributesCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "attributes", abstract: "Count the distinct values of each attribute, the most first.")

    @OptionGroup var rows: RowOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many attributes.", valueName: "count"))
    var limit = 1000

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.attributes(limit: limit)
    }
}

struct ModelsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List which models answered to which names, since when, and where that changed.")

    @OptionGroup var rows: RowOptions
    @OptionGroup var filter: FilterOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.models(try filter.expression)
    }
}

struct RejectsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects", abstract: "List the input that imports could not decode.")

    @OptionGroup var rows: RowOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("Write at most this many rows.", valueName: "count"))
    var limit = 100_000

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.rejects(limit: limit)
    }
}

struct StatsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Count traces, spans, errors, tokens and oddities.")

    @OptionGroup var rows: RowOptions
    @OptionGroup var filter: FilterOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.statistics(try filter.expression)
    }
}

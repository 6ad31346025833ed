import ArgumentParser
import Foundation
import Headless
import TraceModel
import TraceQuery

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
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
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
        let reader = HeadlessReader(
            backend: try OpenBackend.at(database.path), presentation: output.presentation,
            output: ByteOutput(descriptor: STDOUT_FILENO))
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

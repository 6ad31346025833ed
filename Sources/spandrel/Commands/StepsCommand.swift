import ArgumentParser
import Headless
import TraceQuery

struct StepsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "steps", abstract: "Write where the time of the steps of a trace, or of a selection, went.",
        discussion: """
            A step is a model call and all that follows from it until the next one of the same agent. With a trace, \
            each step is a row whose parts sum to its duration; a '–' stands for what nothing measured, a '≤' for an \
            upper bound. Without one, the p50, p95 and p99 of each part over the traces that the filter keeps are \
            written; they do not add up to those of the whole.
            """)

    @Argument(help: ArgumentHelp("The id of a trace, or the beginning of it.", valueName: "trace"))
    var id: String?
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var filter: FilterOptions

    func validate() throws {
        if id != nil, filter.filter != nil {
            throw ValidationError("a trace and --filter exclude each other: a filter chooses traces")
        }
    }

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        if let id {
            try await reader.steps(.prefix(id))
        } else {
            try await reader.phases(try filter.expression)
        }
    }
}

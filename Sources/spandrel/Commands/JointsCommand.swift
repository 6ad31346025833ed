import ArgumentParser
import Headless

struct JointsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "joints", abstract: "Write the way of each tool call of a trace through model, harness and tool.",
        discussion: """
            One row for each call: the model asked, the harness dispatched, the tool ran and returned, the result was \
            delivered into the model's next input, and the model answered; with the time between, and what each hop \
            did to arguments and result.
            """)

    @OptionGroup var trace: TraceArgument
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.joints(trace.reference)
    }
}

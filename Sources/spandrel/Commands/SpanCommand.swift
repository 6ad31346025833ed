import ArgumentParser
import Headless

struct SpanCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "span", abstract: "Write one span with its messages, attributes, events and links.")

    @Argument(help: ArgumentHelp("The ids of the trace and of the span, or their beginnings.", valueName: "trace/span"))
    var reference: String
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    private var ids: [Substring] { reference.split(separator: "/", omittingEmptySubsequences: false) }

    func validate() throws {
        guard ids.count == 2, ids.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("a span is named TRACE/SPAN, such as 7f3a01/c1")
        }
    }

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.span(trace: String(ids[0]), span: String(ids[1]))
    }
}

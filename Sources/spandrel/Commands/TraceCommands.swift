import ArgumentParser
import Headless
import TraceModel
import TraceQuery

/// The trace that a command is about.
struct TraceArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The id of the trace, or the beginning of it.", valueName: "trace"))
    var id: String

    var reference: TraceReference { .prefix(id) }
}

/// The span that a command is about.
struct SpanArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The ids of the trace and of the span, or their beginnings; with '#2' the second record of that id, where "
                + "records contradict each other.", valueName: "trace/span"))
    var reference: String

    private var ids: [String] { reference.split(separator: "/", omittingEmptySubsequences: false).map { String($0) } }

    var trace: String { ids[0] }
    var span: String { ids[ids.count - 1] }

    func validate() throws {
        guard ids.count == 2, !ids.contains("") else {
            throw ValidationError("a span is named TRACE/SPAN, such as 7f3a01/c1")
        }
    }
}

struct TraceCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Write the spans of a trace in tree order.")

    @OptionGroup var trace: TraceArgument
    @OptionGroup var rows: RowOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var page: PageOptions
    @Option(
        name: .shortAndLong,
        help: "Order by tree, start, duration, self or tokens; ':asc' or ':desc' turns it.")
    var sort: SortOption<TraceRowOrder>?

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        var request = TraceRowsRequest(trace.reference)
        request.filter = try filter.expression
        request.limit = page.limit
        request.after = page.after
        if let sort {
            request.sort = sort.key
            request.descending = sort.descending
        }
        page.remark(try await reader.trace(request).map { PageCursor(text: $0.text) })
    }
}

struct SpanCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "span", abstract: "Write one span with its messages, attributes, events and links.")

    @OptionGroup var place: SpanArgument
    @OptionGroup var rows: RowOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.span(trace: place.trace, span: place.span)
    }
}

struct AgentsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents",
        abstract: "Write the agent runs of a trace: who invoked, handed off to and retried whom.",
        discussion: """
            Fresh calls of one agent are instances, numbered in order of start; a further attempt keeps the number of \
            its instance and says why it was made, how sure that is, and what it rests on. A '~' marks an identity that \
            the agent's own span does not declare.
            """)

    @OptionGroup var trace: TraceArgument
    @OptionGroup var rows: RowOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.agents(trace.reference)
    }
}

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
    @OptionGroup var rows: RowOptions
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

struct JointsCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "joints", abstract: "Write each tool call's path from model to tool and back.",
        discussion: """
            One row for each call: the model asked, the harness dispatched, the tool ran and returned, the result was \
            delivered into the model's next input, and the model answered; with the time between, and what each hop \
            did to arguments and result.
            """)

    @OptionGroup var trace: TraceArgument
    @OptionGroup var rows: RowOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.joints(trace.reference)
    }
}

struct LedgerCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Compare what a trace says it contains with what was recorded.")

    @OptionGroup var trace: TraceArgument
    @OptionGroup var rows: RowOptions

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        try await reader.ledger(trace.reference)
    }
}

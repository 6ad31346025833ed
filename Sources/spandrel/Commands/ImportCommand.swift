import ArgumentParser
import FastJSON
import Foundation
import Ingest
import TraceIngest
import TraceModel
import TraceStore

/// The value of `--format`: a format, or `auto`.
struct FormatArgument: ExpressibleByArgument {
    static let auto = "auto"
    /// Nil where the content is to tell.
    var format: InputFormat?

    init() {}

    init?(argument: String) {
        if argument == Self.auto { return }
        guard let format = InputFormat.named(argument) else { return nil }
        self.format = format
    }

    static var allValueStrings: [String] { [auto] + InputFormat.all.map(\.name) }

    var defaultValueDescription: String { format?.name ?? Self.auto }
}

extension StreamOwner {
    /// The span of ids such as `4bf92f3577b34da6a3ce929d0e0e4736/00f067aa0ba902b7`; nil for other text.
    init?(ids: String) {
        let parts = ids.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, let trace = TraceID(hex: parts[0]), let span = SpanID(hex: parts[1]) else { return nil }
        self = .span(trace, span)
    }
}

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Store traces from files, folders or standard input.",
        discussion: """
            Reads OTLP as JSON (a document, an array of documents, or lines) and as Protocol Buffers, also in gzip. \
            Importing a file again adds nothing. A recorded stream joins the span that received its response, now or when \
            that span arrives. What cannot be decoded is reported, counted and listed by \
            'spandrel rejects'; what is odd but readable is stored and marked.
            """)

    @Argument(
        help: ArgumentHelp("Files, folders, patterns, or - for standard input.", valueName: "path"),
        completion: .file())
    var paths: [String]
    @OptionGroup var database: DatabaseOptions
    @Option(
        help: ArgumentHelp(
            "How the input is read: \(FormatArgument.allValueStrings.joined(separator: ", ")).",
            valueName: "format"))
    var format = FormatArgument()
    @Option(
        help: ArgumentHelp(
            "The span that recordings of streams in the input belong to, by the ids of its trace and itself.",
            valueName: "trace/span"))
    var span: String?
    @OptionGroup var redaction: StorageRedactionOptions
    @Flag(help: "Write the summary as one JSON object.")
    var json = false

    func validate() throws {
        if let span, StreamOwner(ids: span) == nil {
            throw ValidationError(
                "--span \(span): a trace id of 32 and a span id of 16 hexadecimal digits with a slash between is wanted"
            )
        }
    }

    func run() async throws {
        let redactor = try redaction.redactor()
        let discovery = InputDiscovery(arguments: paths)
        let interruption = Interruption()
        let watch = SignalWatch { interruption.raise() }
        defer { withExtendedLifetime(watch) {} }
        let bar = ImportProgressBar()
        defer { bar.end() }
        let importer = Importer(
            writer: try database.writer(), redactor: redactor, interruption: interruption, stopwatch: Clocks.seconds)
        let report = try Failure.storing { () throws(StoreError) in
            try importer.run(discovery, format: format.format, owner: span.flatMap { StreamOwner(ids: $0) }) {
                bar.update($0)
            }
        }
        bar.end()
        let words = ImportSummary(report)
        for line in words.complaints { Console.complain(line) }
        try Console.write(json ? words.json : words.text)
        if let status = words.status { throw ExitCode(status) }
    }
}

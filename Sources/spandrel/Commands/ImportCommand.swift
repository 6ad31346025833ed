import ArgumentParser
import FastJSON
import Foundation
import Importer
import TraceIngest
import TraceStore

extension InputFormat: ExpressibleByArgument {}

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Store traces from files, folders or standard input.",
        discussion: """
            Reads OTLP as JSON (a document, an array of documents, or lines) and as Protocol Buffers, also in gzip. \
            Importing a file again adds nothing. What cannot be decoded is reported, counted and listed by \
            'spandrel rejects'; what is odd but readable is stored and marked.
            """)

    @Argument(
        help: ArgumentHelp("Files, folders, patterns, or - for standard input.", valueName: "path"),
        completion: .file())
    var paths: [String]
    @OptionGroup var database: DatabaseOptions
    @Option(help: "How the input is read: auto, otlp-json or otlp-protobuf.")
    var format = InputFormat.auto
    @Flag(help: "Write the summary as one JSON object.")
    var json = false

    func run() async throws {
        let discovery = InputDiscovery(arguments: paths)
        let interruption = Interruption()
        let watch = SignalWatch { interruption.raise() }
        defer { withExtendedLifetime(watch) {} }
        let bar = ImportProgressBar()
        let report: ImportReport
        do {
            if database.database == nil { try DatabasePath.makeFolder(of: database.path) }
            let writer = try TraceWriter(path: database.path, clock: Clocks.unixNanos)
            report = try Importer(writer: writer, interruption: interruption, stopwatch: Clocks.seconds)
                .run(discovery, format: format) { bar.update($0) }
            bar.end()
        } catch let error as StoreError {
            bar.end()
            throw Failure.store(error)
        }
        let words = ImportSummary(report)
        for line in words.complaints { Console.complain(line) }
        try Console.write(json ? words.json : words.text)
        if let status = words.status { throw ExitCode(status) }
    }
}

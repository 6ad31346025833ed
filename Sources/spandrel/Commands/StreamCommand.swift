import ArgumentParser
import Exporter
import Foundation
import Headless
import TraceExport

extension StreamExportFormat: ExpressibleByArgument {}

struct StreamCommand: HeadlessCommand {
    static let configuration = CommandConfiguration(
        commandName: "stream",
        abstract: "Write the figures of a span's stream, its chunks, or a file made of it.",
        discussion: """
            Times are nanoseconds from the request. A chunk is not a token. Files are recordings of a terminal \
            (asciicast v3 and v2), what the provider sent in its own form, and the same with times.
            """)

    @OptionGroup var stream: StreamOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @Flag(help: "Write a row for each chunk.")
    var chunks = false
    @Option(help: "Write a file instead: asciicast, asciicast-v2, sse or timed-ndjson.")
    var to: StreamExportFormat?
    @Option(
        help: ArgumentHelp("The file to write (default: standard output).", valueName: "path"), completion: .file())
    var out: String?
    @Flag(help: "Replace the file if there is one.")
    var force = false

    func validate() throws {
        if to == nil, out != nil || force { throw ValidationError("--out and --force go with --to") }
        if to != nil, chunks { throw ValidationError("--chunks and --to exclude each other") }
    }

    func answer(_ reader: HeadlessReader) async throws(HeadlessError) {
        if chunks || to != nil { stream.remark() }
        if chunks {
            try await reader.chunks(trace: stream.trace, span: stream.span, pace: stream.pace)
        } else {
            try await reader.stream(trace: stream.trace, span: stream.span, pace: stream.pace)
        }
    }

    mutating func run() async throws {
        let reader = HeadlessReader(
            backend: try OpenBackend.at(database.path), presentation: output.presentation,
            output: ByteOutput(descriptor: STDOUT_FILENO))
        let bytes: [UInt8]
        do throws(HeadlessError) {
            guard let to else { return try await answer(reader) }
            stream.remark()
            bytes = try await reader.exported(trace: stream.trace, span: stream.span, pace: stream.pace, as: to)
            if out == nil { try reader.write(bytes) }
        } catch {
            throw Failure(error)
        }
        guard let out else { return }
        do throws(ExportError) {
            let file = try NewFile(path: out, replacing: force)
            try file.write(bytes)
            try file.commit()
        } catch {
            throw Failure(error)
        }
    }
}

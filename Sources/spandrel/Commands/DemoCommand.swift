import ArgumentParser
import DemoIncidents
import Foundation
import TraceStore

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Fill a database with incidents that look real, and open it.",
        discussion: """
            The incidents of the day before now go into spandrel/demo.db in the XDG cache folder, made anew each time; \
            with --db they are added to that database.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var explorer: ExplorerArguments
    @Option(help: ArgumentHelp("The end of the day, nanoseconds since the Unix epoch.", visibility: .hidden))
    var at: Int64?

    func run() async throws {
        let path = database.database ?? DatabasePath.demo()
        if database.database == nil {
            try DatabasePath.makeFolder(of: path)
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let end = at ?? Clocks.unixNanos()
        // Each run adds traces of its own to a database that is kept.
        let seed: UInt64 = database.database == nil ? 1 : UInt64(truncatingIfNeeded: end)
        do {
            let writer = try TraceWriter(path: path, clock: Clocks.unixNanos)
            let data = DemoIncidents.build(endingAt: end, seed: seed)
            let spans = data.spans.map { PreparedSpan($0, redactor: nil) }
            let streams =
                spans.compactMap { PreparedStream(in: $0) } + data.streams.map { PreparedStream($0, redactor: nil) }
            _ = try writer.write(spans: spans, logs: data.logs.map { PreparedLog($0, redactor: nil) }, streams: streams)
            try writer.finish()
        } catch {
            throw Failure.store(error)
        }
        try await explorer.open(path)
    }
}

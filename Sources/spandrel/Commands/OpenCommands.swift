import ArgumentParser
import Basics
import DemoIncidents
import Foundation
import Ingest
import Redaction
import TraceStore

/// The default command: the explorer, or the headless list where standard output is no terminal.
struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open the explorer on a database; this is what no subcommand means.")

    @Argument(
        help: ArgumentHelp(
            "The database: a file, or sqlite:FILE (default: $SPANDREL_DB, else spandrel/traces.db in the XDG data "
                + "folder).", valueName: "database"),
        completion: .file())
    var path: String?
    @Option(
        name: .customLong("db"),
        help: ArgumentHelp("The database too, as for the other commands.", valueName: "database"),
        completion: .file())
    var database: String?
    @OptionGroup var explorer: ExplorerArguments

    func run() async throws {
        try refuseTwoDatabases()
        try refuseMistypedCommand()
        try await explorer.open(BackendAddress(path ?? database ?? DatabasePath.standard()))
    }

    /// A subcommand behind the option arrives as a second database.
    private func refuseTwoDatabases() throws {
        guard let path, let database else { return }
        let isCommand = Spandrel.configuration.subcommands.contains { $0.configuration.commandName == path }
        let hint =
            isCommand
            ? "options stand behind the subcommand: spandrel \(path) --db \(database)"
            : "two databases, and one can be open"
        throw Failure.other(.usage, "--db \(database) \(path): \(hint)")
    }

    /// A mistyped subcommand arrives as the name of a database; say so instead of missing the file.
    private func refuseMistypedCommand() throws {
        guard let path, !path.contains(where: { "/.:".contains($0) }),
            !FileManager.default.fileExists(atPath: path)
        else { return }
        let names = Spandrel.configuration.subcommands.compactMap { $0.configuration.commandName }
        let close = names.filter { EditDistance.between(path, $0) <= 2 }
        let hint = close.isEmpty ? "see: spandrel help" : "did you mean \(close.joined(separator: " or "))?"
        throw Failure.other(.usage, "\(path): no such command and no such database (\(hint))")
    }
}

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

    func validate() throws {
        if let at, OutsideNumber.time(at) == nil { throw ValidationError("--at lies out of range") }
    }

    func run() async throws {
        let path = database.database == nil ? DatabasePath.demo() : try database.file
        if database.database == nil {
            try DatabasePath.makeFolder(of: path)
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let end = at ?? Clocks.unixNanos()
        // Each run adds traces of its own to a database that is kept.
        let seed: UInt64 = database.database == nil ? 1 : UInt64(truncatingIfNeeded: end)
        try DemoDatabase.write(to: path, endingAt: end, seed: seed)
        try await explorer.open(BackendAddress("sqlite:" + path))
    }
}

/// The database of the demo.
enum DemoDatabase {
    /// Writes the incidents of the day before `end`, in nanoseconds since the Unix epoch, into a database.
    ///
    /// Their texts pass the redactor as those of an import do, under a key that everybody has: the same time and seed
    /// give the same database everywhere.
    static func write(to path: String, endingAt end: Int64, seed: UInt64 = 1) throws(Failure) {
        let redactor = Redactor(policy: .standard, key: RedactionKey(bytes: Array("spandrel demo".utf8)))
        let data = DemoIncidents.build(endingAt: end, seed: seed)
        let batch = Preparation(redactor).batch(
            spans: data.spans, logs: data.logs, streams: data.streams, bytes: 0)
        try Failure.storing { () throws(StoreError) in
            let writer = try TraceWriter(path: path, clock: Clocks.unixNanos)
            _ = try writer.write([batch])
            try writer.finish()
        }
    }
}

/// How far two words are apart.
enum EditDistance {
    /// The fewest insertions, deletions and replacements that turn one word into the other (Levenshtein).
    static func between(_ first: String, _ second: String) -> Int {
        let target = Array(second)
        var row = Array(0...target.count)
        for (i, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in target.indices {
                let replaced = diagonal + (letter == target[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
            }
        }
        return row[target.count]
    }
}

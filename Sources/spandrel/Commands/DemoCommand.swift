import ArgumentParser
import Basics
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

    func validate() throws {
        if let at, OutsideNumber.time(at) == nil { throw ValidationError("--at lies out of range") }
    }

    func run() async throws {
        let path = database.database ?? DatabasePath.demo()
        if database.database == nil {
            try DatabasePath.makeFolder(of: path)
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let end = at ?? Clocks.unixNanos()
        // Each run adds traces of its own to a database that is kept.
        let seed: UInt64 = database.database == nil ? 1 : UInt64(truncatingIfNeeded: end)
        do throws(StoreError) {
            try DemoDatabase.write(to: path, endingAt: end, seed: seed)
        } catch {
            throw Failure.store(error)
        }
        try await explorer.open(path)
    }
}

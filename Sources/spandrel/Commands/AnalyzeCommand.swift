import ArgumentParser
import Foundation
import TraceStore

struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Analyse stored traces anew, such as those of an older version.",
        discussion: """
            An import analyses what it stores. This is for files that an older version wrote: agents, steps, joints, the \
            ledger and findings are worked out from the stored spans. Doing it again changes nothing.
            """)

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Analyse all traces, not only those that this version has not seen.")
    var all = false

    func run() async throws {
        guard FileManager.default.fileExists(atPath: database.path) else {
            // A writer would make the file; the reader says what is missing.
            _ = try OpenBackend.at(database.path)
            return
        }
        let line = StatusLine()
        let count: Int
        do throws(StoreError) {
            let writer = try TraceWriter(path: database.path, clock: Clocks.unixNanos)
            try writer.summarizePending()
            count = try writer.reanalyze(onlyOutdated: !all) { done, total in
                line.show("\(done) of \(total) traces")
            }
            try writer.finish()
        } catch {
            line.end()
            throw Failure.store(error)
        }
        line.end()
        try Console.write("analysed \(Counted.text(count, "trace"))\n")
    }
}

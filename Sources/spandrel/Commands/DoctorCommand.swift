import ArgumentParser
import Foundation
import Headless
import Ingest
import Redaction
import SQLiteQuery
import TraceIngest
import TraceQuery
import TraceStore

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is recognised, by which rule, what is left, and what the sources leave out.",
        discussion: """
            Tells for each source, an instrumentation of one version, how its spans were read. With paths it reads these \
            as 'spandrel import' does, into a database of its own that is removed again; without, it tells of the \
            database. No value of an attribute is shown but the words that tell kinds.
            """)

    @Argument(
        help: ArgumentHelp("Files, folders or patterns, or - for standard input.", valueName: "path"),
        completion: .file())
    var paths: [String] = []
    @OptionGroup var rows: RowOptions

    func run() async throws {
        if paths.isEmpty { return try await tell(try rows.database.open()) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-doctor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "traces.db").path
        let words = ImportSummary(try Failure.storing { () throws(StoreError) in try read(into: path) })
        for line in words.complaints { Console.complain(line) }
        Console.complain(words.text.trimmingCharacters(in: .newlines))
        try await tell(try BackendAddress("sqlite:" + path).open())
        if let status = words.status { throw ExitCode(status) }
    }

    private func tell(_ backend: any TraceBackend) async throws(Failure) {
        do {
            try await OutputOptions.reader(backend, format: rows.output.format).coverage()
        } catch {
            throw Failure(error)
        }
    }

    /// Secrets are replaced as an import does it, under a key that nobody needs again.
    private func read(into path: String) throws(StoreError) -> ImportReport {
        let key = RedactionKey(bytes: (0..<32).map { _ in UInt8.random(in: 0...255) })
        let importer = Importer(
            writer: try TraceWriter(path: path, clock: Clocks.unixNanos),
            redactor: Redactor(policy: .standard, key: key), interruption: Interruption(), stopwatch: Clocks.seconds)
        return try importer.run(InputDiscovery(arguments: paths), format: nil, owner: nil) { _ in }
    }
}

import DemoIncidents
import Exporter
import Foundation
import Ingest
import Redaction
import SQLiteQuery
import TraceExport
import TraceIngest
import TraceModel
import TraceQuery
import TraceStore

/// A folder with databases and exports of a test, which goes with the value.
final class ExportFolder {
    let path = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
    /// What the databases of tests were redacted with, and exports are.
    static let redactor = Redactor(policy: .standard, key: RedactionKey(bytes: [1, 2, 3]))

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { path + "/" + name }

    /// The names of all files.
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    /// Stores spans in a new database.
    func store(_ spans: [Span], logs: [SpanLogRecord] = [], streams: [RecordedStream] = [], in name: String) throws {
        let writer = try TraceWriter(path: file(name), clock: { 0 })
        _ = try writer.write([
            Preparation(Self.redactor).batch(spans: spans, logs: logs, streams: streams, bytes: 0)
        ])
        try writer.finish()
    }

    /// Stores the demo's incidents.
    func storeDemo(in name: String) throws {
        let data = DemoIncidents.build(endingAt: 1_795_000_000_000_000_000)
        try store(data.spans, logs: data.logs, streams: data.streams, in: name)
    }

    /// Imports a file into a new database.
    func load(_ exported: String, into name: String) throws -> ImportReport {
        let writer = try TraceWriter(path: file(name), clock: { 0 })
        return try Importer(writer: writer, redactor: Self.redactor, stopwatch: { 0 })
            .run(InputDiscovery(arguments: [file(exported)]))
    }

    func backend(_ name: String) throws -> SQLiteBackend { try SQLiteBackend(path: file(name)) }

    /// Writes a selection of a database as a file; returns its bytes.
    @discardableResult
    func export(
        _ selection: ExportSelection = .traces(nil), of database: String, as format: ExportFormat, to name: String,
        rows: ExportRows = .spans
    ) async throws -> [UInt8] {
        guard let writer = format.writer(rows: rows, makeSafe: { $0 }) else { throw NoWriter(format: format) }
        _ = try await Exporter(backend: backend(database), redactor: Self.redactor).run(
            selection, with: writer, provenance: Self.provenance,
            to: NewFile(path: file(name), replacing: false))
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    static let provenance = ExportProvenance(program: "spandrel test", selection: "--all", policy: "")

    struct NoWriter: Error {
        var format: ExportFormat
    }
}

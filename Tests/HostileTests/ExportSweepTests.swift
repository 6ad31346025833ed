import Exporter
import Foundation
import SQLiteQuery
import Testing
import TraceExport
import TraceQuery

/// Every export format over every hostile trace: each file is written whole.
@Suite struct ExportSweepTests {
    /// Counts what an export writes.
    private final class Sink: ExportOutput {
        private(set) var count = 0
        private(set) var isCommitted = false

        func write(_ bytes: [UInt8]) throws(ExportError) { count += bytes.count }
        func commit() throws(ExportError) { isCommitted = true }
        func abandon() {}
    }

    @Test(
        arguments: [HostileDatabase.imported, HostileDatabase.older],
        ExportFormat.allCases.flatMap { format in
            (format == .csv || format == .ndjson ? ExportRows.allCases : [.spans]).map { (format, $0) }
        })
    func exports(database: Result<HostileDatabase, any Error>, form: (format: ExportFormat, rows: ExportRows))
        async throws
    {
        let database = try database.get()
        let selection =
            HostileDatabase.isLongRun
            ? ExportSelection.traces(nil) : .listed(database.swept.map { TraceReference.prefix($0.id) })
        let exporter = Exporter(backend: database.backend, redactor: nil)
        let provenance = ExportProvenance(program: "test", selection: "--all", policy: "")
        guard let writer = form.format.writer(rows: form.rows, makeSafe: { $0 }) else {
            // A database is written by the store.
            let path = database.folder + "/export-\(UUID().uuidString).db"
            _ = try await exporter.runDatabase(
                selection, provenance: provenance, to: try NewFile(path: path, replacing: false))
            return
        }
        let sink = Sink()
        _ = try await exporter.run(selection, with: writer, provenance: provenance, to: sink)
        #expect(sink.isCommitted)
    }
}

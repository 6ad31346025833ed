import Basics
import Canvas
import Exporter
import Foundation
import Redaction
import TraceExport
import TraceModel
import TraceQuery
import TraceStore

/// An export as the command and the explorer order it.
struct ExportJob: Sendable {
    var selection: ExportSelection
    /// The selection as a person would type it.
    var words: String
    var format: ExportFormat
    var rows: ExportRows
    /// Nil for standard output.
    var path: String?
    var replacesFile: Bool
    /// Nil leaves texts as they are stored.
    var redactor: Redactor?

    var writer: (any TraceExporter)? { format.writer(rows: rows, makeSafe: Console.safe) }

    /// What the export would be.
    func estimate(on backend: any TraceBackend) async throws(ExportError) -> ExportEstimate {
        try await Exporter(backend: backend, redactor: redactor).estimate(selection, with: writer)
    }

    /// The spans that the export would write.
    func estimateCounts(on backend: any TraceBackend) async throws(ExportError) -> Int {
        try await Exporter(backend: backend, redactor: redactor).estimate(selection, with: nil).spans
    }

    /// Writes the file; where texts stay as they are, the audit log says so before a byte is written.
    func run(
        on backend: any TraceBackend, onProgress: (ExportProgress) -> Void
    ) async throws(ExportError) -> ExportReport {
        let exporter = Exporter(backend: backend, redactor: redactor)
        let provenance = ExportProvenance(
            program: "spandrel \(Version.text)", selection: words, policy: exporter.policyName)
        if redactor == nil { try await audit(exporter, in: backend.capabilities.writableFile) }
        guard let writer else {
            guard let path else { throw .needsFile(format: format.rawValue) }
            return try await exporter.runDatabase(
                selection, provenance: provenance, to: NewFile(path: path, replacing: replacesFile),
                onProgress: onProgress)
        }
        let output: any ExportOutput =
            if let path {
                try NewFile(path: path, replacing: replacesFile)
            } else {
                DescriptorOutput(STDOUT_FILENO)
            }
        return try await exporter.run(
            selection, with: writer, provenance: provenance, to: output, onProgress: onProgress)
    }

    /// Leaves a line in the audit log of the database; where that is impossible nothing is exported.
    private func audit(_ exporter: Exporter, in file: String?) async throws(ExportError) {
        guard let file else {
            throw .query(
                .unsupported(reason: "the database keeps no audit log, so that texts leave it only with redaction"))
        }
        let record = AuditRecord(
            timeUnixNano: Clocks.unixNanos(), user: Self.user, action: .export,
            traceIDs: try await exporter.traceIDs(of: selection).map(\.hex), format: format.rawValue,
            policy: exporter.policyName, selection: words)
        do throws(StoreError) {
            let writer = try TraceWriter(path: file, clock: Clocks.unixNanos)
            try writer.append(audit: record)
        } catch {
            throw .store(error)
        }
    }

    /// The login name; the number of the user where there is none.
    static var user: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "uid \(getuid())" }
        return String(cString: name)
    }
}

/// One line on standard error that tells how far an export is; nothing where that is no terminal.
final class ExportProgressBar: @unchecked Sendable {
    // Touched by the task of the export, and by its owner after that has ended.
    private let line = StatusLine()
    private let started = Clocks.seconds()

    func update(_ progress: ExportProgress) {
        let seconds = Clocks.seconds() - started
        // A file that is written at once needs no bar.
        guard seconds >= 0.2 else { return }
        let pace = Figures.bytes(Int64(clamped: Double(progress.bytes) / seconds))
        line.show("\(Figures.count(Int64(progress.spans))) spans  \(Figures.bytes(progress.bytes))  \(pace)/s")
    }

    /// Takes the line away.
    func end() { line.end() }
}

/// Words for what was redacted.
enum RedactionWords {
    /// Such as `STRIPE_KEY 3, EMAIL 1`.
    static func list(_ counts: RedactionCounts) -> String {
        counts.sorted.map { "\($0.rule) \($0.count)" }.joined(separator: ", ")
    }
}

import Foundation
package import TraceExport
package import TraceModel
package import TraceQuery
package import TraceStore

/// How far an export is.
package struct ExportProgress: Equatable, Sendable {
    package var spans = 0
    /// All spans of the selection, where they were counted before.
    package var spansTotal: Int?
    package var bytes: Int64 = 0

    package init() {}
}

/// What an export wrote.
package struct ExportReport: Equatable, Sendable {
    package var traces = 0
    package var spans = 0
    package var bytes: Int64 = 0
    /// The traces, where the export asks for an audit row.
    package var traceIDs: [TraceID] = []
    /// What was redacted on the way out; nil where the texts were to stay.
    package var redactions: RedactionCounts?
    /// What the format has no place for, one sentence each.
    package var remarks: [String] = []

    package init() {}
}

/// Why an export wrote nothing.
package enum ExportError: Error, Equatable, Sendable {
    case query(QueryError)
    case store(StoreError)
    /// The selection holds no span.
    case nothingSelected
    /// A file with this name is there, and was not to be replaced.
    case fileExists(path: String)
    /// The reader of a pipe went away.
    case closed
    /// Writing failed with this `errno`; nothing is left of the file.
    case failed(path: String, code: Int32)
    /// The format needs a file of its own.
    case needsFile(format: String)
    case cancelled
}

extension TraceBackend {
    /// Answers one request of an export.
    func answer<Request: TraceRequest>(_ request: Request) async throws(ExportError) -> Request.Answer {
        do { return try await run(request) } catch { throw .query(error) }
    }
}

extension ExportError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .query(let error): error.description
        case .store(let error): "\(error)"
        case .nothingSelected: "the selection holds no span, so nothing was written"
        case .fileExists(let path): "\(path) is there already; --force replaces it"
        case .closed: "the reader went away"
        case .failed(let path, let code): "cannot write \(path): \(String(cString: strerror(code)))"
        case .needsFile(let format): "\(format) cannot be written to standard output; --out PATH names a file"
        case .cancelled: "cancelled; nothing was written"
        }
    }
}

extension ExportFormat {
    /// The writer of the format; nil for a database, which is no stream of bytes.
    ///
    /// `makeSafe` replaces what a terminal must not get; recordings of a terminal pass all text of a trace through it.
    package func writer(rows: ExportRows, makeSafe: @escaping (String) -> String) -> (any TraceExporter)? {
        switch self {
        case .otlpJSON: OTLPExporter()
        case .atif: AtifExporter()
        case .openaiMessages, .hfMessages, .sharegpt: ChatExporter(self)
        case .chromeTrace: ChromeTraceExporter()
        case .asciicast: TraceCastExporter(.v3, makeSafe: makeSafe)
        case .asciicastV2: TraceCastExporter(.v2, makeSafe: makeSafe)
        case .markdown: Report.markdown
        case .html: Report.html
        case .csv: TableExporter(rows, as: .csv)
        case .ndjson: TableExporter(rows, as: .ndjson)
        case .sqlite: nil
        }
    }
}

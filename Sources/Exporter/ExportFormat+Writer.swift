package import TraceExport

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

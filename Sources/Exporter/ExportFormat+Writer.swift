package import TraceExport

extension ExportFormat {
    /// The writer of the format; nil for a database, which is no stream of bytes.
    ///
    /// `makeSafe` replaces what a terminal must not get; recordings of a terminal pass all text of a trace through it.
    package func writer(rows: ExportRows, makeSafe: @escaping (String) -> String) -> (any TraceExporter)? {
        switch self {
        case .sqlite: nil
        case .otlpJSON: OTLPExporter()
        default: nil
        }
    }
}

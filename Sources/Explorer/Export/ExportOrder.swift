package import TraceExport
import TraceModel

/// An export as the user asks for it.
package struct ExportOrder: Equatable, Sendable {
    package var scope: ExportScope
    package var format: ExportFormat
    /// What a table has a line for; other formats pay no heed to it.
    package var rows: ExportRows
    /// As typed, from the folder that the program was started in.
    package var path: String
    /// Texts leave as they are stored, on explicit demand.
    package var isUnredacted: Bool
    /// The user agreed that the file at `path` is replaced.
    package var replacesFile: Bool

    package init(
        scope: ExportScope, format: ExportFormat, rows: ExportRows, path: String, isUnredacted: Bool,
        replacesFile: Bool
    ) {
        self.scope = scope
        self.format = format
        self.rows = rows
        self.path = path
        self.isUnredacted = isUnredacted
        self.replacesFile = replacesFile
    }

    /// True where another order would write the same texts, whatever the file is called.
    func hasContent(of other: ExportOrder) -> Bool {
        scope == other.scope && format == other.format && rows == other.rows && isUnredacted == other.isUnredacted
    }
}

extension ExportFormat {
    /// True for tables, of which the user chooses the rows.
    package var hasRows: Bool { self == .csv || self == .ndjson }
}

/// How an export ended.
package enum ExportOutcome: Equatable, Sendable {
    /// The file is whole. Remarks say what the format has no place for, one sentence each.
    case success(path: String, traces: Int, spans: Int, bytes: Int64, remarks: [String])
    /// Nothing was written; where a file stands in the way, the user may have it replaced.
    case failure(message: String, fileExists: Bool)
}

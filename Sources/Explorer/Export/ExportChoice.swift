import TraceExport
package import TraceModel

/// Something that the dialog offers to export.
package struct ExportChoice: Equatable, Sendable {
    package var scope: ExportScope
    /// What the dialog calls it.
    package var title: String
    /// What stands dim beside it, such as how much it is.
    package var note = ""
    /// The trace that the file is named after; nil where there are several.
    package var traceID: TraceID?
    /// How the command line names it; nil where it cannot.
    package var arguments: [String]?
    /// The number of the last step, where steps are offered.
    package var stepCount = 0

    package init(_ scope: ExportScope, _ title: String) {
        self.scope = scope
        self.title = title
    }

    /// The name that is proposed for the file.
    func fileName(_ format: ExportFormat) -> String {
        let stem = traceID.map { "\($0.hex.prefix(8))" } ?? "traces"
        return "spandrel-\(stem)\(scope.isPart ? "-part" : "").\(format.fileExtension)"
    }
}

import TraceExport

/// The command line that writes what the dialog would.
enum ExportCommandLine {
    /// Nil where the command line has no words for the choice.
    static func text(_ export: ExportState) -> String? {
        guard let arguments = export.choice.arguments else { return nil }
        var words = ["spandrel", "export"] + arguments + ["--to", export.format.rawValue]
        if export.format.hasRows, export.rows != .spans { words += ["--rows", export.rows.rawValue] }
        words += ["--out", CommandLineText.quoted(export.path)]
        if export.isUnredacted { words.append("--unredacted") }
        return words.joined(separator: " ")
    }
}

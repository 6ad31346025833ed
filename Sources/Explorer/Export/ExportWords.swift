import Canvas
import Tables
import TraceExport
import TraceModel

/// What the dialog and its notices say.
enum ExportWords {
    /// How much it is: `3 traces, 41 spans, about 1.20MB`.
    static func amount(_ estimate: ExportEstimate) -> String {
        let size = estimate.bytes.map { "about \(Figures.bytes($0))" } ?? "size unknown"
        return "\(Counted.text(estimate.traces, "trace")), \(Counted.text(estimate.spans, "span")), \(size)"
    }

    /// What is known of how the spans are stored.
    static func stored(_ redaction: TraceRedaction) -> String {
        let kinds = [
            (redaction.spansRedacted, "redacted"), (redaction.spansRaw, "raw"),
            (redaction.spansUnknown, "unknown whether redacted"),
        ].filter { $0.0 > 0 }
        guard let first = kinds.first else { return "nothing is stored" }
        let replaced = redaction.spansRedacted > 0 ? ": " + replacements(redaction) : ""
        // Of one kind all are; of several each says how many it is.
        if kinds.count == 1 { return redaction.spansUnknown > 0 ? first.1 : "stored " + first.1 + replaced }
        return "stored " + kinds.map { "\(Figures.count(Int64($0.0))) \($0.1)" }.joined(separator: ", ") + replaced
    }

    private static func replacements(_ redaction: TraceRedaction) -> String {
        let policies = redaction.policies.isEmpty ? "" : " by " + redaction.policies.joined(separator: ", ")
        let count = redaction.counts.total
        return count == 0 ? "no text had to be replaced" : Counted.text(count, "text") + " replaced" + policies
    }

    /// What redaction the file gets.
    static func leaving(isUnredacted: Bool, policy: String) -> String {
        isUnredacted
            ? "unredacted, as stored; the audit log will tell who took what"
            : "redacted again on export (\(policy))"
    }

    /// The notice after a file was written.
    static func written(
        _ order: ExportOrder, path: String, traces: Int, spans: Int, bytes: Int64, remarks: Int, policy: String
    ) -> String {
        var facts = [order.format.rawValue, order.isUnredacted ? "unredacted" : "redacted: \(policy)"].joined(
            separator: ", ")
        if remarks > 0 { facts += "; " + Counted.text(remarks, "remark") }
        return "wrote \(Counted.text(traces, "trace")), \(Counted.text(spans, "span")), \(Figures.bytes(bytes)) "
            + "to \(path) (\(facts))"
    }

    /// How far an export is, in a word for the foot of other views.
    static func progress(_ run: ExportState.Run) -> String {
        if run.isStopping { return "export stopping" }
        return run.total > 0 ? "export \(Figures.percent(share(run)))" : "export …"
    }

    static func share(_ run: ExportState.Run) -> Double {
        run.total > 0 ? min(1, max(0, Double(run.done) / Double(run.total))) : 0
    }
}

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

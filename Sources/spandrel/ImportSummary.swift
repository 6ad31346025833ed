import Basics
import Canvas
import FastJSON
import Foundation
import Ingest
import Tables
import TraceIngest
import TraceModel
import TraceStore

/// The words for what an import did.
struct ImportSummary {
    private let report: ImportReport

    init(_ report: ImportReport) {
        self.report = report
    }

    /// The count line, and a line of oddities where there are some.
    var text: String {
        let seconds = Figures.duration(nanos: Int64(clamped: report.seconds * 1e9))
        let streams = report.streams + report.streamsJoined > 0 ? ", \(streams)" : ""
        var text = """
            \(report.spans) spans in \(report.traces) traces\(streams) (new \(report.spansNew), known \(report.spansKnown), \
            \(revised)rejected \(report.rejected)) from \(Counted.whole(report.files, "file")) in \(seconds)

            """
        if !report.marks.isEmpty {
            let marks = report.marks.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
            text += "odd but stored: \(marks)\n"
        }
        if let redactions = report.redactions {
            if !redactions.isEmpty { text += "redacted: \(RedactionWords.list(redactions))\n" }
        } else {
            text += "stored as it came, unredacted\n"
        }
        return text
    }

    /// Told only where there is something to tell.
    private var revised: String { report.spansRevised == 0 ? "" : "revised \(report.spansRevised), " }

    /// Such as `12 streams (3 joined)`.
    private var streams: String {
        let count = Counted.whole(report.streams, "stream")
        return report.streamsJoined == 0 ? count : count + " (\(report.streamsJoined) joined)"
    }

    /// The same as one JSON object on a line.
    var json: String {
        var json = JSONWriter()
        json.beginObject()
        json.member("files", report.files)
        json.member("spans", report.spans)
        json.member("spans_new", report.spansNew)
        json.member("spans_known", report.spansKnown)
        json.member("spans_revised", report.spansRevised)
        json.member("traces", report.traces)
        json.member("streams", report.streams)
        json.member("streams_joined", report.streamsJoined)
        json.member("rejected", report.rejected)
        let redactions = report.redactions?.sorted.map { JSONMember($0.rule, .int(Int64($0.count))) }
        json.member("redacted", value: redactions.map { .object($0) } ?? .null)
        json.member("seconds", (report.seconds * 1000).rounded() / 1000)
        json.endObject()
        return json.text + "\n"
    }

    /// One line for each thing that went wrong.
    var complaints: [String] {
        var lines = report.problems.filter { $0.kind != .noTraces }.map(\.description) + report.faults
        lines += report.rejections.map(place)
        let hidden = report.rejected - report.rejections.count
        if hidden > 0 { lines.append("… and \(hidden) more, see: spandrel rejects") }
        if report.isInterrupted { lines.append("interrupted; what was read so far is stored") }
        return lines
    }

    /// The exit code where it is not 0: the machine's fault weighs most, then missing input, then bad input.
    var status: Int32? {
        if !report.faults.isEmpty || report.problems.contains(where: { $0.kind == .unreadable }) {
            return ExitStatus.inputOutput.rawValue
        }
        if report.problems.contains(where: { $0.kind == .missing }) { return ExitStatus.noInput.rawValue }
        if report.rejected > 0 { return ExitStatus.data.rawValue }
        // The shell's number for an end by SIGINT.
        return report.isInterrupted ? 130 : nil
    }

    /// `file:line:` or `file: at byte N:`, whichever is known, and the reason.
    private func place(_ rejection: StoredRejection) -> String {
        rejection.file + (rejection.line.map { ":\($0)" } ?? "")
            + (rejection.byteOffset.map { ": at byte \($0)" } ?? "") + ": \(rejection.reason)"
    }
}

/// One line on standard error that tells how far an import is; nothing where that is no terminal.
final class ImportProgressBar {
    private let status = StatusLine()

    func update(_ progress: ImportProgress) {
        status.show(String(Self.line(progress).prefix((Console.columns(STDERR_FILENO) ?? 80) - 1)))
    }

    /// Takes the line away.
    func end() { status.end() }

    /// Such as `[#########···········]  45%  1.21GB of 2.70GB  8.1k spans/s  2m05s left`.
    static func line(_ progress: ImportProgress) -> String {
        var parts: [String] = []
        if let share = progress.share {
            let filled = Int(clamped: share * 20)
            parts.append(
                "[" + String(repeating: "#", count: filled) + String(repeating: "·", count: 20 - filled) + "] "
                    + Figures.percent(share))
        }
        let total = progress.bytesTotal.map { " of \(Figures.bytes($0))" } ?? ""
        parts.append(Figures.bytes(progress.bytesDone) + total)
        if let pace = progress.spansPerSecond { parts.append(Figures.count(Int64(clamped: pace)) + " spans/s") }
        if let left = progress.secondsLeft {
            parts.append(Figures.duration(nanos: Int64(clamped: left * 1e9)) + " left")
        }
        return parts.joined(separator: "  ")
    }
}

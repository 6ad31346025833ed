import ArgumentParser
import Canvas
import Exporter
import Foundation
import Headless
import Tables
import TraceExport
import TraceModel
import TraceQuery
import TraceStore

extension ExportFormat: ExpressibleByArgument {}
extension ExportRows: ExpressibleByArgument {}

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write traces, or a named part of one, as files for other programs.",
        discussion: """
            Texts are redacted on the way out, whoever stored them. Files are written whole or not at all. The same \
            selection of the same database gives the same bytes.
            """)

    @OptionGroup var selection: ExportSelectionOptions
    @OptionGroup var database: DatabaseOptions
    @Option(
        help: ArgumentHelp(
            "The format: \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "format"))
    var to: ExportFormat
    @Option(help: "What csv and ndjson have a line for: spans, steps or streams.")
    var rows = ExportRows.spans
    @Option(
        help: ArgumentHelp("The file to write, - for standard output (the default).", valueName: "path"),
        completion: .file())
    var out = "-"
    @Flag(help: "Replace the file if there is one.")
    var force = false
    @OptionGroup var redaction: RedactionOptions
    @Flag(help: "Leave texts as they are stored; asks on a terminal, and leaves a line in the audit log.")
    var unredacted = false
    @Flag(help: "With --unredacted: do not ask.")
    var yes = false
    @Flag(help: "Write no summary on standard error.")
    var quiet = false

    func validate() throws {
        if rows != .spans, to != .csv, to != .ndjson { throw ValidationError("--rows goes with --to csv or ndjson") }
        if force, out == "-" { throw ValidationError("--force goes with --out") }
        if yes, !unredacted { throw ValidationError("--yes goes with --unredacted") }
    }

    func run() async throws {
        let backend = try database.open()
        let order = ExportJob(
            selection: try chosen(), words: selection.words, format: to, rows: rows,
            path: out == "-" ? .none : .some(out), replacesFile: force,
            redactor: unredacted ? .none : .some(try redaction.redactor()))
        if unredacted, !yes, Console.isTerminal(STDIN_FILENO) { try confirm() }
        let bar = ExportProgressBar()
        let job = Task {
            do throws(ExportError) {
                return Result<ExportReport, ExportError>.success(
                    try await order.run(on: backend) { bar.update($0) })
            } catch {
                return .failure(error)
            }
        }
        let watch = SignalWatch { job.cancel() }
        defer { withExtendedLifetime(watch) {} }
        let result = await job.value
        bar.end()
        do throws(ExportError) {
            let report = try result.get()
            if !quiet { tell(report, isWhole: out != "-" || Console.isTerminal(STDERR_FILENO)) }
        } catch .cancelled {
            Console.complain(ExportError.cancelled.description)
            throw ExitCode(130)
        } catch {
            throw Failure(error)
        }
    }

    private func chosen() throws(Failure) -> ExportSelection {
        do { return try selection.selection() } catch { throw .query(error) }
    }

    /// Asks before text leaves the database as it is.
    private func confirm() throws {
        Console.ask(
            "Texts will be written as they are stored, with what secrets and personal data they hold, and the audit log "
                + "will say that you did. Type yes to go on: ")
        guard readLine() == "yes" else { throw Failure.other(.usage, "nothing was written") }
    }

    /// Says what the file does not hold, whoever listens; what was written too where it `isWhole`.
    private func tell(_ report: ExportReport, isWhole: Bool) {
        for remark in report.remarks { Console.complain("note: \(remark)") }
        guard isWhole else { return }
        let policy = report.redactions.map { counts in
            counts.isEmpty ? "redacted, nothing found" : "redacted: \(RedactionWords.list(counts))"
        }
        Console.complain(
            "wrote \(Counted.whole(report.traces, "trace")), \(Counted.whole(report.spans, "span")), "
                + "\(Figures.bytes(report.bytes)) as \(to.rawValue) to \(out == "-" ? "standard output" : out) "
                + "(\(policy ?? "UNREDACTED"))")
    }
}

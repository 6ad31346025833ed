import ArgumentParser
import Canvas
import Foundation
import Headless
import Redaction
import TraceModel
import TraceStore
import TraceTables

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look for secrets in a database, mend it, or list who took texts out of it.",
        discussion: """
            Looks through all rows, the text index, free pages and the write-ahead log, and tells where something is, \
            never what. With --fix the database is written anew with placeholders, after which the texts are in none of \
            its files. The exit code is 3 where something was found and not mended.
            """)

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Replace what is found; the database is written anew.")
    var fix = false
    @Flag(help: "List instead who exported texts unredacted, and who mended or purged the database.")
    var log = false
    @Option(help: ArgumentHelp("With --log: the most lines.", valueName: "count"))
    var limit = 1_000
    @OptionGroup var redaction: RedactionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if fix, log { throw ValidationError("--fix and --log exclude each other") }
    }

    func run() async throws {
        // Says what is wrong with a file that is none of ours.
        let backend = try OpenBackend.at(database.path)
        let bytes = ByteOutput(descriptor: STDOUT_FILENO)
        if log {
            let reader = HeadlessReader(backend: backend, presentation: output.presentation, output: bytes)
            do { try await reader.auditLog(limit: limit) } catch { throw Failure(error) }
            return
        }
        let treatment = TextTreatment(try redaction.redactor())
        let line = StatusLine()
        let report = try Self.storing { () throws(StoreError) in
            try StoreAudit(path: database.path, treatment: treatment).run {
                line.show("\($0.spansDone) of \($0.spansTotal) spans, \(Figures.bytes($0.bytesDone)) of the file")
            }
        }
        line.end()
        let rows = report.findings.map {
            AuditRow(place: $0.place, rule: $0.rule, count: $0.count, example: $0.example)
        }
        let writer = RowWriter(AuditColumns.all, presentation: output.presentation, output: bytes)
        do { try writer.writeAll(rows) } catch { throw Failure.output(error) }
        if report.isClean {
            Console.complain("nothing found in \(Counted.text(report.spans, "span")) (\(treatment.policy))")
        } else if fix {
            try mend(treatment)
        } else {
            Console.complain("found under the policy “\(treatment.policy)”; --fix mends the database")
            throw ExitCode(ExitStatus.found.rawValue)
        }
    }

    private func mend(_ treatment: TextTreatment) throws {
        let line = StatusLine()
        let record = AuditRecord(
            timeUnixNano: Clocks.unixNanos(), user: ExportJob.user, action: .fix, traceIDs: [], format: "",
            policy: treatment.policy, selection: "all")
        let report = try Self.storing { () throws(StoreError) in
            try StoreRewriter(path: database.path, clock: Clocks.unixNanos).rewrite(
                audit: record, common: treatment, treatment: { _, _ in .redacted(treatment) },
                progress: { line.show("\($0.tracesDone) of \($0.tracesTotal) traces") })
        }
        line.end()
        Console.complain("mended: \(RedactionWords.list(report.counts))")
        if report.isWalPending { Console.complain(RewriteWords.walPending) }
    }

    private static func storing<Value>(_ body: () throws(StoreError) -> Value) throws(Failure) -> Value {
        do { return try body() } catch { throw .store(error) }
    }
}

/// Words for what a rewrite leaves open.
enum RewriteWords {
    static let walPending = """
        another program still reads the old state, which the write-ahead log therefore holds; close it and run \
        'spandrel audit' again
        """
}

import ArgumentParser
import Canvas
import Foundation
import Headless
import Redaction
import Tables
import TraceModel
import TraceQuery
import TraceStore
import TraceTables

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look for secrets in a database, mend it, or list who took texts out of it.",
        discussion: """
            Looks through all rows, the text index, free pages, the write-ahead log and what killed programs left \
            beside them, and tells where something is, never what. With --fix the database is written anew with \
            placeholders, after which the texts are in none of its files. The exit code is 3 where something was found \
            and not mended, 65 where something could not be looked at, and 0 only where neither is so.
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
        let backend = try database.open()
        if log {
            do { return try await OutputOptions.reader(backend, format: output.format).auditLog(limit: limit) } catch {
                throw Failure(error)
            }
        }
        let redactor = try redaction.redactor()
        let treatment = TextTreatment(redactor)
        let file = try database.file
        let line = StatusLine()
        let report = try Failure.storing { () throws(StoreError) in
            try StoreAudit(path: file, treatment: treatment).run {
                line.show("\($0.spansDone) of \($0.spansTotal) spans, \(Figures.bytes($0.bytesDone)) of the file")
            }
        }
        line.end()
        let found = report.findings.map {
            AuditRow(place: $0.place, rule: $0.rule, count: $0.count, example: $0.example)
        }
        let unread = report.unread.map {
            AuditRow(place: $0.place, rule: nil, count: $0.count, example: $0.example, unread: $0.reason)
        }
        try output.write(found + unread, AuditColumns.all)
        if !report.findings.isEmpty {
            if fix {
                try mend(file, treatment)
            } else {
                Console.complain("found under the policy “\(treatment.policy)”; --fix mends the database")
            }
        }
        for line in report.words(policy: redactor.policy) { Console.complain(line) }
        if !report.findings.isEmpty, !fix { throw ExitCode(ExitStatus.found.rawValue) }
        if !report.unread.isEmpty { throw ExitCode(ExitStatus.data.rawValue) }
    }

    private func mend(_ file: String, _ treatment: TextTreatment) throws {
        let line = StatusLine()
        let record = AuditRecord(
            timeUnixNano: Clocks.unixNanos(), user: ExportJob.user, action: .fix, traceIDs: [], format: "",
            policy: treatment.policy, selection: "all")
        let report = try Failure.storing { () throws(StoreError) in
            try StoreRewriter(path: file, clock: Clocks.unixNanos).rewrite(
                audit: record, common: treatment, treatment: { _ in .redacted(treatment) },
                progress: { line.show("\($0.tracesDone) of \($0.tracesTotal) traces") })
        }
        line.end()
        Console.complain("mended: \(RedactionWords.list(report.counts))")
        report.remark()
    }
}

extension AuditReport {
    /// What was looked through, and what was not.
    fileprivate func words(policy: RedactionPolicy) -> [String] {
        var lines = unread.map {
            "not looked at: \(Counted.whole($0.count, "time")) in \($0.place), \($0.reason) (\($0.example))"
        }
        guard findings.isEmpty else { return lines }
        let scope = "\(Counted.whole(spans, "span")) and \(Figures.bytes(bytes)) of files"
        let rules =
            policy.findsSecrets ? "(\(policy.name))" : "(\(policy.name), a policy that does not look for secrets)"
        lines.append(
            unread.isEmpty
                ? "nothing found in \(scope) \(rules)"
                : "nothing found in what could be looked at of \(scope) \(rules); what is in the rest is not known")
        return lines
    }
}

extension RewriteReport {
    /// Says what the rewrite leaves open.
    fileprivate func remark() {
        guard isWalPending else { return }
        Console.complain(
            "another program still reads the old state, which the write-ahead log therefore holds; close it and run "
                + "'spandrel audit' again")
    }
}

struct PurgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Remove old traces, or their texts, for good.",
        discussion: """
            The database is written anew without them, after which nothing of them is in any of its files. Traces count \
            as old by their start.
            """)

    @OptionGroup var database: DatabaseOptions
    @Option(
        help: ArgumentHelp("Traces that started so long ago, such as 14d or 36h, or before a day.", valueName: "time"))
    var olderThan: String
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Only traces with a span that the filter matches.", valueName: "filter"))
    var filter: String?
    @Flag(help: "Keep the structure: names, agents, models, times and tokens stay, what was said goes.")
    var keepStructure = false
    @Flag(help: "Only say what would go.")
    var dryRun = false
    @OptionGroup var redaction: RedactionOptions

    func run() async throws {
        let backend = try database.open()
        let chosen = try await traces(backend)
        let spans = chosen.reduce(0) { $0 + $1.spanCount }
        let what = "\(Counted.whole(chosen.count, "trace")) with \(Counted.whole(spans, "span"))"
        let verb = keepStructure ? "lose what was said" : "go"
        guard !dryRun, !chosen.isEmpty else {
            try Console.write(chosen.isEmpty ? "no trace is that old\n" : "\(what) would \(verb)\n")
            return
        }
        let ids = Set(chosen.map(\.traceID))
        let file = try database.file
        let structure = keepStructure ? TextTreatment(try redaction.redactor(of: .structureOnly)) : nil
        let line = StatusLine()
        let record = AuditRecord(
            timeUnixNano: Clocks.unixNanos(), user: ExportJob.user, action: .purge,
            traceIDs: chosen.map(\.traceID.hex), format: "", policy: structure?.policy ?? "",
            selection: words)
        defer { line.end() }
        let report = try Failure.storing { () throws(StoreError) in
            try StoreRewriter(path: file, clock: Clocks.unixNanos).rewrite(
                audit: record, common: nil,
                treatment: { id in
                    guard ids.contains(id) else { return .kept }
                    return structure.map { .redacted($0) } ?? .leftOut
                }, progress: { line.show("\($0.tracesDone) of \($0.tracesTotal) traces") })
        }
        line.end()
        let sizes = "\(Figures.bytes(report.bytesBefore)) → \(Figures.bytes(report.bytesAfter))"
        let fate = keepStructure ? "lost what was said" : chosen.count == 1 ? "is gone" : "are gone"
        try Console.write("\(what) \(fate), \(sizes)\n")
        report.remark()
    }

    private var words: String {
        "--older-than \(olderThan)" + (filter.map { " --filter '\($0)'" } ?? "")
            + (keepStructure ? " --keep-structure" : "")
    }

    /// The traces that are old and that the filter keeps.
    private func traces(_ backend: any TraceBackend) async throws(Failure) -> [TraceSummary] {
        do throws(QueryError) {
            let text = "until:\"\(olderThan)\"" + (filter.map { " (\($0))" } ?? "")
            var request = TraceListRequest(filter: try FilterExpression.parse(text), descending: false)
            var found: [TraceSummary] = []
            while true {
                let page = try await backend.run(request)
                found += page.rows
                guard let next = page.next else { return found }
                request.after = next
            }
        } catch {
            if case .filter(let message, _, _) = error {
                throw .other(.usage, filter == nil ? "--older-than \(olderThan): \(message)" : "\(error)")
            }
            throw .query(error)
        }
    }
}

struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Re-run the analysis of stored traces, such as those of an older version.",
        discussion: """
            An import analyses what it stores. This is for files that an older version wrote: agents, steps, joints, the \
            ledger and findings are worked out from the stored spans. Doing it again changes nothing.
            """)

    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Analyse all traces, not only those that this version has not seen.")
    var all = false

    func run() async throws {
        let file = try database.file
        guard FileManager.default.fileExists(atPath: file) else {
            // A writer would make the file; the reader says what is missing.
            _ = try database.open()
            return
        }
        let line = StatusLine()
        defer { line.end() }
        let count = try Failure.storing { () throws(StoreError) in
            let writer = try TraceWriter(path: file, clock: Clocks.unixNanos)
            try writer.summarizePending()
            let count = try writer.reanalyze(onlyOutdated: !all) { line.show("\($0) of \($1) traces") }
            try writer.finish()
            return count
        }
        line.end()
        try Console.write("analysed \(Counted.whole(count, "trace"))\n")
    }
}

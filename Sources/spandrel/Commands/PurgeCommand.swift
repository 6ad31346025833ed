import ArgumentParser
import Canvas
import Foundation
import Redaction
import TraceModel
import TraceQuery
import TraceStore

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
        let backend = try OpenBackend.at(database.path)
        let chosen = try await traces(backend)
        let spans = chosen.reduce(0) { $0 + $1.spanCount }
        let what = "\(Counted.text(chosen.count, "trace")) with \(Counted.text(spans, "span"))"
        let verb = keepStructure ? "lose what was said" : "go"
        guard !dryRun, !chosen.isEmpty else {
            try Console.write(chosen.isEmpty ? "no trace is that old\n" : "\(what) would \(verb)\n")
            return
        }
        let keys = Set(chosen.map(\.key))
        let structure = keepStructure ? TextTreatment(try structureRedactor()) : nil
        let line = StatusLine()
        let record = AuditRecord(
            timeUnixNano: Clocks.unixNanos(), user: ExportJob.user, action: .purge,
            traceIDs: chosen.map(\.traceID.hex), format: "", policy: structure?.policy ?? "",
            selection: words)
        let report: RewriteReport
        do throws(StoreError) {
            report = try StoreRewriter(path: database.path, clock: Clocks.unixNanos).rewrite(
                audit: record, common: nil,
                treatment: { key, _ in
                    guard keys.contains(key) else { return .kept }
                    return structure.map { .redacted($0) } ?? .leftOut
                }, progress: { line.show("\($0.tracesDone) of \($0.tracesTotal) traces") })
        } catch {
            line.end()
            throw Failure.store(error)
        }
        line.end()
        let sizes = "\(Figures.bytes(report.bytesBefore)) → \(Figures.bytes(report.bytesAfter))"
        let fate = keepStructure ? "lost what was said" : chosen.count == 1 ? "is gone" : "are gone"
        try Console.write("\(what) \(fate), \(sizes)\n")
        if report.isWalPending { Console.complain(RewriteWords.walPending) }
    }

    private var words: String {
        "--older-than \(olderThan)" + (filter.map { " --filter '\($0)'" } ?? "")
            + (keepStructure ? " --keep-structure" : "")
    }

    private func structureRedactor() throws(Failure) -> Redactor {
        try redaction.redactor(of: .structureOnly)
    }

    /// The traces that are old and that the filter keeps.
    private func traces(_ backend: any TraceBackend) async throws(Failure) -> [TraceSummary] {
        do throws(QueryError) {
            let text = "until:\"\(olderThan)\"" + (filter.map { " (\($0))" } ?? "")
            var request = TraceListRequest(filter: try FilterExpression.parse(text), descending: false)
            var found: [TraceSummary] = []
            while true {
                guard case .traces(let page) = try await backend.run(.traces(request)) else { return found }
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

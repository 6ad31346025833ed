import Headless
import SQLiteQuery
import Testing
import TraceAnalysis
import TraceExport
import TraceModel
import TraceQuery

/// Every command over every hostile trace: each answers, or says why not.
@Suite struct CommandSweepTests {
    /// What the commands write, which nobody reads.
    private func reader(_ database: HostileDatabase, _ format: OutputFormat) -> HeadlessReader {
        HeadlessReader(
            backend: database.backend,
            presentation: Presentation(
                format: format, isTerminal: format == .table, width: format == .table ? 100 : nil),
            output: ByteOutput { .success($0.count) })
    }

    private func format(_ place: Int) -> OutputFormat { OutputFormat.allCases[place % OutputFormat.allCases.count] }

    /// Runs a command that may find nothing.
    private func attempt(_ what: String, _ command: () async throws(HeadlessError) -> Void) async {
        do throws(HeadlessError) {
            try await command()
        } catch {
            switch error {
            case .query(let reason): #expect(!"\(reason)".isEmpty, "\(what)")
            case .hasClock, .hasNoClock: break
            default: Issue.record("\(what): \(error)")
            }
        }
    }

    @Test(arguments: [HostileDatabase.imported, HostileDatabase.older])
    func overAllTraces(database: Result<HostileDatabase, any Error>) async throws {
        let database = try database.get()
        for format in OutputFormat.allCases {
            let reader = reader(database, format)
            for sort in TraceListRequest.SortKey.allCases {
                for descending in [false, true] {
                    var request = TraceListRequest(sort: sort, descending: descending)
                    (request.includesOverview, request.histogramBuckets) = (true, 40)
                    await attempt("traces --sort \(sort)") { () throws(HeadlessError) in
                        _ = try await reader.traces(request)
                    }
                }
            }
            await attempt("stats") { () throws(HeadlessError) in try await reader.statistics(nil) }
            await attempt("steps") { () throws(HeadlessError) in try await reader.phases(nil) }
            await attempt("models") { () throws(HeadlessError) in try await reader.models(nil) }
            await attempt("attributes") { () throws(HeadlessError) in try await reader.attributes(limit: 1_000) }
            await attempt("rejects") { () throws(HeadlessError) in try await reader.rejects(limit: .max) }
            await attempt("findings") { () throws(HeadlessError) in
                _ = try await reader.findings(FindingListRequest())
            }
            await attempt("search") { () throws(HeadlessError) in
                _ = try await reader.search(SearchRequest(text: "hostile"))
            }
            for field in ["model", "kind", "mark", "finding", "agent", "attr.step", "severity", "stream"] {
                await attempt("facets \(field)") { () throws(HeadlessError) in
                    try await reader.facets(FacetRequest(field: field, limit: .max))
                }
            }
        }
    }

    @Test(arguments: [HostileDatabase.imported, HostileDatabase.older])
    func overEachTrace(database: Result<HostileDatabase, any Error>) async throws {
        let database = try database.get()
        for (place, trace) in database.swept.enumerated() {
            let reader = reader(database, format(place))
            let reference = TraceReference.prefix(trace.id)
            for order in TraceRowOrder.allCases {
                var request = TraceRowsRequest(reference)
                (request.sort, request.descending) = (order, place % 2 == 0)
                await attempt("trace --sort \(order) of \(trace)") { () throws(HeadlessError) in
                    _ = try await reader.trace(request)
                }
            }
            await attempt("agents of \(trace)") { () throws(HeadlessError) in try await reader.agents(reference) }
            await attempt("steps of \(trace)") { () throws(HeadlessError) in try await reader.steps(reference) }
            await attempt("joints of \(trace)") { () throws(HeadlessError) in try await reader.joints(reference) }
            await attempt("ledger of \(trace)") { () throws(HeadlessError) in try await reader.ledger(reference) }
            for span in 1...6 {
                let span = "000000000000000\(span)"
                await attempt("span \(trace)/\(span)") { () throws(HeadlessError) in
                    try await reader.span(trace: trace.id, span: span)
                }
            }
        }
    }

    @Test(arguments: [HostileDatabase.imported, HostileDatabase.older])
    func overEachStream(database: Result<HostileDatabase, any Error>) async throws {
        let database = try database.get()
        for (place, trace) in database.swept.enumerated() {
            let reader = reader(database, format(place))
            let structure = try await database.backend.run(StructureRequest(.prefix(trace.id), limit: 8))
            for row in structure.spans {
                let span = row.spanID.hex
                guard (try? await reader.streamDetail(trace: trace.id, span: span, pace: nil)) != nil else { continue }
                await attempt("stream \(trace)/\(span)") { () throws(HeadlessError) in
                    try await reader.stream(trace: trace.id, span: span)
                    try await reader.chunks(trace: trace.id, span: span)
                }
                await attempt("stream \(trace)/\(span) --pace") { () throws(HeadlessError) in
                    let pace = StreamPace(chunksPerSecond: place % 2 == 0 ? 0.01 : 1000)
                    try await reader.stream(trace: trace.id, span: span, pace: pace)
                }
                await attempt("stream \(trace)/\(span) --to") { () throws(HeadlessError) in
                    for format in StreamExportFormat.allCases {
                        _ = try await reader.exported(trace: trace.id, span: span, pace: nil, as: format)
                    }
                    for options in [
                        StreamPlayback.Options(speed: 1000, idleLimitNanos: 0),
                        StreamPlayback.Options(speed: 0.01, idleLimitNanos: nil, fromNanos: .max),
                    ] {
                        let playback = try await reader.playback(
                            trace: trace.id, span: span, pace: nil, options: options)
                        _ = try playback.run(on: ByteOutput { .success($0.count) }) { _ in true }
                    }
                }
            }
        }
    }
}

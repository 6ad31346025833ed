import Basics
import DemoIncidents
import Foundation
import Ingest
import TestSupport
import Testing
import TraceIngest
import TraceQuery
import TraceStore

/// Filters keep the same traces and spans whether a database answers them or `FilterEvaluator` does.
@Suite(.prompt) struct FilterOracleTests {
    private static let now: Int64 = 1_795_000_100_000_000_000

    /// How many made-up filters are tried; `SPANDREL_HOSTILE=all` asks for many.
    private static let count = HostileDatabase.isLongRun ? 4_000 : 250

    @Test(arguments: [false, true]) func incidents(assembled: Bool) async throws {
        let folder = try ScratchFolder()
        let writer = try TraceWriter(path: folder.database, clock: { 0 })
        let data = DemoIncidents.build(endingAt: 1_795_000_000_000_000_000)
        _ = try writer.write([
            Preparation(nil).batch(spans: data.spans, logs: data.logs, streams: data.streams, bytes: 0)
        ])
        try writer.finish()
        try await compare(folder.database, limit: 60, assembled: assembled)
    }

    @Test(arguments: [false, true]) func projectsRecordings(assembled: Bool) async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        try await compare(importing: [root.path + "/Recordings"], assembled: assembled)
    }

    /// The whole collection of recordings, where it lies beside the project.
    @Test(.enabled(if: Recordings.isWhole, "there is no shared/data beside the project"), arguments: [false, true])
    func wholeCollection(assembled: Bool) async throws {
        let folders = ["agents", "clients", "clients2", "faults", "langfuse", "otlp", "streams", "trajectories"]
        try await compare(importing: folders.map { Recordings.path($0) }, assembled: assembled)
    }

    @Test(arguments: [false, true]) func hostileTraces(assembled: Bool) async throws {
        let database = try HostileDatabase.imported.get()
        try await compare(database.path, limit: 120, assembled: assembled)
    }

    @Test func manyFiltersAreWritten() {
        #expect(FilterCorpus.written.count > 200)
        #expect(FilterCorpus.written.contains("finding:joint.empty_result errors=0"))
    }

    // MARK: Comparison

    private func compare(importing paths: [String], assembled: Bool) async throws {
        let folder = try ScratchFolder()
        let writer = try TraceWriter(path: folder.database, clock: { 0 })
        _ = try Importer(writer: writer, redactor: nil, stopwatch: { 0 }).run(InputDiscovery(arguments: paths))
        try writer.finish()
        try await compare(folder.database, limit: 150, assembled: assembled)
    }

    private func compare(_ path: String, limit: Int, assembled: Bool) async throws {
        let oracle = try await FilterOracle(path, limit: limit, assembles: assembled, now: Self.now)
        #expect(!oracle.traces.isEmpty)
        for text in FilterCorpus.written {
            let filter = try #require(try FilterExpression.parse(text))
            let difference = try await oracle.difference(filter)
            #expect(difference == nil, "\(text)")
        }
        var generator = FilterCorpus.Generator(seed: 11, oracle.traces)
        for _ in 0..<Self.count {
            let filter = generator.next()
            let difference = try await oracle.difference(filter)
            #expect(difference == nil, "\(filter)")
        }
    }
}

/// A folder for one database, which goes with the value.
private final class ScratchFolder {
    let database: String
    private let path: String

    init() throws {
        path = NSTemporaryDirectory() + "spandrel-oracle-" + UUID().uuidString
        database = path + "/t.db"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

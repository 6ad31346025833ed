import Foundation
import GRDB
import TraceModel

@testable import TraceStore

/// A database in a folder of its own, which goes with the value.
final class TemporaryStore {
    let folder: String
    var path: String { folder + "/traces.db" }
    private(set) var writer: TraceWriter

    init() throws {
        folder = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        writer = try TraceWriter(path: folder + "/traces.db", clock: { 1_000 })
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Lets go of the writer without `finish`, as a killed process does, and opens another one.
    func reopen() throws {
        writer = try TraceWriter(path: path, clock: { 2_000 })
    }

    @discardableResult
    func write(_ spans: [Span], logs: [SpanLogRecord] = []) throws -> WriteCounts {
        try writer.write(spans: spans.map { Fixture.prepare($0) }, logs: logs.map { PreparedLog(record: $0) })
    }

    /// The first value of the first row.
    func integer(_ sql: String) throws -> Int64? {
        try DatabaseQueue(path: path).read { try Int64.fetchOne($0, sql: sql) }
    }

    /// Changes the file behind the writer's back.
    func execute(_ sql: String) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    }

    /// The first column of all rows as text.
    func texts(_ sql: String) throws -> [String?] {
        try DatabaseQueue(path: path).read { try String?.fetchAll($0, sql: sql) }
    }

    /// The packed rows of all spans, in the order of keys.
    func packed() throws -> [PackedSpan] {
        try DatabaseQueue(path: path).read { database in
            try Data.fetchAll(database, sql: "SELECT packed FROM span ORDER BY key").compactMap { blob in
                blob.withUnsafeBytes { PackedSpan($0) }
            }
        }
    }
}

import Foundation
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
        try SQLiteConnection(path, .readOnly).integer(sql)
    }

    /// Changes the file behind the writer's back.
    func execute(_ sql: String) throws {
        try SQLiteConnection(path, .readWrite).execute(sql)
    }

    /// The first column of all rows as text.
    func texts(_ sql: String) throws -> [String?] {
        try SQLiteConnection(path, .readOnly).texts(sql)
    }

    /// The packed rows of all spans, in the order of keys.
    func packed() throws -> [PackedSpan] {
        let database = try SQLiteConnection(path, .readOnly)
        let select = try PreparedStatement("SELECT packed FROM span ORDER BY key", on: database.handle)
        var found: [PackedSpan] = []
        while try select.step() {
            if let packed = select.withBytes(0, { PackedSpan($0) }) { found.append(packed) }
        }
        return found
    }

    /// A SQLite database of somebody else.
    static func createForeign(_ path: String) throws {
        try Data().write(to: URL(fileURLWithPath: path))
        try SQLiteConnection(path, .readWrite).execute("CREATE TABLE mine (x)")
    }
}

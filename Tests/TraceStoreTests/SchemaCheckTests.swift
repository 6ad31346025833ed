import Foundation
import Testing
import TraceModel

@testable import TraceStore

@Suite("Parts of a database that others made") struct SchemaCheckTests {
    /// What a stranger could plant, harmless here: whatever runs leaves a row in `trap`.
    static let planted: [(sql: [String], part: String)] = [
        (["CREATE TRIGGER t AFTER INSERT ON span BEGIN INSERT INTO trap VALUES (1); END"], "the trigger 't'"),
        (["CREATE TRIGGER u BEFORE DELETE ON trace BEGIN SELECT raise(IGNORE); END"], "the trigger 'u'"),
        (["CREATE VIEW evil AS SELECT * FROM trap"], "the view 'evil'"),
        (["DROP TABLE reject", "CREATE VIEW reject AS SELECT * FROM trap"], "the view 'reject'"),
        (["CREATE VIRTUAL TABLE v USING fts5(x)"], "the table 'v'"),
        (
            ["DROP TABLE span_text_word", "CREATE VIRTUAL TABLE span_text_word USING fts5vocab(span_text, row)"],
            "the table 'span_text_word'"
        ),
        (["CREATE TABLE g (a, b GENERATED ALWAYS AS (hex(a)))"], "the table 'g'"),
        (
            [
                "DROP TABLE counter",
                "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER CHECK (value < random()))",
            ],
            "the table 'counter'"
        ),
        (["CREATE TABLE d (a DEFAULT (randomblob(9)))"], "the table 'd'"),
        (["CREATE INDEX i ON span (hex(packed))"], "the index 'i'"),
        (["CREATE INDEX j ON trace (name) WHERE abs(span_count) > 1"], "the index 'j'"),
        (["CREATE INDEX k ON trace (name, \"length\"(id))"], "the index 'k'"),
    ]

    private func store(_ statements: [String]) throws -> TemporaryStore {
        let store = try TemporaryStore()
        try store.write([Fixture.span(1)])
        try store.writer.finish()
        try store.execute("CREATE TABLE trap (x)")
        for statement in statements { try store.execute(statement) }
        return store
    }

    @Test("Whatever could run is refused at every door, and the file stays as it was", arguments: planted)
    func refused(sql: [String], part: String) throws {
        let store = try store(sql)
        let error = StoreError.altered(path: store.path, part: part)
        let before = try store.texts("SELECT sql FROM sqlite_master ORDER BY rowid")
        #expect(throws: error) { try TraceWriter(path: store.path, clock: { 0 }) }
        #expect(throws: error) {
            try StoreRewriter(path: store.path, clock: { 0 }).rewrite(
                audit: RewriteTests.audit, common: StandIn.treatment, treatment: { _ in .redacted(StandIn.treatment) })
        }
        #expect(throws: error) { try StoreAudit(path: store.path, treatment: StandIn.treatment).run() }
        #expect(try store.integer("SELECT count(*) FROM trap") == 0)
        #expect(try store.texts("SELECT sql FROM sqlite_master ORDER BY rowid") == before)
        #expect("\(error)".contains(part) && "\(error)".contains("left alone"))
    }

    @Test("A trigger that comes while the database is open does not run")
    func later() throws {
        let store = try store([])
        let writer = try TraceWriter(path: store.path, clock: { 0 })
        try store.execute("CREATE TRIGGER t AFTER INSERT ON span BEGIN INSERT INTO trap VALUES (1); END")
        _ = try writer.write(spans: [Fixture.prepare(Fixture.span(2))])
        #expect(try store.integer("SELECT count(*) FROM span") == 2)
        #expect(try store.integer("SELECT count(*) FROM trap") == 0)
    }

    @Test(
        "What does nothing by itself stays",
        arguments: [
            "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)", "CREATE INDEX mine ON trace (session)",
            "CREATE INDEX some ON span (tool) WHERE tool IS NOT NULL AND kind = 3", "ANALYZE",
            "CREATE UNIQUE INDEX \"check\" ON trap (x)",
        ])
    func harmless(sql: String) throws {
        let store = try store([sql])
        _ = try TraceWriter(path: store.path, clock: { 0 })
        #expect(try SchemaCheck.foreignPart(of: SQLiteConnection(store.path, .readOnly)) == nil)
    }

    @Test("The schemas of all versions are our own", arguments: 1...StoreSchema.version)
    func ours(version: Int) throws {
        let folder = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/old.db"
        try Data().write(to: URL(fileURLWithPath: path))
        let connection = try SQLiteConnection(path, .readWrite)
        for migration in Migration.all where migration.version <= version {
            for statement in migration.statements { try connection.execute(statement) }
        }
        #expect(try SchemaCheck.foreignPart(of: connection) == nil)
    }
}

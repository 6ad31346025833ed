import Foundation
import Testing
import TraceModel

@testable import TraceStore

@Suite struct SchemaTests {
    @Test func documentationAndSchemaAgree() throws {
        let store = try TemporaryStore()
        // Tables that belong to virtual tables and to SQLite itself are nobody's business.
        let names = try store.texts(
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite_%'
            """
        ).compactMap(\.self)
        let found = try names.map { name in
            (name, try store.texts("SELECT name FROM pragma_table_info('\(name)')").compactMap(\.self))
        }
        let documented = Dictionary(
            uniqueKeysWithValues: SchemaDocumentation.all.map { ($0.name, $0.columns.map(\.name)) })
        #expect(Set(found.map { $0.0 }) == Set(documented.keys))
        for (name, columns) in found { #expect(documented[name] == columns, "\(name)") }
        for table in SchemaDocumentation.all {
            for column in table.columns { #expect(column.help.hasSuffix(".") && column.help.count >= 5) }
        }
    }

    @Test func migrationsLeadUpToTheVersion() throws {
        #expect(Migration.all.map(\.version) == Array(1...StoreSchema.version))
        let store = try TemporaryStore()
        #expect(try store.integer("PRAGMA user_version") == Int64(StoreSchema.version))
        #expect(try store.integer("PRAGMA application_id") == 0x5350_4452)
        #expect(try store.integer("PRAGMA page_size") == 8192)
        #expect(try store.texts("PRAGMA journal_mode") == ["wal"])
    }

    @Test func newFilesAreForTheirOwnerOnly() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(1)])
        for name in try FileManager.default.contentsOfDirectory(atPath: store.folder) {
            let attributes = try FileManager.default.attributesOfItem(atPath: store.folder + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test func aNewerVersionIsRefused() throws {
        let store = try TemporaryStore()
        try store.execute("PRAGMA user_version = 99")
        #expect(throws: StoreError.newerVersion(path: store.path, found: 99, supported: StoreSchema.version)) {
            try store.reopen()
        }
    }

    @Test func filesOfOthersAreRefusedAndLeftAlone() throws {
        let store = try TemporaryStore()
        let foreign = store.folder + "/foreign.db"
        try TemporaryStore.createForeign(foreign)
        #expect(throws: StoreError.foreign(path: foreign)) { try TraceWriter(path: foreign, clock: { 0 }) }
        let text = store.folder + "/notes.txt"
        let content = Data(repeating: UInt8(ascii: "x"), count: 5000)
        try content.write(to: URL(fileURLWithPath: text))
        #expect(throws: StoreError.self) { try TraceWriter(path: text, clock: { 0 }) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == content)
        #expect(throws: StoreError.self) { try TraceWriter(path: store.folder, clock: { 0 }) }
    }

    @Test func anEmptyFileBecomesADatabase() throws {
        let store = try TemporaryStore()
        let path = store.folder + "/empty.db"
        try Data().write(to: URL(fileURLWithPath: path))
        let writer = try TraceWriter(path: path, clock: { 0 })
        #expect(try writer.write(spans: [Fixture.prepare(Fixture.span(1))]).spansNew == 1)
    }
}

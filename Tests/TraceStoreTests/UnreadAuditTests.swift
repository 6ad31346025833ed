import Foundation
import Redaction
import Testing
import TraceModel

@testable import TraceStore

/// An audit names what it could not look at, and never calls it clean.
@Suite struct UnreadAuditTests {
    private func audit(_ path: String) throws -> AuditReport { try NamedAuditTests.audit(path) }

    /// Many spans of which one in the middle has a secret.
    private func large() throws -> TemporaryStore {
        let store = try TemporaryStore()
        let filler = String(repeating: "many words ", count: 60)
        try store.write(
            (1...400).map {
                Fixture.span(
                    UInt64($0),
                    attributes: [
                        Attribute("text", .string(filler)),
                        Attribute($0 == 200 ? "db.password" : "other", .string("hunter2x")),
                    ])
            })
        try store.writer.finish()
        return store
    }

    private func overwrite(_ path: String, at offset: UInt64, _ bytes: [UInt8]) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data(bytes))
        try file.close()
    }

    /// Each page in turn is damaged: the audit ends, is never clean, and what is left of the secret is found.
    @Test func damagedPagesAreNamed() throws {
        let store = try large()
        try store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let size = try #require(try store.integer("PRAGMA page_size"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: store.path))
        let copy = store.folder + "/copy.db"
        var looked = 0
        for page in stride(from: 1, to: bytes.count / Int(size), by: 3) {
            try bytes.write(to: URL(fileURLWithPath: copy))
            try overwrite(copy, at: UInt64(page) * UInt64(size), Array(repeating: 0xAA, count: 600))
            let report: AuditReport
            do { report = try audit(copy) } catch {
                // The schema itself.
                #expect("\(error)".contains("not a readable SQLite database"), "page \(page): \(error)")
                continue
            }
            looked += 1
            #expect(!report.isClean, "page \(page)")
            #expect(report.unread.allSatisfy { $0.count > 0 && !$0.example.isEmpty })
            let isThere = try Data(contentsOf: URL(fileURLWithPath: copy)).range(
                of: Data("db.password\":\"hunter2x".utf8))
            if isThere != nil {
                #expect(report.findings.contains { $0.rule == "PASSWORD" }, "page \(page): \(report)")
            }
        }
        #expect(looked > 20)
    }

    @Test func aFileThatWasCutIsNamed() throws {
        let store = try large()
        try store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: store.path))
        let copy = store.folder + "/copy.db"
        for part in [3, 5, 9] {
            try bytes.prefix(bytes.count * part / 10 - 100).write(to: URL(fileURLWithPath: copy))
            let result = Result { try audit(copy) }
            if case .success(let report) = result { #expect(!report.unread.isEmpty, "\(part)") }
        }
    }

    @Test func oddPayloadIsNamedAndLookedAtAsItStands() throws {
        let store = try large()
        try store.execute(
            "UPDATE span_payload SET attributes = '{\"token\":\"ghp" + "_a8Kd93LmQz7Xw2Rt5Vb1Nc6Yh4Jf0Gs3Pe9U\",' "
                + "WHERE key = (SELECT max(key) FROM span)")
        let report = try audit(store.path)
        #expect(report.unread.map(\.reason) == [AuditDamage.odd])
        #expect(report.findings.contains { $0.rule == "GITHUB_TOKEN" })
    }

    @Test func rowsOfNoSpanAreLookedAt() throws {
        let store = try large()
        try store.execute(
            "DELETE FROM span WHERE key IN (SELECT key FROM span_payload WHERE attributes LIKE '%db.pass%')")
        let report = try audit(store.path)
        #expect(report.findings.contains { $0.place == "span_payload.attributes" && $0.rule == "PASSWORD" })
    }

    @Test func closedTextsAreCounted() throws {
        let store = try TemporaryStore()
        try store.write([
            Fixture.span(
                1,
                attributes: [
                    Attribute("body", .bytes([0x1F, 0x8B, 0x08, 0, 1, 2, 3])),
                    Attribute("text", .string("H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==")),
                    Attribute("blob", .array([.string("U2FsdGVkX1+8Q2hGkP0zWm5sVdq1rJtY")])),
                    Attribute("word", .string("H4sI is how gzip begins in base64")),
                ])
        ])
        try store.writer.finish()
        let report = try audit(store.path)
        #expect(report.findings == [])
        #expect(
            report.unread.map { "\($0.place) \($0.count) \($0.reason.prefix(10))" } == [
                "span_payload 2 compressed", "span_payload 1 encrypted,",
            ])
    }

    @Test func whatKilledProgramsLeaveIsLookedAt() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(1)])
        try store.writer.finish()
        let text = Data("\u{0}\u{0}{\"db.password\":\"hunter2x\"}\u{0}".utf8)
        try text.write(to: URL(fileURLWithPath: store.path + "-journal"))
        try (Data(repeating: 0, count: 3 << 20) + text).write(
            to: URL(fileURLWithPath: store.path + "-rewrite-123-0"))
        let report = try audit(store.path)
        #expect(report.findings.map(\.place) == [AuditReport.journal, AuditReport.unfinishedRewrite])
        // What cannot be opened is no file to look at, and not clean.
        try FileManager.default.removeItem(atPath: store.path + "-journal")
        try FileManager.default.removeItem(atPath: store.path + "-rewrite-123-0")
        try FileManager.default.createSymbolicLink(
            atPath: store.path + "-rewrite-123-0", withDestinationPath: "/nowhere")
        let other = try audit(store.path)
        #expect(other.findings == [])
        #expect(other.unread.map(\.place) == [AuditReport.unfinishedRewrite])
    }

    @Test func whatIsWrittenMeanwhileIsNamed() throws {
        let store = try large()
        var isWritten = false
        let report = try StoreAudit(path: store.path, treatment: NamedAuditTests.treatment).run { _ in
            guard !isWritten else { return }
            isWritten = true
            try store.write([Fixture.span(1_000)])
        }
        #expect(report.unread.map(\.place) == [AuditReport.database])
    }

    @Test func aMediumForReadingIsLookedThroughWithItsLog() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(1, attributes: [Attribute("db.password", .string("hunter2x"))])])
        let place = store.folder + "/medium"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: store.path + suffix, toPath: place + "/traces.db" + suffix)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
        // Root writes everywhere: there the file is only looked through.
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: place)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: place) }
        let report = try audit(place + "/traces.db")
        #expect(report.findings.contains { $0.place == "span_payload.attributes" })
        #expect(report.unread == [])
        if geteuid() != 0 {
            #expect(try FileManager.default.contentsOfDirectory(atPath: place).sorted() == names)
        }
    }

    @Test func otherFilesAreErrors() throws {
        let store = try TemporaryStore()
        let path = store.folder + "/other.db"
        try TemporaryStore.createForeign(path)
        #expect(throws: StoreError.foreign(path: path)) { try audit(path) }
        try Data([0x1F, 0x8B, 0x08] + Array(repeating: 7, count: 4_096)).write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.self) { try audit(path) }
        let held = try MigrationTests.dumped(4)
        let locker = try SQLiteConnection(held, .readWrite)
        try locker.execute("PRAGMA locking_mode = EXCLUSIVE")
        try locker.transaction { try locker.execute("UPDATE counter SET value = value") }
        #expect(throws: StoreError.locked(path: held)) { try audit(held) }
    }

    @Test func foundTextsBeyondTheLimitAreCounted() {
        var secrets = SecretSet()
        for number in 0..<(1 << 16) + 3 { secrets.insert("secret-\(number)-text", rule: "A") }
        #expect(secrets.left == 3)
        #expect(secrets.secrets.count == 1 << 16)
    }
}

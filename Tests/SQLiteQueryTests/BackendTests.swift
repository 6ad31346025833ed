import Foundation
import Testing
import TraceModel
import TraceQuery
import TraceStore

@testable import SQLiteQuery

@Suite struct BackendTests {
    @Test func missingFileIsItsOwnError() throws {
        #expect(throws: QueryError.missing(path: "/nowhere/traces.db")) {
            try SQLiteBackend(path: "/nowhere/traces.db")
        }
    }

    @Test func everyFaultOfAFileIsItsOwnError() throws {
        let fixture = try QueryFixture()
        #expect(throws: QueryError.unreadable(path: fixture.folder, detail: "Is a directory")) {
            try SQLiteBackend(path: fixture.folder)
        }
        let text = fixture.folder + "/notes.txt"
        try Data(repeating: UInt8(ascii: "x"), count: 9000).write(to: URL(fileURLWithPath: text))
        #expect { try SQLiteBackend(path: text) } throws: { error in
            if case QueryError.corrupt = error { true } else { false }
        }
        let foreign = fixture.folder + "/foreign.db"
        try Data().write(to: URL(fileURLWithPath: foreign))
        try SQLiteConnection(foreign, .readWrite).execute("CREATE TABLE mine (x)")
        #expect(throws: QueryError.foreign(path: foreign)) { try SQLiteBackend(path: foreign) }
        let empty = fixture.folder + "/empty.db"
        try Data().write(to: URL(fileURLWithPath: empty))
        #expect(throws: QueryError.olderVersion(path: empty, found: 0, needed: 1)) { try SQLiteBackend(path: empty) }
        try SQLiteConnection(fixture.path, .readWrite).execute("PRAGMA user_version = 7")
        #expect(throws: QueryError.newerVersion(path: fixture.path, found: 7, supported: StoreSchema.version)) {
            try SQLiteBackend(path: fixture.path)
        }
    }

    @Test func aDamagedFileFailsCleanly() async throws {
        let fixture = try Incidents.fixture()
        let copy = fixture.folder + "/copy.db"
        try FileManager.default.copyItem(atPath: fixture.path, toPath: copy)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
        for index in stride(from: 8192, to: bytes.count, by: 37) { bytes[index] = 0xA5 }
        try bytes.write(to: URL(fileURLWithPath: copy))
        do {
            let backend = try SQLiteBackend(path: copy)
            _ = try await backend.run(TraceListRequest())
            Issue.record("a damaged file was read")
        } catch QueryError.corrupt(let path, _) {
            #expect(path == copy)
        }
    }

    @Test func aLockedDatabaseSaysSo() throws {
        let fixture = try Incidents.fixture()
        // Outside of the write-ahead log a writer can shut readers out.
        let plain = fixture.folder + "/plain.db"
        try SQLiteConnection(fixture.path, .readWrite).execute("VACUUM INTO '\(plain)'")
        let holder = try SQLiteConnection(plain, .readWrite)
        try holder.execute("BEGIN EXCLUSIVE")
        #expect(throws: QueryError.locked(path: plain)) { try SQLiteBackend(path: plain) }
        try holder.execute("ROLLBACK")
        #expect(throws: Never.self) { try SQLiteBackend(path: plain) }
    }

    @Test func readOnlyPlacesOpen() async throws {
        let fixture = try Incidents.fixture()
        let place = fixture.folder + "/medium with spaces ?#%"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let copy = place + "/file.db"
        try FileManager.default.copyItem(atPath: fixture.path, toPath: copy)
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: place)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: place) }
        let backend = try SQLiteBackend(path: copy, now: { QueryFixture.now })
        #expect(try await backend.kept("kind:llm") == [3, 1, 2])
        // What root can write anyway is read through the other way directly.
        let immutable = try ReadOnlyFile.openSnapshot(copy)
        let count = await immutable.run { try TraceListReader(session: $0).summary(1).spanCount }
        #expect(try count.get() == 3)
    }

    /// A database and its log as they lie on a medium that nobody writes to: the log holds the last trace.
    private func medium(_ fixture: QueryFixture) throws -> String {
        let place = fixture.folder + "/medium"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let holder = try SQLiteConnection(fixture.path, .readWrite)
        try holder.execute("PRAGMA wal_autocheckpoint = 0")
        try holder.execute("INSERT INTO counter (name, value) VALUES ('only in the log', 1)")
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: fixture.path + suffix, toPath: place + "/file.db" + suffix)
        }
        return place + "/file.db"
    }

    @Test func aLogIsReadWhereNothingCanBeWrittenBesideIt() throws {
        let fixture = try Incidents.fixture()
        let path = try medium(fixture)
        let before = try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent)
        let query = "SELECT value FROM counter WHERE name = 'only in the log'"
        let snapshot = try SQLiteConnection.snapshot(of: path)
        #expect(try snapshot.integer(query) == 1 && snapshot.isCurrent)
        let after = try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent)
        #expect(before.sorted() == after.sorted())
        // Without the log the file is read as it stands.
        try FileManager.default.removeItem(atPath: path + "-wal")
        #expect(!snapshot.isCurrent)
        #expect(try SQLiteConnection.snapshot(of: path).integer(query) == nil)
        withExtendedLifetime(fixture) {}
    }

    @Test func aSnapshotNoticesThatItsOwnerWrites() throws {
        let fixture = try Incidents.fixture()
        let snapshot = try ReadOnlyFile.openSnapshot(fixture.path)
        let version = snapshot.fileVersion
        #expect(snapshot.isCurrent && version != nil)
        try fixture.write([QueryFixture.span(1, trace: 77)])
        #expect(!snapshot.isCurrent && snapshot.fileVersion != version)
    }

    @Test func nothingIsWritten() async throws {
        let fixture = try Incidents.fixture()
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let backend = try fixture.backend()
        _ = try await backend.kept("policy or kind:tool")
        await #expect(throws: QueryError.self) { _ = try await backend.sql("DELETE FROM trace") }
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
        #expect(backend.displayName == "traces.db")
    }

    @Test func changesOfOthersAreNoticed() async throws {
        let fixture = try Incidents.fixture()
        let backend = try fixture.backend()
        let first = try await backend.dataVersion()
        #expect(try await backend.dataVersion() == first)
        try fixture.write([QueryFixture.span(1, trace: 77)])
        let second = try await backend.dataVersion()
        #expect(second != first)
        #expect(try await backend.kept("trace:000000000000feed000000000000004d") == [77])
    }

    @Test func readingGoesOnWhileAnotherProgramWrites() async throws {
        let fixture = try Incidents.fixture()
        let backend = try fixture.backend()
        let path = fixture.path
        let writing = Task.detached {
            let writer = try TraceWriter(path: path, clock: { 0 })
            for trace in 100..<160 as Range<UInt64> {
                let spans = (1...20).map { QueryFixture.span($0, trace: trace, parent: $0 == 1 ? nil : 1) }
                _ = try writer.write(spans: spans.map { QueryFixture.prepare($0) })
            }
            try writer.finish()
        }
        var last = 0
        for _ in 0..<40 {
            let request = TraceListRequest(limit: 500, includesOverview: true)
            let page = try await backend.run(request)
            // One request sees one state of the database.
            #expect(page.overview?.matching == page.rows.count)
            #expect(page.overview?.totalTraces == page.rows.count)
            #expect(page.rows.count >= last)
            last = page.rows.count
        }
        try await writing.value
        #expect(try await backend.kept("").count == 65)
    }

    /// A request that no reader of SQLite answers.
    private struct StrangeRequest: TraceRequest {
        typealias Answer = Int
    }

    @Test func whatHasNoAnswerSaysSo() async throws {
        let backend = try Incidents.fixture().backend()
        #expect(backend.capabilities.answers(LedgerRequest.self))
        #expect(!backend.capabilities.answers(StrangeRequest.self))
        #expect(backend.capabilities.writableFile == backend.path && backend.capabilities.noticesChanges)
        await #expect(
            throws: QueryError.unsupported(reason: "a SQLite database has no answer to a StrangeRequest")
        ) {
            try await backend.run(StrangeRequest())
        }
    }

    @Test func rejectsAreListed() async throws {
        let fixture = try QueryFixture()
        _ = try fixture.writer.write(
            spans: [],
            rejects: [
                StoredRejection(file: "a.json", byteOffset: 12, line: nil, reason: "cut off"),
                StoredRejection(file: "-", byteOffset: nil, line: 3, reason: "no JSON"),
            ])
        let backend = try fixture.backend()
        let records = try await backend.run(RejectsRequest(limit: 10))
        #expect(
            records == [
                RejectedRecord(file: "a.json", byteOffset: 12, line: nil, reason: "cut off", timeUnixNano: 1_000),
                RejectedRecord(file: "-", byteOffset: nil, line: 3, reason: "no JSON", timeUnixNano: 1_000),
            ])
        let one = try await backend.run(RejectsRequest(limit: 1))
        #expect(one.count == 1)
    }
}

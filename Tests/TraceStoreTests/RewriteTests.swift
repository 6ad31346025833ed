import Foundation
import Testing
import TraceModel

@testable import TraceStore

@Suite struct RewriteTests {
    static let audit = AuditRecord(
        timeUnixNano: 5, user: "nobody", action: .fix, traceIDs: [], format: "", policy: "stand-in", selection: "all")

    /// A secret of its own for each place that it is planted in.
    static func secret(_ number: Int) -> String {
        "SKLIVE" + String(format: "%04d", number) + "q7Zx9Wk2Lm4Np"
    }

    /// What of all secrets is in the bytes of any file of a folder.
    static func leaks(in folder: String, _ count: Int = 40) throws -> [String] {
        var found: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
            for number in 0..<count where bytes.range(of: Data(secret(number).utf8)) != nil {
                found.append("\(name): \(number)")
            }
            if bytes.range(of: Data("q7zx9wk2lm4np".utf8)) != nil { found.append("\(name): a word") }
            if bytes.range(of: Data("q7Zx9Wk2Lm4Np".utf8)) != nil { found.append("\(name): a part") }
        }
        return found
    }

    /// A database with a secret in every place where a text can stand.
    static func planted() throws -> TemporaryStore {
        let store = try TemporaryStore()
        var span = Fixture.span(
            1, name: "call " + secret(0),
            attributes: [
                Attribute("prompt", .string("use \(secret(1)) now")), Attribute(secret(2), .int(3)),
                Attribute("deep", .map([Attribute("list", .array([.string(secret(3)), .int(1)]))])),
                Attribute("gen_ai.agent.name", .string("agent " + secret(4))),
                Attribute("gen_ai.operation.name", .string("chat")),
                Attribute("gen_ai.request.model", .string(secret(5))),
                Attribute("gen_ai.conversation.id", .string(secret(6))),
                Attribute("gen_ai.tool.name", .string(secret(7))),
            ])
        span.status = SpanStatus(.error, message: "denied " + secret(8))
        span.traceState = "k=" + secret(9)
        span.events = [
            SpanEvent(timeUnixNano: 3, name: secret(10), attributes: [Attribute("x", .string(secret(11)))])
        ]
        span.links = [
            SpanLink(
                traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), attributes: [Attribute("y", .string(secret(12)))])
        ]
        span.resource.attributes.append(Attribute("host.name", .string(secret(13))))
        span.scope.name = secret(14)
        let long = String(repeating: "much text and then ", count: 2_000) + secret(15)
        let other = Fixture.span(2, parent: 1, attributes: [Attribute("long", .string(long))])
        let log = SpanLogRecord(
            traceID: span.traceID, spanID: span.spanID,
            event: SpanEvent(
                timeUnixNano: 4, name: "log", attributes: [Attribute("z", .string(secret(16)))], origin: .log,
                body: .string("said " + secret(17))),
            resource: span.resource, scope: span.scope)
        var waiting = log
        waiting.spanID = SpanID(0x77)
        waiting.event.body = .string(secret(18))
        var lonely = waiting
        lonely.traceID = TraceID(high: 9, low: 9)
        lonely.event.body = .string(secret(19))
        // Split over chunks, in a stream that joins a span, and in one that waits.
        let cut = Array(secret(20).utf8)
        let words = ["before ", String(decoding: cut[..<9], as: UTF8.self), String(decoding: cut[9...], as: UTF8.self)]
        var recording = StreamFixture.recording(1, response: nil, owner: .span(span.traceID, SpanID(2)), words: words)
        recording.info.errorMessage = secret(21)
        recording.info.remarks = ["odd " + secret(22)]
        var standIn = StreamFixture.recording(2, response: "resp-later", words: ["all of ", secret(23), " at once"])
        standIn.span.searchText = "search " + secret(24)
        standIn.span.span.attributes.append(Attribute("prompt", .string("search " + secret(24))))
        _ = try store.writer.write(
            spans: [PreparedSpan(span), PreparedSpan(other)],
            logs: [log, waiting, lonely].map { PreparedLog(record: $0) }, streams: [recording, standIn],
            rejects: [
                StoredRejection(file: "/tmp/\(secret(25)).json", byteOffset: 1, line: 2, reason: "bad " + secret(26))
            ])
        try store.writer.append(
            audit: AuditRecord(
                timeUnixNano: 1, user: "nobody", action: .export, traceIDs: ["ab"], format: "html",
                policy: "unredacted", selection: "--filter text:" + secret(27)))
        try store.writer.setProvenance(["selection": secret(28)])
        // Rows that are gone leave their bytes in free pages.
        try store.writer.finish()
        let careless = try SQLiteConnection(store.path, .readWrite)
        try careless.execute("PRAGMA secure_delete = 0")
        try careless.execute("CREATE TABLE gone (text TEXT)")
        try careless.execute("INSERT INTO gone VALUES ('\(long + secret(29))')")
        try careless.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try careless.execute("DROP TABLE gone")
        try careless.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return store
    }

    private func fix(_ store: TemporaryStore) throws -> RewriteReport {
        try StoreRewriter(path: store.path, clock: { 3_000 }).rewrite(
            audit: Self.audit, common: StandIn.treatment, treatment: { _ in .redacted(StandIn.treatment) })
    }

    @Test func nothingOfASecretIsInAnyFileAfterwards() throws {
        let store = try Self.planted()
        #expect(try Self.leaks(in: store.folder).count > 25)
        let report = try fix(store)
        #expect(!report.isWalPending)
        #expect(report.spans == 3)
        #expect(report.traces == 2)
        #expect(report.counts.total >= 27)
        #expect(try Self.leaks(in: store.folder) == [])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: store.folder).allSatisfy { !$0.contains("rewrite") })
        #expect(try store.texts("PRAGMA integrity_check") == ["ok"])
        #expect(try store.texts("SELECT user FROM audit_log ORDER BY id") == ["nobody", "nobody"])
        #expect(try store.texts("SELECT action FROM audit_log ORDER BY id") == ["export", "fix"])
        let attributes = try FileManager.default.attributesOfItem(atPath: store.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func everythingElseIsAsBefore() throws {
        let store = try Self.planted()
        let questions = [
            "SELECT id || ':' || ordinal || ':' || marks || ':' || ifnull(start_ns, '-') FROM span ORDER BY key",
            "SELECT lower(hex(id)) || span_count || ':' || error_count FROM trace ORDER BY key",
            "SELECT lower(hex(trace_id)) || span_id || (text_key IS NULL) FROM log_record ORDER BY trace_id, span_id",
            "SELECT waits_for FROM stream ORDER BY key", "SELECT chunks FROM stream ORDER BY key",
            "SELECT end_cause || timing || from_span FROM stream ORDER BY key",
            "SELECT time_ns FROM reject", "SELECT value FROM counter ORDER BY name",
            "SELECT count(*) FROM response", "SELECT count(*) FROM span_text_word",
        ]
        let before = try questions.map { try store.texts($0) }
        _ = try fix(store)
        for (question, answer) in zip(questions.dropLast(), before) {
            #expect(try store.texts(question) == answer, "\(question)")
        }
        let joined = try store.texts("SELECT data FROM stream_block ORDER BY key")
        #expect(joined.count == 2)
        // The stream that waits finds its span, and the stand-in goes, index and all.
        let counts = try TraceWriter(path: store.path, clock: { 1 }).write(
            spans: [StreamFixture.call(5, response: "resp-later")])
        #expect(counts.streamsJoined == 1)
        #expect(try store.texts("SELECT waits_for FROM stream WHERE waits_for IS NOT NULL") == [])
        #expect(try store.integer("SELECT count(*) FROM span_text_word WHERE term = 'search'") == 0)
    }

    @Test func whatIsKnownOfRedactionGrows() throws {
        let store = try Self.planted()
        _ = try fix(store)
        #expect(
            try store.texts("SELECT policies FROM trace_redaction ORDER BY trace") == [
                "[\"stand-in\"]", "[\"stand-in\"]",
            ])
        #expect(
            try store.texts("SELECT spans_redacted || ':' || spans_raw FROM trace_redaction ORDER BY trace") == [
                "2:0", "1:0",
            ])
        let first = try store.texts("SELECT counts FROM trace_redaction ORDER BY trace")
        // Once more replaces nothing and counts nothing twice.
        #expect(try fix(store).counts.isEmpty)
        #expect(try store.texts("SELECT counts FROM trace_redaction ORDER BY trace") == first)
    }

    @Test func aKilledRewriteLeavesTheOldDatabase() throws {
        let store = try Self.planted()
        let before = try store.texts("SELECT attributes FROM span_payload ORDER BY key")
        let copy = store.folder + "-copy"
        defer { try? FileManager.default.removeItem(atPath: copy) }
        struct Killed: Error {}
        let files = FileManager.default
        #expect(throws: StoreError.self) {
            try StoreRewriter(path: store.path, clock: { 1 }).rewrite(
                audit: Self.audit, common: nil, treatment: { _ in .leftOut },
                progress: { progress in
                    guard progress.tracesDone == progress.tracesTotal else { return }
                    // All files as they stand now are what a killed process leaves.
                    try files.copyItem(atPath: store.folder, toPath: copy)
                    throw Killed()
                })
        }
        #expect(try store.texts("SELECT attributes FROM span_payload ORDER BY key") == before)
        #expect(try files.contentsOfDirectory(atPath: copy).contains { $0.contains("-rewrite-") })
        let left = try SQLiteConnection(copy + "/traces.db", .readOnly).texts(
            "SELECT attributes FROM span_payload ORDER BY key")
        #expect(left == before)
        // The next rewrite takes away what is left of it.
        _ = try StoreRewriter(path: copy + "/traces.db", clock: { 1 }).rewrite(
            audit: Self.audit, common: nil, treatment: { _ in .kept })
        #expect(try files.contentsOfDirectory(atPath: copy).allSatisfy { !$0.contains("-rewrite-") })
    }

    @Test func nobodyWritesMeanwhileAndReadersGoOn() throws {
        let store = try Self.planted()
        let other = try SQLiteConnection(store.path, .readWrite, patience: 0)
        let report = try StoreRewriter(path: store.path, clock: { 1 }).rewrite(
            audit: Self.audit, common: nil, treatment: { _ in .kept },
            progress: { _ throws in
                #expect(throws: SQLiteFailure.self) { try other.execute("BEGIN IMMEDIATE") }
                #expect(try other.integer("SELECT count(*) FROM span") == 3)
            })
        #expect(!report.isWalPending)
        try other.execute("BEGIN IMMEDIATE")
        // A rewrite gives up where another program writes.
        let busy = Result {
            try DatabaseReplacement(store.path, with: store.path, patience: 0)
        }
        #expect(throws: SQLiteFailure.self) { try busy.get() }
        try other.execute("COMMIT")
        #expect(try other.integer("SELECT count(*) FROM span") == 3)
    }

    @Test func aReaderOfTheOldStateIsToldOf() throws {
        let store = try Self.planted()
        let reader = try SQLiteConnection(store.path, .readOnly)
        try reader.execute("BEGIN")
        #expect(try reader.integer("SELECT count(*) FROM span WHERE name > 0") == 3)
        let report = try StoreRewriter(path: store.path, clock: { 1 }, patience: 10).rewrite(
            audit: Self.audit, common: StandIn.treatment, treatment: { _ in .redacted(StandIn.treatment) })
        #expect(report.isWalPending)
        #expect(try reader.integer("SELECT count(*) FROM audit_log") == 1)
        try reader.execute("COMMIT")
        #expect(try reader.integer("SELECT count(*) FROM audit_log") == 2)
    }

    @Test func tracesAreLeftOutWithAllThatIsTheirs() throws {
        let store = try Self.planted()
        let first = try #require(try store.texts("SELECT lower(hex(id)) FROM trace ORDER BY key").first)
        let report = try StoreRewriter(path: store.path, clock: { 1 }).rewrite(
            audit: Self.audit, common: nil, treatment: { $0.hex == first ? .leftOut : .kept })
        #expect(report.tracesLeftOut == 1)
        #expect(try store.integer("SELECT count(*) FROM trace") == 1)
        // Its log records went with it, but not those that wait for another trace.
        #expect(try store.integer("SELECT count(*) FROM log_record") == 1)
        // The resource, the scope and an attribute are also those of the record that waits.
        #expect(
            try Self.leaks(in: store.folder, 18).filter { !$0.contains("a ") } == [
                "traces.db: 13", "traces.db: 14", "traces.db: 16",
            ])
        #expect(try store.integer("SELECT value FROM counter WHERE name = 'spans'") == 1)
    }

    @Test func equalSpansStayApart() throws {
        let store = try TemporaryStore()
        let spans = (0..<3).map { number in
            Fixture.span(
                1, name: "step \(number)", attributes: [Attribute("secret", .string(Self.secret(number)))])
        }
        try store.write(spans + [Fixture.span(2, parent: 1)])
        var masking = StandIn.treatment
        masking.span = { span, counts in
            span.name = "step"
            span.attributes = []
            counts.add("ALL")
        }
        let treatment = masking
        let report = try StoreRewriter(path: store.path, clock: { 1 }).rewrite(
            audit: Self.audit, common: nil, treatment: { _ in .redacted(treatment) })
        #expect(report.spans == 4)
        #expect(try store.texts("SELECT ordinal FROM span ORDER BY key") == ["0", "1", "2", "0"])
        #expect(try store.texts("SELECT counts FROM trace_redaction") == ["{\"ALL\":4}"])
    }

    @Test func anOlderFileBecomesANewOne() throws {
        let store = try MigrationTests.oldFile()
        let report = try StoreRewriter(path: store.path, clock: { 1 }).rewrite(
            audit: Self.audit, common: nil, treatment: { _ in .kept })
        #expect(report.spans == 2)
        #expect(try store.integer("PRAGMA user_version") == Int64(StoreSchema.version))
        #expect(try store.integer("SELECT count(*) FROM response") == 2)
        #expect(try store.integer("SELECT count(*) FROM trace_redaction") == 0)
    }

    @Test func filesOfOthersAreLeftAlone() throws {
        let store = try TemporaryStore()
        let foreign = store.folder + "/foreign.db"
        try TemporaryStore.createForeign(foreign)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: foreign))
        #expect(throws: StoreError.foreign(path: foreign)) {
            try StoreRewriter(path: foreign, clock: { 1 }).rewrite(
                audit: Self.audit, common: nil, treatment: { _ in .kept })
        }
        #expect(throws: StoreError.self) {
            try StoreRewriter(path: store.folder + "/none.db", clock: { 1 }).rewrite(
                audit: Self.audit, common: nil, treatment: { _ in .kept })
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: foreign)) == bytes)
    }
}

import Foundation
import Redaction
import Testing
import TraceModel

@testable import TraceStore

/// The audit finds what only the name beside a value gives away: in rows, and in bytes that no row tells.
@Suite struct NamedAuditTests {
    static let treatment = TextTreatment(Redactor(policy: .standard, key: RedactionKey(bytes: Array(0..<32))))

    static func audit(_ path: String) throws -> AuditReport {
        try StoreAudit(path: path, treatment: treatment, patience: 50).run()
    }

    private static func places(_ report: AuditReport) -> Set<String> { Set(report.findings.map(\.place)) }

    /// A password that no form gives away.
    private static func password(_ number: Int) -> String { "hunter2x\(number)" }

    /// One span for each way in which a name stands beside its value.
    private static func spans() -> [Span] {
        let ways: [[Attribute]] = [
            [Attribute("db.password", .string(password(0)))],
            [
                Attribute(
                    "gen_ai.tool.call.arguments",
                    .map([Attribute("env", .map([Attribute("DB_PASSWORD", .string(password(1)))]))]))
            ],
            [
                Attribute(
                    "http.headers",
                    .array([
                        .map([Attribute("name", .string("X-Password")), Attribute("value", .string(password(2)))])
                    ]))
            ],
            [Attribute("arguments", .string("{\"login\":{\"password\":\"\(password(3))\"}}"))],
        ]
        var spans = ways.enumerated().map { Fixture.span(UInt64($0.offset + 1), attributes: $0.element) }
        spans[0].events = [
            SpanEvent(timeUnixNano: 1, name: "login", attributes: [Attribute("user.password", .string(password(4)))])
        ]
        spans[1].links = [
            SpanLink(
                traceID: TraceID(high: 1, low: 1), spanID: SpanID(9),
                attributes: [Attribute("passwd", .string(password(5)))])
        ]
        spans[2].resource.attributes.append(Attribute("smtp.password", .string(password(6))))
        return spans
    }

    private static let log = SpanLogRecord(
        traceID: TraceID(high: 0xABCD, low: 7), spanID: SpanID(1),
        event: SpanEvent(
            timeUnixNano: 4, name: "log", origin: .log,
            body: .map([Attribute("password", .string(password(7)))])),
        resource: Resource(), scope: InstrumentationScope())

    static func planted() throws -> TemporaryStore {
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: spans().map { PreparedSpan($0) }, logs: [PreparedLog(record: log)])
        try store.writer.finish()
        return store
    }

    @Test func inRows() throws {
        let store = try Self.planted()
        let report = try Self.audit(store.path)
        #expect(
            Self.places(report).isSuperset(of: [
                "span_payload.attributes", "span_payload.events", "span_payload.links", "resource.attributes",
                "log_record.event",
            ]))
        #expect(report.findings.first { $0.place == "span_payload.attributes" }?.count == 4)
        #expect(report.findings.allSatisfy { $0.rule == "PASSWORD" })
        #expect(!"\(report)".contains("hunter"))
        #expect(report.unread == [])
    }

    /// Takes spans out as a program does that overwrites nothing.
    private static func deleteRows(_ path: String, alsoOf tables: [String] = []) throws {
        let careless = try SQLiteConnection(path, .readWrite)
        try careless.execute("PRAGMA secure_delete = 0")
        for table in ["span_payload", "span"] + tables { try careless.execute("DELETE FROM \(table)") }
        try careless.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Rows that are gone leave names and values in the bytes of their pages.
    @Test(arguments: [true, false]) func inBytesOfRowsThatAreGone(areLong: Bool) throws {
        let store = try TemporaryStore()
        var spans = Self.spans()
        if areLong {
            // Longer than pages, so that whole pages become free, and a name and its value stand in two of them.
            for index in spans.indices {
                let filler = Attribute("a", .string(String(repeating: "many words ", count: 3_000 + 37 * index)))
                spans[index].attributes.insert(filler, at: 0)
            }
        }
        _ = try store.writer.write(spans: spans.map { PreparedSpan($0) })
        try store.writer.finish()
        try Self.deleteRows(store.path, alsoOf: ["resource"])
        let report = try Self.audit(store.path)
        #expect(report.spans == 0)
        let place = areLong ? AuditReport.freePages : AuditReport.unusedBytes
        let found = report.findings.filter { $0.place == place && $0.rule == "PASSWORD" }
        #expect(found.map(\.count).reduce(0, +) >= 4)
    }

    /// A name at the end of one free page and its value on the next.
    @Test func overTheEdgeOfAFreePage() throws {
        for filler in 8_050..<8_070 {
            let store = try TemporaryStore()
            let connection = try SQLiteConnection(store.path, .readWrite)
            try connection.execute("PRAGMA secure_delete = 0")
            let text = String(repeating: "x", count: 24_000 + filler) + "\\\",\\\"db.password\\\":\\\"hunter2x\\\"}"
            let row = "{\"a\":\"" + text.replacing("\\\"", with: "\"")
            try connection.execute("CREATE TABLE gone (text TEXT)")
            try connection.execute("INSERT INTO gone VALUES ('\(row)')")
            try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            try connection.execute("DELETE FROM gone")
            try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            let report = try Self.audit(store.path)
            #expect(report.findings.contains { $0.rule == "PASSWORD" }, "\(filler)")
        }
    }

    @Test func inFramesOfTheLog() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(1, attributes: [Attribute("db.password", .string("hunter2x"))])])
        let connection = try SQLiteConnection(store.path, .readWrite)
        try connection.execute("UPDATE span_payload SET attributes = '{}'")
        let report = try Self.audit(store.path)
        #expect(Self.places(report) == [AuditReport.log])
    }

    @Test func afterMendingNothingIsFound() throws {
        let store = try Self.planted()
        _ = try StoreRewriter(path: store.path, clock: { 1 }).rewrite(
            audit: RewriteTests.audit, common: Self.treatment, treatment: { _ in .redacted(Self.treatment) })
        #expect(try Self.audit(store.path).isClean)
        // Nor in what is left of rows that were redacted.
        try Self.deleteRows(store.path)
        #expect(try Self.audit(store.path).findings == [])
    }

    /// Names that say nothing, and values that are none, are found nowhere.
    @Test func harmlessNamesAreLeftAlone() throws {
        let store = try TemporaryStore()
        try store.write([
            Fixture.span(
                1,
                attributes: [
                    Attribute("token", .string("a plain word and a number 12345")),
                    Attribute("password_reset_url", .string("https://example.com/reset")),
                    Attribute("gen_ai.usage.tokens", .string("many")), Attribute("key", .string("value")),
                    Attribute("password", .string("")), Attribute("api_key", .string("[API_KEY#0a1b2c3d]")),
                    Attribute("note", .string("the \"password\": is in the vault")),
                ])
        ])
        try store.writer.finish()
        #expect(try Self.audit(store.path).isClean)
        try Self.deleteRows(store.path)
        #expect(try Self.audit(store.path).findings == [])
    }

    /// Files that earlier versions wrote, when no rule knew names.
    @Test func inFilesOfEarlierVersions() throws {
        let first = try MigrationTests.oldFile()
        for path in [first.path, try MigrationTests.dumped(4)] {
            #expect(try Self.audit(path).isClean)
            let connection = try SQLiteConnection(path, .readWrite)
            let key = try #require(try connection.integer("SELECT min(key) FROM span"))
            try connection.execute(
                "UPDATE span_payload SET attributes = '{\"env\":{\"DB_PASSWORD\":\"hunter2x\"}}' WHERE key = \(key)")
            let version = try connection.integer("PRAGMA user_version")
            connection.close()
            #expect(Self.places(try Self.audit(path)).contains("span_payload.attributes"))
            #expect(try SQLiteConnection(path, .readOnly).integer("PRAGMA user_version") == version)
            _ = try StoreRewriter(path: path, clock: { 1 }).rewrite(
                audit: RewriteTests.audit, common: Self.treatment, treatment: { _ in .redacted(Self.treatment) })
            #expect(try Self.audit(path).isClean)
        }
    }

    @Test func piecesOfJSONArePutTogether() {
        func read(_ text: String, _ startsInString: Bool = false) -> [Attribute] {
            Array(text.utf8).withUnsafeBytes { StoredText.attributes(of: $0, startsInString: startsInString) }
        }
        #expect(
            read(#"{"a":"b","c":{"d":["e",1,{"f":"g\"h"}]}}"#) == [
                Attribute("a", .string("b")),
                Attribute(
                    "c",
                    .map([Attribute("d", .array([.string("e"), .map([Attribute("f", .string("g\"h"))])]))])),
            ])
        #expect(read(#"nd of it","a":"b"},"c":"cut"#, true) == [Attribute("a", .string("b"))])
        #expect(read(#"{"a":1,"b":true,"c":"d"}"#) == [Attribute("c", .string("d"))])
        #expect(read(#"[{"name":"x","attributes":{"p":"q"}}]"#).contains(Attribute("p", .string("q"))))
        #expect(read("\"\\") == [])
        #expect(read(String(repeating: "[", count: 100_000)).count <= 1)
        // The wrong beginning takes no text for a name.
        #expect(read(#"{"password":"b"}"#, true).allSatisfy { $0.key != "password" })
    }

    @Test func whatAPlaceholderStandsForIsTold() {
        func found(_ before: String, _ after: String) -> [String] {
            ReplacedTexts.between(before, after).map { $0.text + " " + $0.label }
        }
        #expect(found("a secret b", "a [KEY#00000000] b") == ["secret KEY"])
        #expect(found("one,two", "[A#00000000],[B#11111111]") == ["one A", "two B"])
        #expect(found("[OLD#22222222] and new", "[OLD#22222222] and [A#00000000]") == ["new A"])
        #expect(found("all", "[MASKED]") == ["all FIELD"])
        #expect(found("same", "same") == [])
        #expect(found("short", "[A#00000000] longer than before") == ["short A"])
    }
}

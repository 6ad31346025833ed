import Foundation
import Testing
import TraceModel

@testable import TraceStore

@Suite struct StoreAuditTests {
    private func audit(_ path: String) throws -> AuditReport {
        try StoreAudit(path: path, treatment: StandIn.treatment).run()
    }

    @Test func everyPlaceIsNamed() throws {
        let store = try RewriteTests.planted()
        let report = try audit(store.path)
        let places = Set(report.findings.map(\.place))
        for place in [
            "name.text", "span_payload.attributes", "span_payload.events", "span_payload.links",
            "span_payload.status_message", "span_payload.trace_state", "resource.attributes", "scope.name",
            "shape.keys", "shape_key.key", "log_record.event", "stream_block.data", "stream.error_message",
            "stream.remarks", "stream.stand_in_text", "reject.file", "reject.reason", "trace.agents", "trace.models",
            "trace.session", "audit_log.selection", "provenance.value", AuditReport.textIndex,
            AuditReport.freePages,
        ] {
            #expect(places.contains(place), "\(place)")
        }
        #expect(report.findings.allSatisfy { $0.rule == StandIn.label && $0.count > 0 })
        let attributes = report.findings.first { $0.place == "span_payload.attributes" }
        #expect(attributes?.example == TraceID(high: 0xABCD, low: 7).hex + "/" + SpanID(1).hex)
        // The report itself must not tell.
        #expect(!"\(report)".contains("SKLIVE"))
        #expect(report.spans == 3)
        #expect(report.bytes > 8192)
    }

    @Test func afterMendingNothingIsFound() throws {
        let store = try RewriteTests.planted()
        _ = try StoreRewriter(path: store.path, clock: { 3_000 }).rewrite(
            audit: RewriteTests.audit, common: StandIn.treatment,
            treatment: { _ in .redacted(StandIn.treatment) })
        #expect(try audit(store.path).findings == [])
    }

    @Test func framesOfTheLogAreLookedThrough() throws {
        let store = try TemporaryStore()
        let secret = RewriteTests.secret(1)
        try store.write([Fixture.span(1, attributes: [Attribute("prompt", .string("harmless"))])])
        // The connection stays open, so that the log stays too.
        let connection = try SQLiteConnection(store.path, .readWrite)
        try connection.execute("UPDATE name SET text = text || '\(secret)' WHERE text = 'step'")
        try connection.execute("UPDATE name SET text = 'step' WHERE text <> 'step' AND text LIKE 'step%'")
        let report = try audit(store.path)
        #expect(report.findings.map(\.place).contains(AuditReport.log))
        #expect(!report.findings.map(\.place).contains("name.text"))
    }

    @Test func unusedBytesOfPagesAreLookedThrough() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(1), Fixture.span(2, name: "gone " + RewriteTests.secret(2))])
        try store.writer.finish()
        let careless = try SQLiteConnection(store.path, .readWrite)
        try careless.execute("PRAGMA secure_delete = 0")
        try careless.execute("UPDATE name SET text = 'x' WHERE text LIKE 'gone%'")
        try careless.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let report = try audit(store.path)
        #expect(report.findings.map(\.place).contains(AuditReport.unusedBytes))
    }

    @Test func cleanAndOlderFilesAreRead() throws {
        let old = try MigrationTests.oldFile()
        #expect(try audit(old.path).isClean)
        #expect(try old.integer("PRAGMA user_version") == 1)
        #expect(throws: StoreError.self) { try audit(old.folder + "/none.db") }
    }

    @Test func anAuditChangesNothing() throws {
        let store = try RewriteTests.planted()
        let before = try Data(contentsOf: URL(fileURLWithPath: store.path))
        _ = try audit(store.path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == before)
    }
}

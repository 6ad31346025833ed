import Testing
import TraceModel

@testable import TraceStore

@Suite struct TraceRedactionTests {
    private static func redaction(_ counts: [String: Int], policy: String = "secrets") -> SpanRedaction {
        SpanRedaction(policy: policy, counts: RedactionCounts(counts))
    }

    private func rows(_ store: TemporaryStore) throws -> [String?] {
        try store.texts(
            """
            SELECT spans_redacted || ' ' || spans_raw || ' ' || policies || ' ' || counts FROM trace_redaction
            ORDER BY trace
            """)
    }

    @Test func newSpansAreCountedOnce() throws {
        let store = try TemporaryStore()
        var first = Fixture.prepare(Fixture.span(1))
        first.redaction = Self.redaction(["JWT": 2, "AWS": 1])
        var second = Fixture.prepare(Fixture.span(2))
        second.redaction = Self.redaction(["JWT": 1], policy: "all")
        let raw = Fixture.prepare(Fixture.span(3))
        _ = try store.writer.write(spans: [first])
        _ = try store.writer.write(spans: [first, second, raw])
        _ = try store.writer.write(spans: [second, raw])
        #expect(try rows(store) == [#"2 1 ["all","secrets"] {"AWS":1,"JWT":3}"#])
    }

    @Test func logRecordsCountWithTheirTraceOnceTheirSpanIsThere() throws {
        let store = try TemporaryStore()
        let span = Fixture.span(1)
        let log = PreparedLog(
            record: SpanLogRecord(
                traceID: span.traceID, spanID: span.spanID,
                event: SpanEvent(timeUnixNano: 1, name: "log", origin: .log), resource: span.resource,
                scope: span.scope),
            redaction: Self.redaction(["JWT": 4]))
        _ = try store.writer.write(spans: [], logs: [log])
        #expect(try rows(store) == [])
        #expect(try store.texts("SELECT redaction FROM log_record") == [#"{"policy":"secrets","counts":{"JWT":4}}"#])
        var prepared = Fixture.prepare(span)
        prepared.redaction = Self.redaction(["JWT": 1])
        _ = try store.writer.write(spans: [prepared], logs: [log])
        #expect(try rows(store) == [#"1 0 ["secrets"] {"JWT":5}"#])
        #expect(try store.texts("SELECT redaction FROM log_record") == [nil])
        var late = log
        late.record.event.timeUnixNano = 2
        _ = try store.writer.write(spans: [], logs: [late, log])
        #expect(try rows(store) == [#"1 0 ["secrets"] {"JWT":9}"#])
    }

    @Test func recordingsCountWithTheSpanThatTheyJoin() throws {
        let store = try TemporaryStore()
        var recording = StreamFixture.recording()
        recording.span.redaction = Self.redaction(["JWT": 3])
        _ = try store.writer.write(spans: [], streams: [recording])
        #expect(try rows(store) == [#"1 0 ["secrets"] {"JWT":3}"#])
        // The stand-in goes, and what was replaced in the stream goes with the stream.
        var call = StreamFixture.call(1)
        call.redaction = Self.redaction(["AWS": 1])
        _ = try store.writer.write(spans: [call])
        #expect(try rows(store) == [#"1 0 ["secrets"] {"AWS":1,"JWT":3}"#])
        let other = try TemporaryStore()
        _ = try other.writer.write(spans: [call], streams: [recording])
        #expect(try rows(other) == [#"1 0 ["secrets"] {"AWS":1,"JWT":3}"#])
    }

    @Test func linesOfTheAuditLogAreKept() throws {
        let store = try TemporaryStore()
        try store.writer.append(
            audit: AuditRecord(
                timeUnixNano: 7, user: "ada", action: .purge, traceIDs: ["aa", "bb"], format: "", policy: "",
                selection: "--older-than 14d"))
        #expect(try store.texts("SELECT traces || selection FROM audit_log") == [#"["aa","bb"]--older-than 14d"#])
    }
}

import Testing
import TraceModel

@testable import TraceStore

@Suite struct TraceWriterLogTests {
    private func log(_ name: String, time: Int64 = 5, said: String? = nil, span: UInt64 = 1) -> SpanLogRecord {
        var event = SpanEvent(timeUnixNano: time, name: name, origin: .log)
        if let said { event.body = .map([Attribute("content", .string(said))]) }
        return SpanLogRecord(
            traceID: TraceID(high: 0xABCD, low: 7), spanID: SpanID(span), event: event,
            resource: Resource(attributes: [Attribute("service.name", .string("shop"))]),
            scope: InstrumentationScope(name: "logs"))
    }

    private var exception: SpanLogRecord {
        var record = log("exception", time: 9)
        record.event.attributes = [
            Attribute("exception.type", .string("TimeoutError")), Attribute("exception.message", .string("too slow")),
        ]
        return record
    }

    private func isFound(_ word: String, _ store: TemporaryStore) throws -> Bool {
        try store.integer("SELECT count(*) FROM span_text WHERE span_text MATCH '\"\(word)\"'") ?? 0 > 0
    }

    @Test(arguments: ["before", "with", "after"]) func recordsJoinTheirSpan(when: String) throws {
        let store = try TemporaryStore()
        let logs = [log("gen_ai.user.message", said: "zebra crossing"), exception]
        let spans = [Fixture.span(1), Fixture.span(2, parent: 1)]
        switch when {
        case "before":
            #expect(try store.write([], logs: logs).logsNew == 2)
            #expect(try store.integer("SELECT count(*) FROM trace") == 0)
            try store.write(spans)
        case "with":
            try store.write(spans, logs: logs)
        default:
            try store.write(spans)
            try store.write([], logs: logs)
        }
        try store.writer.finish()
        #expect(try isFound("zebra", store))
        #expect(try store.integer("SELECT is_error FROM span WHERE id = 1") == 1)
        #expect(try store.packed().map(\.isError) == [true, false])
        #expect(try store.integer("SELECT error_count FROM trace") == 1)
        let type = "SELECT text FROM name WHERE id = (SELECT error_type FROM span WHERE id = 1)"
        #expect(try store.texts(type) == ["TimeoutError"])
        let events = try store.writer.reader.logEvents(trace: TraceID(high: 0xABCD, low: 7), span: SpanID(1))
        #expect(events == logs.map(\.event))
        // Known records add nothing, and the text is indexed once.
        let again = try store.write(spans, logs: logs)
        #expect(again.logsKnown == 2 && again.logsNew == 0 && again.spansKnown == 2)
        #expect(try store.integer("SELECT count(*) FROM span_text WHERE span_text MATCH 'zebra'") == 1)
    }

    @Test func recordsWithoutASpanWait() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(1)])
        try store.write([], logs: [log("gen_ai.user.message", said: "lonely", span: 44)])
        try store.writer.finish()
        #expect(try !isFound("lonely", store))
        try store.reopen()
        try store.write([Fixture.span(44, parent: 1)])
        #expect(try isFound("lonely", store))
        #expect(try store.integer("SELECT count(*) FROM log_record WHERE text_key IS NOT NULL") == 1)
    }

    @Test func keysOfTextsAndSpansDoNotMeet() throws {
        let store = try TemporaryStore()
        try store.write([Fixture.span(1)], logs: [log("gen_ai.user.message", said: "one")])
        try store.write([Fixture.span(2)], logs: [log("gen_ai.user.message", time: 6, said: "two")])
        #expect(try store.integer("SELECT count(*) FROM span JOIN log_record ON text_key = key") == 0)
        #expect(try store.integer("SELECT next_number FROM trace") == 4)
    }
}

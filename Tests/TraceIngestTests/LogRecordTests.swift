import Testing
import TraceIngest
import TraceModel

@Suite("OTLP/JSON log records")
struct LogRecordTests {
    private func document(_ records: String) -> String {
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},
        "scopeLogs":[{"scope":{"name":"lib"},"logRecords":[\(records)]}]}]}
        """
    }

    private let ids = #""traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331""#

    @Test("attaches records that name a span")
    func attached() throws {
        let decoded = try Decoded(
            document(
                """
                {\(ids),"timeUnixNano":"5","severityNumber":9,"eventName":"gen_ai.choice","droppedAttributesCount":1,
                "body":{"kvlistValue":{"values":[{"key":"index","value":{"intValue":"0"}}]}},
                "attributes":[{"key":"gen_ai.system","value":{"stringValue":"openai"}}]}
                """))
        let log = try #require(decoded.logs.first)
        #expect(decoded.rejects.isEmpty && decoded.spans.isEmpty)
        #expect(log.spanID.hex == "b7ad6b7169203331" && log.resource.serviceName == "s" && log.scope.name == "lib")
        #expect(
            log.event
                == SpanEvent(
                    timeUnixNano: 5, name: "gen_ai.choice",
                    attributes: [Attribute("gen_ai.system", .string("openai"))], droppedAttributesCount: 1,
                    origin: .log, body: .map([Attribute("index", .int(0))]), severityNumber: 9))
    }

    @Test("names a record by its field, its attribute, or not at all")
    func names() throws {
        let attribute = #""attributes":[{"key":"event.name","value":{"stringValue":"old"}}]"#
        let decoded = try Decoded(
            document(
                "{\(ids),\"eventName\":\"new\",\(attribute)},{\(ids),\(attribute)},{\(ids),\"observedTimeUnixNano\":7}")
        )
        #expect(decoded.logs.map(\.event.name) == ["new", "old", "log"])
        #expect(decoded.logs.map(\.event.timeUnixNano) == [nil, nil, 7])
        #expect(decoded.logs.map(\.event.body) == [nil, nil, nil])
    }

    @Test("counts records without a usable span as skipped")
    func skipped() throws {
        let decoded = try Decoded(
            document(
                #"{"timeUnixNano":"5"},{"traceId":"","spanId":""},{"traceId":"xx","spanId":"b7ad6b7169203331"},"#
                    + #"{"traceId":"0af7651916cd43dd8448eb211c80319c"}"#))
        #expect(decoded.logs.isEmpty && decoded.rejects.isEmpty)
        #expect(decoded.summary.skippedLogs == 4)
    }

    @Test("keeps a record whose time cannot be read")
    func unreadableTime() throws {
        let decoded = try Decoded(document("{\(ids),\"timeUnixNano\":\"x\"},{\(ids)}"))
        #expect(decoded.logs.count == 2 && decoded.rejects.isEmpty)
        #expect(decoded.logs.first?.event.timeUnixNano == nil)
    }

    @Test("skips metrics and counts them")
    func metrics() throws {
        let decoded = try Decoded(#"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"x"}]}]},{}]}"#)
        #expect(decoded.rejects.isEmpty && decoded.summary.skippedMetricGroups == 2)
    }
}

import Testing
import TraceIngest
import TraceModel

@Suite("OTLP/JSON records")
struct JSONRecordTests {
    static let traceID = "0af7651916cd43dd8448eb211c80319c"

    /// A document with one span whose members besides the ids are given.
    static func document(_ members: String, ids: String? = nil) -> String {
        let ids = ids ?? #""traceId":"\#(traceID)","spanId":"b7ad6b7169203331""#
        return #"{"resourceSpans":[{"scopeSpans":[{"spans":[{\#(ids),\#(members)}]}]}]}"#
    }

    private func span(_ members: String) throws -> Span {
        let decoded = try Decoded(Self.document(members))
        #expect(decoded.rejects.isEmpty)
        return try #require(decoded.spans.first)
    }

    @Test("keeps every field")
    func everything() throws {
        let text = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}],
            "droppedAttributesCount":1},"schemaUrl":"r/1","scopeSpans":[{"scope":{"name":"lib","version":"2",
            "attributes":[{"key":"a","value":{"boolValue":true}}],"droppedAttributesCount":2},"schemaUrl":"s/1",
            "spans":[{"traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"b7ad6b7169203331",
            "parentSpanId":"00f067aa0ba902b7","traceState":"ot=th:8","flags":257,"name":"chat","kind":3,
            "startTimeUnixNano":"1700000000000000001","endTimeUnixNano":1700000000000000009,
            "attributes":[{"key":"i","value":{"intValue":"9007199254740993"}},
            {"key":"d","value":{"doubleValue":0.5}},{"key":"n","value":{}},{"key":"b","value":{"bytesValue":"AAH/"}},
            {"key":"l","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":2},{}]}}},
            {"key":"m","value":{"kvlistValue":{"values":[{"key":"k","value":{"arrayValue":{"values":[]}}},
            {"key":"k","value":{"doubleValue":"NaN"}}]}}}],
            "droppedAttributesCount":3,"events":[{"timeUnixNano":"1700000000000000002","name":"e",
            "attributes":[{"key":"x","value":{"stringValue":"y"}}],"droppedAttributesCount":4}],
            "droppedEventsCount":5,"links":[{"traceId":"0af7651916cd43dd8448eb211c80319c",
            "spanId":"00f067aa0ba902b7","traceState":"t","flags":1,
            "attributes":[{"key":"z","value":{"intValue":1}}],"droppedAttributesCount":6}],
            "droppedLinksCount":7,"status":{"code":2,"message":"boom"},"futureField":{"a":[1]}}]}]}]}
            """
        let decoded = try Decoded(text)
        #expect(decoded.rejects == [])
        let span = try #require(decoded.spans.first)
        #expect(span.traceID.hex == Self.traceID)
        #expect(span.spanID.hex == "b7ad6b7169203331")
        #expect(span.parentSpanID?.hex == "00f067aa0ba902b7")
        #expect(span.traceState == "ot=th:8" && span.flags == 257 && span.name == "chat")
        #expect(span.otelKind == .client)
        #expect(span.startUnixNano == 1_700_000_000_000_000_001 && span.endUnixNano == 1_700_000_000_000_000_009)
        #expect(span.status == SpanStatus(.error, message: "boom"))
        #expect(span.attributes.value(of: "i") == .int(9_007_199_254_740_993))
        #expect(span.attributes.value(of: "d") == .double(0.5))
        #expect(span.attributes.value(of: "n") == .empty)
        #expect(span.attributes.value(of: "b") == .bytes([0, 1, 255]))
        #expect(span.attributes.value(of: "l") == .array([.string("x"), .int(2), .empty]))
        guard case .map(let members) = span.attributes.value(of: "m") else {
            Issue.record("no map")
            return
        }
        #expect(members.map(\.key) == ["k", "k"] && members[0].value == .array([]))
        #expect(members[1].value.doubleValue?.isNaN == true)
        #expect(span.droppedAttributesCount == 3 && span.droppedEventsCount == 5 && span.droppedLinksCount == 7)
        #expect(
            span.events == [
                SpanEvent(
                    timeUnixNano: 1_700_000_000_000_000_002, name: "e", attributes: [Attribute("x", .string("y"))],
                    droppedAttributesCount: 4)
            ])
        let link = try #require(span.links.first)
        #expect(link.spanID.hex == "00f067aa0ba902b7" && link.traceState == "t" && link.flags == 1)
        #expect(link.attributes == [Attribute("z", .int(1))] && link.droppedAttributesCount == 6)
        #expect(span.resource.serviceName == "shop" && span.resource.schemaURL == "r/1")
        #expect(span.resource.droppedAttributesCount == 1)
        #expect(span.scope.name == "lib" && span.scope.version == "2" && span.scope.schemaURL == "s/1")
        #expect(span.scope.attributes == [Attribute("a", .bool(true))] && span.scope.droppedAttributesCount == 2)
        #expect(span.marks == [.droppedData])
    }

    @Test("gives records what stands behind them")
    func lateEnvelope() throws {
        let text = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"\(Self.traceID)","spanId":"b7ad6b7169203331"}],
            "schemaUrl":"s/1","scope":{"name":"lib"}}],"schemaUrl":"r/1",
            "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]}}]}
            """
        let span = try #require(try Decoded(text).spans.first)
        #expect(span.resource.serviceName == "shop" && span.resource.schemaURL == "r/1")
        #expect(span.scope == InstrumentationScope(name: "lib", schemaURL: "s/1"))
    }

    @Test(
        "reads ids in every form",
        arguments: [
            (#""traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"B7AD6B7169203331""#),
            (#""traceId":"CvdlGRbNQ92ESOshHIAxnA==","spanId":"t61rcWkgMzE=""#),
            (#""traceId":"CvdlGRbNQ92ESOshHIAxnA","spanId":"t61rcWkgMzE""#),
            (#""trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331""#),
            (#""trace\u0049d":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331""#),
        ])
    func ids(ids: String) throws {
        let decoded = try Decoded(Self.document(#""name":"x""#, ids: ids))
        let span = try #require(decoded.spans.first)
        #expect(span.traceID.hex == Self.traceID && span.spanID.hex == "b7ad6b7169203331")
    }

    @Test(
        "rejects a span with unusable ids alone",
        arguments: [
            (#""traceId":"0af765","spanId":"b7ad6b7169203331""#, "traceId is not 32 hexadecimal digits"),
            (#""traceId":"00000000000000000000000000000000","spanId":"b7ad6b7169203331""#, "traceId is all zeros"),
            (#""traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"0000000000000000""#, "spanId is all zeros"),
            (#""traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"xyz""#, "spanId is not 16 hexadecimal digits"),
            (#""traceId":"0af7651916cd43dd8448eb211c80319c""#, "the span has no spanId"),
            (#""spanId":"b7ad6b7169203331""#, "the span has no traceId"),
            (#""traceId":7,"spanId":"b7ad6b7169203331""#, "traceId is not a string"),
        ])
    func badIDs(ids: String, reason: String) throws {
        let good = #"{"traceId":"\#(Self.traceID)","spanId":"00f067aa0ba902b7"}"#
        let text = #"{"resourceSpans":[{"scopeSpans":[{"spans":[\#(good),{\#(ids)},\#(good)]}]}]}"#
        let decoded = try Decoded(text)
        #expect(decoded.spans.count == 2)
        let rejection = try #require(decoded.rejects.first)
        #expect(decoded.rejects.count == 1)
        #expect(rejection.reason.hasPrefix("span: " + reason), "\(rejection.reason)")
        let offset = try #require(rejection.byteOffset)
        #expect(offset > 100 && offset < Int64(text.utf8.count) && rejection.line == 1)
    }

    @Test(
        "reads enumerations as numbers and names",
        arguments: [
            ("3", OTelSpanKind.client, false), (#""SPAN_KIND_CLIENT""#, .client, false), (#""3""#, .client, false),
            (#""client""#, .client, false), ("0", .unspecified, false), ("null", .unspecified, false),
            ("17", .unspecified, true), ("-1", .unspecified, true), (#""SPAN_KIND_NEW""#, .unspecified, true),
        ])
    func kinds(text: String, kind: OTelSpanKind, isUnknown: Bool) throws {
        let span = try span(#""kind":\#(text),"startTimeUnixNano":1,"endTimeUnixNano":2"#)
        #expect(span.otelKind == kind)
        #expect(span.marks == (isUnknown ? [.unknownEnum] : []))
    }

    @Test("reads status codes as numbers and names")
    func statuses() throws {
        #expect(try span(#""status":{"code":"STATUS_CODE_OK"}"#).status.code == .ok)
        #expect(try span(#""status":{}"#).status.code == .unset)
        #expect(try span(#""status":{"code":9}"#).marks.contains(.unknownEnum))
    }

    @Test(
        "marks what is odd and stores it",
        arguments: [
            (#""startTimeUnixNano":"2","endTimeUnixNano":"1""#, SpanMarks.endBeforeStart),
            (#""startTimeUnixNano":"2""#, .unfinished),
            (#""startTimeUnixNano":"2","endTimeUnixNano":"0""#, .unfinished),
            (#""endTimeUnixNano":"2""#, .missingStart),
            (#""startTimeUnixNano":1,"endTimeUnixNano":2,"parentSpanId":"b7ad6b7169203331""#, .selfParent),
            (#""startTimeUnixNano":1,"endTimeUnixNano":2,"droppedEventsCount":1"#, .droppedData),
            (
                #""startTimeUnixNano":1,"endTimeUnixNano":2,"attributes":[{"key":"a","value":{"intValue":1}},"#
                    + #"{"key":"a","value":{"intValue":2}}]"#,
                .duplicateKey
            ),
        ])
    func marks(members: String, mark: SpanMarks) throws {
        #expect(try span(members).marks == mark)
    }

    @Test(
        "takes times out of range as absent and keeps what was stated",
        arguments: [
            "18446744073709551615", "9223372036854775807", "4611686018427387904", "1e400", "36893488147419103232",
        ])
    func timesOutOfRange(stated: String) throws {
        for quote in ["", "\""] {
            let time = "\"timeUnixNano\":\(quote)\(stated)\(quote)"
            let span = try span(
                #""startTimeUnixNano":1,"events":[{\#(time),"name":"e"}],"endTimeUnixNano":\#(quote)\#(stated)\#(quote)"#
            )
            #expect(span.startUnixNano == 1 && span.endUnixNano == nil)
            #expect(span.marks == [.unfinished, .outOfRange])
            #expect(span.attributes == [OutOfRange.attribute("endTimeUnixNano", stated)])
            #expect(span.events.first?.timeUnixNano == nil)
            #expect(span.events.first?.attributes == [OutOfRange.attribute("timeUnixNano", stated)])
        }
    }

    @Test("takes empty and zero parents for none")
    func noParent() throws {
        #expect(try span(#""parentSpanId":"""#).parentSpanID == nil)
        #expect(try span(#""parentSpanId":"0000000000000000""#).parentSpanID == nil)
        #expect(try span(#""parentSpanId":null"#).parentSpanID == nil)
    }

    @Test("finds duplicate keys among many")
    func manyKeys() throws {
        let keys = (0..<40).map { #"{"key":"k\#($0)","value":{"intValue":\#($0)}}"# }
        let times = #""startTimeUnixNano":1,"endTimeUnixNano":2,"attributes":["#
        #expect(try span(times + keys.joined(separator: ",") + "]").marks == [])
        #expect(try span(times + (keys + [keys[7]]).joined(separator: ",") + "]").marks == [.duplicateKey])
    }

    @Test("accepts the names before OTLP 0.19")
    func oldNames() throws {
        let text = """
            {"resourceSpans":[{"instrumentationLibrarySpans":[{"instrumentationLibrary":{"name":"old"},
            "spans":[{"traceId":"\(Self.traceID)","spanId":"b7ad6b7169203331"}]}]}]}
            """
        #expect(try Decoded(text).spans.first?.scope.name == "old")
    }

    @Test("takes bare values for attribute values")
    func bareValues() throws {
        let span = try span(#""attributes":[{"key":"a","value":"x"},{"key":"b","value":1},{"key":"c"}]"#)
        #expect(span.attributes == [Attribute("a", .string("x")), Attribute("b", .int(1)), Attribute("c", .empty)])
    }

    @Test(
        "lets a value of the wrong type cost itself, marked",
        arguments: [
            (#""name":{"a":1}"#, "name is not a string"),
            (#""attributes":{"a":1}"#, "attributes is not an array"),
            (#""startTimeUnixNano":"soon""#, "startTimeUnixNano is not a whole number"),
            (#""startTimeUnixNano":-5"#, "startTimeUnixNano is not a whole number"),
            (#""attributes":[{"key":"a","value":{"intValue":"x"}}]"#, "intValue is not a 64-bit integer"),
            (#""attributes":[{"key":"a","value":{"bytesValue":"?"}}]"#, "bytesValue is not base64"),
            (#""attributes":[{"key":"a","value":{"boolValue":1}}]"#, "boolValue is not true or false"),
            (#""links":[{"traceId":"\#(traceID)"}]"#, "a link names no span"),
            (#""parentSpanId":"xyz""#, "parentSpanId is not 16 hexadecimal digits"),
            (#""flags":99999999999"#, "flags needs more than 32 bits"),
            (#""events":[{"timeUnixNano":"2300-01-01"}]"#, "timeUnixNano is not a whole number"),
            ("\"name\":\"a\u{1}b\"", "invalid JSON: raw control character"),
            (#""name":"a\qb""#, "invalid JSON: unknown escape"),
        ])
    func wrongTypes(members: String, reason: String) throws {
        let decoded = try Decoded(Self.document(members))
        #expect(decoded.rejects.isEmpty)
        let span = try #require(decoded.spans.first)
        #expect(span.marks.contains(.unreadableValue) && decoded.spans.count == 1)
        guard case .array(let told) = span.attributes.value(of: UnreadableValues.key) else {
            Issue.record("nothing is told of \(reason)")
            return
        }
        #expect(told.first?.stringValue?.hasPrefix(reason) == true, "\(told)")
    }

    @Test("keeps what a value of the wrong type says, and its neighbours")
    func wrongValuesAreKept() throws {
        let span = try span(
            #""attributes":[{"key":"a","value":{"intValue":"12x"}},{"key":"b","value":{"stringValue":"pelican"}}]"#)
        #expect(span.attributes.value(of: "a") == .string("12x"))
        #expect(span.attributes.value(of: "b") == .string("pelican"))
    }

    @Test("reads a very large attribute whole")
    func largeAttribute() throws {
        let text = String(repeating: "0123456789abcdef", count: 300_000)
        let span = try span(#""attributes":[{"key":"big","value":{"stringValue":"\#(text)"}}]"#)
        #expect(span.attributes.value(of: "big")?.stringValue?.utf8.count == text.utf8.count)
    }

    @Test("reads nested values to any allowed depth and rejects deeper ones alone")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            let open = String(repeating: #"{"arrayValue":{"values":["#, count: depth)
            let close = String(repeating: "]}}", count: depth)
            return #"{"key":"deep","value":\#(open)\#(close)}"#
        }
        let good = #"{"traceId":"\#(Self.traceID)","spanId":"00f067aa0ba902b7"}"#
        let bad =
            #"{"traceId":"\#(Self.traceID)","spanId":"b7ad6b7169203331","attributes":[\#(nested(10_000))]}"#
        let fits =
            #"{"traceId":"\#(Self.traceID)","spanId":"b7ad6b7169203332","attributes":[\#(nested(150))]}"#
        let decoded = try Decoded(
            #"{"resourceSpans":[{"scopeSpans":[{"spans":[\#(good),\#(bad),\#(fits)]}]}]}"#)
        #expect(decoded.spans.map(\.spanID.hex) == ["00f067aa0ba902b7", "b7ad6b7169203332"])
        #expect(decoded.rejects.map(\.reason) == ["span: nested deeper than 512 levels"])
    }
}

import TestSupport
import Testing
import TraceIngest
import TraceModel

@Suite("OTLP protobuf bodies")
struct ProtobufTests {
    private let traceID: [UInt8] = [
        0x0A, 0xF7, 0x65, 0x19, 0x16, 0xCD, 0x43, 0xDD, 0x84, 0x48, 0xEB, 0x21, 0x1C, 0x80, 0x31, 0x9C,
    ]

    private func spanID(_ number: UInt8) -> [UInt8] { [0, 0, 0, 0, 0, 0, 0, number] }

    private func keyValue(_ writer: inout WireWriter, _ key: String, _ value: (inout WireWriter) -> Void) {
        writer.text(1, key)
        writer.message(2, value)
    }

    /// A span with ids, times and whatever else is asked for.
    private func span(_ number: UInt8, _ more: (inout WireWriter) -> Void = { _ in }) -> [UInt8] {
        WireWriter { span in
            span.data(1, traceID)
            span.data(2, spanID(number))
            span.text(5, "n")
            span.fixed64(7, 1)
            span.fixed64(8, 2)
            more(&span)
        }.bytes
    }

    private func body(_ spans: [[UInt8]], group: (inout WireWriter) -> Void = { _ in }) -> [UInt8] {
        WireWriter { body in
            body.message(1) { resource in
                group(&resource)
                resource.message(2) { scope in
                    for span in spans { scope.data(2, span) }
                }
            }
        }.bytes
    }

    private func numbers(_ decoded: Decoded) -> [UInt64] { decoded.spans.map(\.spanID.rawValue) }

    @Test("gives the same span as the JSON form")
    func sameAsJSON() throws {
        let wire = WireWriter { body in
            body.message(1) { group in
                group.message(1) { resource in
                    resource.message(1) { keyValue(&$0, "service.name") { $0.text(1, "shop") } }
                    resource.number(2, 1)
                }
                group.message(2) { scopeGroup in
                    scopeGroup.message(1) { scope in
                        scope.text(1, "lib")
                        scope.text(2, "2")
                        scope.message(3) { keyValue(&$0, "a") { $0.number(2, 1) } }
                    }
                    scopeGroup.data(
                        2,
                        span(7) { span in
                            span.data(4, spanID(6))
                            span.text(3, "ot=th:8")
                            span.fixed32(16, 257)
                            span.number(6, 3)
                            span.message(9) { keyValue(&$0, "i") { $0.number(3, UInt64(bitPattern: -5)) } }
                            span.message(9) { keyValue(&$0, "d") { $0.fixed64(4, (0.5).bitPattern) } }
                            span.message(9) { keyValue(&$0, "n") { _ in } }
                            span.message(9) { $0.text(1, "absent") }
                            span.message(9) { keyValue(&$0, "b") { $0.data(7, [0, 1, 255]) } }
                            span.message(9) {
                                keyValue(&$0, "l") { value in
                                    value.message(5) { list in
                                        list.message(1) { $0.text(1, "x") }
                                        list.message(1) { inner in
                                            inner.message(6) { map in
                                                map.message(1) { keyValue(&$0, "k") { $0.text(1, "") } }
                                            }
                                        }
                                    }
                                }
                            }
                            span.message(11) { event in
                                event.fixed64(1, 5)
                                event.text(2, "e")
                                event.number(4, 4)
                            }
                            span.message(13) { link in
                                link.data(1, traceID)
                                link.data(2, spanID(9))
                                link.fixed32(6, 1)
                            }
                            span.message(15) { status in
                                status.text(2, "boom")
                                status.number(3, 2)
                            }
                            span.number(99, 5)
                        })
                    scopeGroup.text(3, "s/1")
                }
                group.text(3, "r/1")
            }
        }.bytes
        let json = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}],
            "droppedAttributesCount":1},"scopeSpans":[{"scope":{"name":"lib","version":"2",
            "attributes":[{"key":"a","value":{"boolValue":true}}]},
            "spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"0000000000000007",
            "parentSpanId":"0000000000000006","traceState":"ot=th:8","flags":257,"name":"n","kind":3,
            "startTimeUnixNano":"1","endTimeUnixNano":"2","attributes":[{"key":"i","value":{"intValue":"-5"}},
            {"key":"d","value":{"doubleValue":0.5}},{"key":"n","value":{}},{"key":"absent"},
            {"key":"b","value":{"bytesValue":"AAH/"}},{"key":"l","value":{"arrayValue":{"values":[
            {"stringValue":"x"},{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":""}}]}}]}}}],
            "events":[{"timeUnixNano":"5","name":"e","droppedAttributesCount":4}],
            "links":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"0000000000000009","flags":1}],
            "status":{"code":2,"message":"boom"}}],"schemaUrl":"s/1"}],"schemaUrl":"r/1"}]}
            """
        let fromWire = try Decoded(wire, name: "x.pb")
        let fromJSON = try Decoded(json)
        #expect(fromWire.rejects.isEmpty && fromJSON.rejects.isEmpty)
        #expect(fromWire.spans.count == 1)
        #expect(fromWire.spans == fromJSON.spans)
    }

    @Test("tells protobuf from JSON by content, whatever the name")
    func sniffing() throws {
        #expect(numbers(try Decoded(body([span(1)]), name: "x")) == [1])
        #expect(numbers(try Decoded(body([span(1)]), name: "x.json")) == [1])
        #expect(numbers(try Decoded(body([span(1), span(2)]) + body([span(3)]), name: "x.bin")) == [1, 2, 3])
        #expect(numbers(try Decoded(body([span(1)]), name: "x", format: .otlpProtobuf)) == [1])
    }

    @Test("rejects a broken span alone, with its offset")
    func brokenSpan() throws {
        let broken: [([UInt8], String)] = [
            (span(9) { $0.text(5, "") } + [0x2A, 0x05, 0x41], "span: the protobuf message is cut off"),
            (span(9) { $0.data(1, [1, 2, 3]) }, "span: traceId has 3 bytes instead of 16"),
            (span(9) { $0.data(2, spanID(0)) }, "span: spanId is all zeros"),
        ]
        for (bytes, reason) in broken {
            let whole = body([span(1), bytes, span(2)])
            let decoded = try Decoded(whole, name: "x.pb")
            #expect(numbers(decoded) == [1, 2])
            #expect(decoded.rejects.map(\.reason) == [reason])
            let offset = try #require(decoded.rejects.first?.byteOffset)
            #expect(Array(whole[Int(offset)...].prefix(bytes.count)) == bytes)
        }
    }

    @Test("lets a value that cannot be read cost itself, marked")
    func unreadableValues() throws {
        let cases: [[UInt8]] = [
            span(9) { $0.data(5, [0x61, 0xFF]) },
            span(9) { span in
                span.message(9) { pair in
                    pair.text(1, "bad")
                    pair.message(2) { $0.data(1, [0xFF]) }
                }
            },
            span(9) { $0.data(9, [0x0A, 0x05, 0x41]) },
            span(9) { $0.data(11, [0x12, 0x05, 0x41]) },
            span(9) { $0.data(13, [0x0A, 0x01, 0x41]) },
            span(9) { $0.data(4, [1, 2, 3]) },
        ]
        for bytes in cases {
            let decoded = try Decoded(body([span(1), bytes, span(2)]), name: "x.pb")
            #expect(numbers(decoded) == [1, 9, 2] && decoded.rejects.isEmpty)
            #expect(decoded.spans.map { $0.marks.contains(.unreadableValue) } == [false, true, false])
        }
    }

    @Test("takes times out of range as absent and keeps what was stated")
    func timesOutOfRange() throws {
        for stated in [UInt64.max, UInt64(Int64.max), 1 << 62] {
            let decoded = try Decoded(body([span(1) { $0.fixed64(7, stated) }]), name: "x.pb")
            let span = try #require(decoded.spans.first)
            #expect(span.startUnixNano == nil && span.marks.isSuperset(of: [.missingStart, .outOfRange]))
            #expect(span.attributes == [OutOfRange.attribute("startTimeUnixNano", String(stated))])
        }
    }

    @Test("rejects a length beyond all bounds", arguments: [0x0A, 0x12] as [UInt8])
    func hugeLength(tag: UInt8) throws {
        for last in [0x7F, 0x01] as [UInt8] {
            for count in 1...9 {
                let bytes = [tag] + [UInt8](repeating: 0xFF, count: count) + [last]
                let decoded = try Decoded(bytes, name: "x.pb", format: .otlpProtobuf)
                #expect(decoded.spans.isEmpty && decoded.rejects.count == 1, "\(bytes) \(decoded.rejects)")
            }
        }
    }

    @Test("keeps the records before a cut")
    func cut() throws {
        let whole = body([span(1), span(2), span(3)]) { $0.message(1) { $0.number(2, 1) } }
        for length in 1..<whole.count {
            let decoded = try Decoded(Array(whole[..<length]), name: "x.pb")
            #expect(decoded.rejects.count == 1, "\(length) \(decoded.rejects)")
            #expect(decoded.spans.count <= 2)
            #expect(numbers(decoded) == Array([1, 2, 3].prefix(decoded.spans.count)))
            #expect(try #require(decoded.rejects.first?.byteOffset) <= Int64(length))
        }
        #expect(numbers(try Decoded(Array(whole.dropLast()), name: "x.pb")) == [1, 2])
        #expect(numbers(try Decoded(whole, name: "x.pb")) == [1, 2, 3])
    }

    @Test("reads log records and skips metrics")
    func otherSignals() throws {
        func log(_ id: [UInt8]) -> [UInt8] {
            WireWriter { log in
                log.fixed64(11, 7)
                log.number(2, 9)
                log.message(5) { $0.text(1, "hi") }
                log.data(9, traceID)
                log.data(10, id)
                log.text(12, "ev")
            }.bytes
        }
        let logs = try Decoded(body([log(spanID(1)), log([]), log([1])]), name: "x.pb")
        #expect(logs.summary.logs == 1 && logs.summary.skippedLogs == 2 && logs.rejects.isEmpty)
        #expect(
            logs.logs.first?.event
                == SpanEvent(
                    timeUnixNano: 7, name: "ev", origin: .log, body: .string("hi"), severityNumber: 9))
        let metric = WireWriter { metric in
            metric.text(1, "http.server.time")
            metric.text(3, "s")
            metric.message(7) { $0.number(2, 1) }
        }.bytes
        let metrics = try Decoded(body([metric]), name: "x.pb")
        #expect(metrics.spans.isEmpty && metrics.rejects.isEmpty && metrics.summary.skippedMetricGroups == 1)
    }

    @Test("refuses nesting beyond the limit and other bodies")
    func refusals() throws {
        var value = WireWriter { $0.text(1, "x") }.bytes
        for _ in 0..<2000 {
            let inner = value
            value = WireWriter { $0.message(5) { $0.data(1, inner) } }.bytes
        }
        let deep = span(9) { span in
            span.message(9) { pair in
                pair.text(1, "deep")
                pair.data(2, value)
            }
        }
        let decoded = try Decoded(body([span(1), deep, span(2)]), name: "x.pb")
        #expect(numbers(decoded) == [1, 9, 2] && decoded.rejects.isEmpty)
        #expect(decoded.spans[1].attributes.first == Attribute("deep", .empty))
        let random = try Decoded([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x01], name: "x.pb")
        #expect(random.rejects.count == 1)
        let forced = try Decoded(Array("hello".utf8), name: "x", format: .otlpProtobuf)
        #expect(forced.rejects.count == 1 && forced.spans.isEmpty)
    }
}

import Basics
import Testing
import TraceModel

@testable import TraceAssembly

/// Two records of one span, in either order.
@Suite struct SpanRevisionTests {
    private func call(_ change: (inout Span) -> Void = { _ in }) -> Span {
        var span = RecordsBuilder.call(1, parent: 9, input: 100, output: 20)
        span.otelKind = .client
        change(&span)
        return span
    }

    private func set(_ span: inout Span, _ key: String, _ value: AttributeValue) {
        span.attributes.removeAll { $0.key == key }
        span.attributes.append(Attribute(key, value))
    }

    private func set(_ span: inout Span, _ key: String, _ text: String) { set(&span, key, .string(text)) }

    /// The span that two records make, whichever comes first; nil where they contradict each other.
    private func union(_ first: Span, _ second: Span) -> Span? {
        let both = [(first, second), (second, first)].map { known, arriving -> Span? in
            switch SpanRevision.merge(known, arriving) {
            case .known: known
            case .revised(let span): span
            case .conflict: nil
            }
        }
        guard let one = both[0], let other = both[1] else {
            #expect(both[0] == nil && both[1] == nil)
            return nil
        }
        // What one order makes says nothing new to what the other makes.
        #expect(isKnown(one, other) && isKnown(other, one))
        // The records that went into it say nothing new either.
        #expect(isKnown(one, first) && isKnown(one, second) && isKnown(other, first) && isKnown(other, second))
        return one
    }

    private func isKnown(_ known: Span, _ arriving: Span) -> Bool {
        if case .known = SpanRevision.merge(known, arriving) { return true }
        return false
    }

    @Test func orderAndDefaultsAreNoContent() {
        let span = call()
        #expect(isKnown(span, span))
        #expect(isKnown(span, call { $0.attributes.reverse() }))
        #expect(isKnown(span, call { $0.flags = 0 }) && isKnown(call { $0.flags = 0 }, span))
        #expect(isKnown(span, call { $0.marks = [.oversized] }))
        let nested: AttributeValue = .map([Attribute("a", .int(1)), Attribute("b", .array([.map([])]))])
        let turned: AttributeValue = .map([Attribute("b", .array([.map([])])), Attribute("a", .int(1))])
        #expect(isKnown(call { set(&$0, "x", nested) }, call { set(&$0, "x", turned) }))
        #expect(isKnown(call { set(&$0, "x", #"{"a":1,"b":[2]}"#) }, call { set(&$0, "x", #"{ "b": [2], "a": 1 }"#) }))
        let events = [SpanEvent(timeUnixNano: 5, name: "e", attributes: span.attributes)]
        let reversed = [SpanEvent(timeUnixNano: 5, name: "e", attributes: span.attributes.reversed())]
        #expect(isKnown(call { $0.events = events }, call { $0.events = reversed }))
    }

    @Test func aStartAndAnEndAreOneSpan() throws {
        let start = call {
            $0.endUnixNano = nil
            $0.marks = [.unfinished]
            $0.attributes.removeAll { $0.key.hasPrefix("gen_ai.usage") }
            set(&$0, "state", "running and running")
        }
        let end = call { set(&$0, "state", "done") }
        let span = try #require(union(start, end))
        #expect(span.endUnixNano == end.endUnixNano && span.marks == [])
        #expect(span.attributes.value(of: "gen_ai.usage.input_tokens") == .int(100))
        // The finished record is believed, whatever the other one says at greater length.
        #expect(span.attributes.value(of: "state") == .string("done"))
    }

    @Test func whatIsMissingIsFilledIn() throws {
        let bare = call {
            $0.name = ""
            $0.parentSpanID = nil
            $0.startUnixNano = nil
            $0.otelKind = .unspecified
            $0.marks = [.missingStart]
            $0.attributes = [Attribute("only.here", .int(1))]
        }
        let error = call { $0.status = SpanStatus(.error, message: "rate limit") }
        let span = try #require(union(bare, error))
        #expect(span.name == "chat" && span.parentSpanID == SpanID(9) && span.startUnixNano == error.startUnixNano)
        #expect(span.otelKind == .client && span.status.code == .error && span.marks == [])
        #expect(span.attributes.count == error.attributes.count + 1)
    }

    @Test func usageThatGrowsIsTheLargerOne() throws {
        let early = call {
            $0.endUnixNano = 300
            set(&$0, "gen_ai.usage.output_tokens", .int(10))
            set(&$0, "usage", #"{"input":4,"output":9}"#)
            set(&$0, "text", #"[{"content":"Hel"}]"#)
        }
        let late = call {
            $0.endUnixNano = 900
            set(&$0, "gen_ai.usage.output_tokens", .int(25))
            set(&$0, "usage", #"{"input":4,"output":10}"#)
            set(&$0, "text", #"[{"content":"Hello"}]"#)
        }
        let span = try #require(union(early, late))
        #expect(span.endUnixNano == 900 && span.attributes.value(of: "gen_ai.usage.output_tokens") == .int(25))
        #expect(span.attributes.value(of: "text")?.stringValue?.contains("Hello") == true)
    }

    @Test func anotherPipelineAddsWhatItAdds() throws {
        let plain = call { $0.events = [SpanEvent(timeUnixNano: 5, name: "e", attributes: [Attribute("a", .int(1))])] }
        let other = call {
            set(&$0, "collector.hop", "gw")
            $0.resource.attributes.append(Attribute("host.name", .string("h")))
            $0.links = [SpanLink(traceID: RecordsBuilder.trace, spanID: SpanID(3))]
            $0.events = [
                SpanEvent(
                    timeUnixNano: 5, name: "e", attributes: [Attribute("hop", .string("gw")), Attribute("a", .int(1))]),
                SpanEvent(timeUnixNano: 2, name: "first"),
            ]
        }
        let span = try #require(union(plain, other))
        #expect(span.attributes.count == plain.attributes.count + 1 && span.links.count == 1)
        #expect(span.events.map(\.name) == ["first", "e"] && span.events[1].attributes.count == 2)
        #expect(span.resource.attributes.map(\.key).sorted() == ["host.name", "service.name"])
    }

    @Test func equalEventsStandAsOftenAsInOneRecord() throws {
        let event = SpanEvent(timeUnixNano: 5, name: "chunk")
        let span = try #require(
            union(call { $0.events = [event, event] }, call { $0.events = [event, event, event] }))
        #expect(span.events.count == 3)
        let choices = (0..<2).map {
            SpanEvent(timeUnixNano: 5, name: "gen_ai.choice", attributes: [Attribute("index", .bool($0 == 0))])
        }
        #expect(union(call { $0.events = [choices[0]] }, call { $0.events = [choices[1]] })?.events.count == 2)
    }

    @Test func contradictionsStayApart() {
        let span = call()
        #expect(union(span, call { $0.name = "other" }) == nil)
        #expect(union(span, call { $0.parentSpanID = SpanID(8) }) == nil)
        #expect(union(span, call { $0.startUnixNano = 7 }) == nil)
        #expect(union(span, call { $0.endUnixNano = 7 }) == nil)
        // Another end with more here and less there is no growth.
        let mixed = call {
            $0.endUnixNano = .max
            set(&$0, "gen_ai.usage.output_tokens", .int(25))
            set(&$0, "gen_ai.usage.input_tokens", .int(3))
        }
        #expect(union(span, mixed) == nil)
    }

    @Test func sourcesAreToldApart() {
        func origins(_ records: [Span]) -> Int {
            var span = records[0]
            var origins = [SpanOrigin(of: span)]
            for record in records.dropFirst() {
                origins = SpanOrigin.unite(origins, of: span, with: record)
                if case .revised(let revised) = SpanRevision.merge(span, record) { span = revised }
            }
            return origins.count
        }
        let pending = call {
            $0.endUnixNano = nil
            $0.attributes.removeLast()
        }
        let final = call()
        let hop = call { set(&$0, "collector.hop", "gw") }
        let host = call { $0.resource.attributes.append(Attribute("host.name", .string("h"))) }
        let turned = call { $0.attributes.reverse() }
        #expect(origins([pending, final]) == 1 && origins([final, pending]) == 1 && origins([final, turned]) == 1)
        for records in [[final, hop], [hop, final], [hop, final, hop, final], [pending, hop, final, pending]] {
            #expect(origins(records) == 2)
        }
        #expect(origins([final, host]) == 2 && origins([host, pending, final, hop]) == 3)
    }

    /// Random records of one span: every order of arrival makes the same span.
    @Test(arguments: 0..<200) func noOrderMatters(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let records = (0..<Int.random(in: 2...4, using: &random)).map { number in
            call { span in
                if number > 0, Bool.random(using: &random) { span.name = "" }
                if Bool.random(using: &random) { span.parentSpanID = nil }
                for key in ["a", "b", "c"] where Bool.random(using: &random) {
                    set(&span, key, .int(Int64.random(in: 0..<4, using: &random)))
                }
                span.attributes.shuffle(using: &random)
                if Bool.random(using: &random) { span.status = SpanStatus(.error, message: "m") }
                for time in 0..<Int64(3) where Bool.random(using: &random) {
                    span.events.append(SpanEvent(timeUnixNano: time, name: "e\(time)"))
                }
            }
        }
        func united(_ order: [Span]) throws -> Span {
            try order.dropFirst().reduce(order[0]) { span, record in
                switch SpanRevision.merge(span, record) {
                case .known: return span
                case .revised(let revised): return revised
                case .conflict: throw Contradiction()
                }
            }
        }
        let first = try united(records)
        for _ in 0..<6 {
            let other = try united(records.shuffled(using: &random))
            #expect(isKnown(first, other) && isKnown(other, first))
        }
        for record in records { #expect(isKnown(first, record)) }
    }

    /// Random records, some of which contradict: taken in one after the other they make what each pair in turn makes.
    @Test(arguments: 0..<200) func takingManyIsTakingTwoInTurn(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed) &+ 7_000)
        let values: [AttributeValue] = [
            .int(1), .int(2), .string("ab"), .string("abc"), .string(#"{"a":1}"#), .string(#"{"a":1,"b":2}"#),
            .array([.int(1)]), .array([.int(1), .int(2)]), .empty, .double(.nan), .string("e\u{301}"),
            .string("\u{e9}"),
        ]
        func attributes(_ keys: [String]) -> [Attribute] {
            (0..<Int.random(in: 0...4, using: &random)).map { _ in
                Attribute(keys.randomElement(using: &random) ?? "", values.randomElement(using: &random) ?? .empty)
            }
        }
        let records = (0..<30).map { _ in
            call { span in
                span.name = ["chat", "chat", "chat", "", "other"].randomElement(using: &random) ?? ""
                span.endUnixNano = [nil, 900, 900, 901, 950].randomElement(using: &random) ?? nil
                if Int.random(in: 0..<8, using: &random) == 0 { span.parentSpanID = nil }
                span.attributes = attributes(["a", "b", "c", "d", "e"])
                span.status = SpanStatus(
                    Bool.random(using: &random) ? .unset : .error,
                    message: ["", "m", "mm"].randomElement(using: &random) ?? "")
                for _ in 0..<Int.random(in: 0...3, using: &random) {
                    span.events.append(
                        SpanEvent(
                            timeUnixNano: [nil, 5, 6].randomElement(using: &random) ?? nil,
                            name: ["e", "f"].randomElement(using: &random) ?? "", attributes: attributes(["x", "y"])))
                    span.links.append(
                        SpanLink(
                            traceID: RecordsBuilder.trace, spanID: SpanID(UInt64.random(in: 1...2, using: &random)),
                            attributes: attributes(["x"])))
                }
                span.resource.attributes = attributes(["r", "s", "t"])
                span.scope.version = ["", "1", "2"].randomElement(using: &random) ?? ""
            }
        }
        var union = SpanUnion(records[0])
        var span = records[0]
        for record in records.dropFirst() {
            let outcome = union.take(record)
            switch SpanRevision.merge(span, record) {
            case .known: #expect(outcome == .known)
            case .conflict: #expect(outcome == .conflict)
            case .revised(let revised):
                #expect(outcome == .revised)
                span = revised
            }
            // By their descriptions: a value that is not a number is not equal to itself.
            #expect("\(union.span)" == "\(span)")
        }
    }

    private struct Contradiction: Error {}
}

import Basics
import Foundation
import TestSupport
import Testing
import TraceModel

@testable import TraceStore

/// Several records of one span, on their way into a database.
@Suite struct RevisionTests {
    static func call(
        _ id: UInt64 = 2, parent: UInt64? = 1, output: Int64 = 20, words: String = "finished words",
        duration: Int64 = 1_000
    ) -> Span {
        Fixture.span(
            id, parent: parent, name: "chat", start: Int64(id) * 10, duration: duration,
            attributes: [
                Attribute("gen_ai.operation.name", .string("chat")), Attribute("gen_ai.request.model", .string("m-1")),
                Attribute("gen_ai.usage.input_tokens", .int(100)),
                Attribute("gen_ai.usage.output_tokens", .int(output)),
                Attribute("gen_ai.completion", .string(words)),
            ])
    }

    /// The record that a source sends at the start of a span.
    static func started(_ span: Span) -> Span {
        var record = span
        record.endUnixNano = nil
        record.marks.insert(.unfinished)
        record.attributes = record.attributes.filter { $0.key.hasPrefix("gen_ai.operation") || $0.key == "agent" }
        return record
    }

    static let root = Fixture.span(
        1, name: "invoke_agent helper",
        attributes: [
            Attribute("gen_ai.operation.name", .string("invoke_agent")),
            Attribute("gen_ai.agent.name", .string("helper")),
        ])

    /// All that a database says of its traces but keys, references and the order of arrival.
    static let comparable = [
        """
        SELECT lower(hex(id)) || name || start_ns || ' ' || duration_ns || ' ' || span_count || ' ' || error_count
            || services || agents || models || ifnull(tokens_input, '-') || ' ' || ifnull(tokens_output, '-') || ' '
            || model_calls || ' ' || model_calls_with_tokens || findings || longest_span_ns || dirty FROM trace ORDER BY id
        """,
        """
        SELECT trace_id || span_id || ifnull(parent_span_id, '-') || name || kind || ifnull(agent, '-') || agent_source
            || status || is_error || ifnull(start_unix_nano, '-') || ' ' || ifnull(end_unix_nano, '-') || ' '
            || ifnull(tokens_input, '-') || ' ' || ifnull(tokens_output, '-') || ' ' || marks || ' ' || sources
            || ifnull(agent_run, '-') || ifnull(step, '-') FROM spans ORDER BY trace_id, span_id
        """,
        """
        SELECT lower(hex(t.id)) || f.field || ' ' || ifnull(n.text, f.value) || ' ' || f.spans
        FROM facet AS f JOIN trace AS t ON t.key = f.trace
            LEFT JOIN name AS n ON n.id = f.value AND f.field IN (1, 2, 3, 4, 5, 8, 9, 10, 15, 16)
        WHERE f.field NOT IN (11, 12, 13) ORDER BY 1
        """,
        """
        SELECT lower(hex(t.id)) || n.text || ' ' || calls || ' ' || calls_with_tokens || ifnull(input, '-') || ' '
            || ifnull(output, '-') FROM trace_usage AS u JOIN trace AS t ON t.key = u.trace JOIN name AS n ON n.id = u.model
        ORDER BY 1
        """,
        "SELECT name || value FROM counter ORDER BY name",
        "SELECT count(*) FROM span_payload",
    ]

    private func write(_ spans: [Span], to store: TemporaryStore) throws -> WriteCounts {
        try store.writer.write(spans: spans.map { PreparedSpan($0) })
    }

    private func found(_ word: String, _ store: TemporaryStore) throws -> Int64? {
        try store.integer("SELECT count(*) FROM span_text WHERE span_text MATCH '\"\(word)\"'")
    }

    private func expectSame(_ store: TemporaryStore, _ other: TemporaryStore) throws {
        try store.writer.finish()
        try other.writer.finish()
        for query in Self.comparable { #expect(try store.texts(query) == other.texts(query), "\(query)") }
        try store.execute("INSERT INTO span_text (span_text) VALUES ('integrity-check')")
    }

    @Test(arguments: [[0, 1], [1, 0], [0, 1, 0, 1], [1, 1, 0]], [true, false])
    func startAndEndAreOneSpan(order: [Int], inOneBatch: Bool) throws {
        let final = Self.call()
        let records = [Self.started(final), final]
        let (store, plain) = (try TemporaryStore(), try TemporaryStore())
        _ = try write([Self.root], to: store)
        var revised = 0
        for batch in inOneBatch ? [order] : order.map({ [$0] }) {
            revised += try write(batch.map { records[$0] }, to: store).spansRevised
        }
        _ = try write([Self.root, final], to: plain)
        try expectSame(store, plain)
        #expect(revised == (order.first == 0 ? 1 : 0))
        #expect(try found("finished", store) == 1)
        #expect(try store.texts("SELECT agent_source FROM span WHERE id = 2") == ["2"])
    }

    @Test func aNewTraceFoldsItsRecordsToo() throws {
        let final = Self.call()
        let (store, plain) = (try TemporaryStore(), try TemporaryStore())
        let counts = try write([Self.started(final), Self.root, final, Self.root], to: store)
        #expect(counts.spansNew == 2 && counts.spansRevised == 1 && counts.spansKnown == 1)
        _ = try write([final, Self.root], to: plain)
        try expectSame(store, plain)
    }

    @Test func usageThatGrowsCountsOnce() throws {
        let store = try TemporaryStore()
        let (early, late) = (Self.call(output: 10, words: "Hel", duration: 300), Self.call(output: 25, words: "Hello"))
        for record in [late, early, late] { _ = try write([record], to: store) }
        _ = try write([early, late], to: store)
        try store.writer.finish()
        #expect(try store.texts("SELECT tokens_input || ' ' || tokens_output FROM trace") == ["100 25"])
        #expect(try store.integer("SELECT count(*) FROM span") == 1)
        #expect(try store.integer("SELECT count(*) FROM span_source") == 0)
        #expect(try found("hel", store) == 0 && found("hello", store) == 1)
    }

    @Test(arguments: [[0, 1], [1, 0]]) func twoPipelinesAreTwoSources(order: [Int]) throws {
        let plain = [Self.root, Self.call()]
        let gateway = plain.map { span in
            var span = span
            span.attributes.append(Attribute("collector.hop", .string("gw")))
            return span
        }
        let store = try TemporaryStore()
        for pipeline in order + order { _ = try write([plain, gateway][pipeline], to: store) }
        try store.writer.finish()
        #expect(try store.texts("SELECT sources || ' ' || count(*) FROM spans GROUP BY sources") == ["2 2"])
        #expect(try store.integer("SELECT count(*) FROM span_source") == 4)
        #expect(
            try store.texts("SELECT agents || tokens_input || ' ' || tokens_output || findings FROM trace") == [
                #"["helper"]100 20[]"#
            ])
        #expect(try store.integer("SELECT count(*) FROM span_payload WHERE attributes LIKE '%collector.hop%'") == 2)
        // All of it comes through a rewrite and through a smaller database.
        let before = try store.texts("SELECT span || ' ' || digest || ' ' || keys FROM span_source ORDER BY 1")
        _ = try StoreRewriter(path: store.path, clock: { 3 }).rewrite(
            audit: RewriteTests.audit, common: nil, treatment: { _ in .kept })
        try store.reopen()
        #expect(try store.texts("SELECT span || ' ' || digest || ' ' || keys FROM span_source ORDER BY 1") == before)
        let again = try write(plain + gateway, to: store)
        #expect(again.spansNew == 0 && again.spansRevised == 0 && again.spansKnown == 4)
        #expect(try store.texts("SELECT DISTINCT sources FROM spans") == ["2"])
    }

    /// Whichever of the pipelines is known already: the records of both in one file tell of both.
    @Test(arguments: [0, 1]) func aFoldedRecordBringsAllItsSources(known: Int) throws {
        var gateway = Self.call()
        gateway.attributes.append(Attribute("collector.hop", .string("gw")))
        let pipelines = [Self.call(), gateway]
        let store = try TemporaryStore()
        _ = try write([Self.root, pipelines[known]], to: store)
        for _ in 0..<2 { _ = try write(pipelines, to: store) }
        #expect(try store.texts("SELECT sources FROM spans WHERE span_id LIKE '%2'") == ["2"])
        #expect(try store.integer("SELECT count(*) FROM span_source") == 2)
    }

    @Test func contradictionsStandBeside() throws {
        let store = try TemporaryStore()
        var other = Self.call()
        other.name = "something else"
        _ = try write([Self.root, Self.call(), other], to: store)
        let third = Self.call(duration: 7)
        let counts = try write([third, Self.started(Self.call()), other], to: store)
        #expect(counts.spansNew == 1 && counts.spansDuplicated == 1 && counts.spansKnown == 2)
        try store.writer.finish()
        #expect(try store.texts("SELECT ordinal FROM span WHERE id = 2 ORDER BY key") == ["0", "1", "2"])
        #expect(try store.integer("SELECT count(*) FROM span WHERE marks & 2") == 3)
        // What tells more of one of them is of that one.
        other.attributes.append(Attribute("more", .int(1)))
        #expect(try write([other], to: store).spansRevised == 1)
        try store.writer.finish()
        #expect(
            try store.texts(
                """
                SELECT ordinal FROM span JOIN span_payload ON span_payload.key = span.key
                WHERE attributes LIKE '%"more":1%'
                """) == ["1"])
        #expect(try store.integer("SELECT count(*) FROM span WHERE marks & 2") == 3)
    }

    @Test(arguments: ["before", "between", "after"]) func logRecordsStayWithTheSpan(when: String) throws {
        let store = try TemporaryStore()
        let final = Self.call()
        let log = SpanLogRecord(
            traceID: final.traceID, spanID: final.spanID,
            event: SpanEvent(
                timeUnixNano: 25, name: "exception",
                attributes: [
                    Attribute("exception.type", .string("Zebra")), Attribute("exception.message", .string("okapi")),
                ],
                origin: .log), resource: final.resource, scope: final.scope)
        func writeLog(_ moment: String) throws {
            guard moment == when else { return }
            _ = try store.writer.write(spans: [], logs: [PreparedLog(record: log)])
        }
        _ = try write([Self.root], to: store)
        try writeLog("before")
        _ = try write([Self.started(final)], to: store)
        try writeLog("between")
        _ = try write([final], to: store)
        try writeLog("after")
        try store.writer.finish()
        #expect(try store.texts("SELECT is_error || error_type FROM spans WHERE kind = 'llm'") == ["1Zebra"])
        #expect(try store.integer("SELECT error_count FROM trace") == 1)
        #expect(try found("okapi", store) == 1 && found("finished", store) == 1)
        #expect(
            try store.integer(
                "SELECT count(*) FROM span_evidence JOIN span ON span.key = span_evidence.key WHERE id = 2")
                == 1)
    }

    @Test func aStreamThatGrowsIsKeptWhole() throws {
        func record(_ chunks: Int) -> Span {
            var span = Self.call()
            if chunks < 4 {
                span.endUnixNano = nil
                span.marks = [.unfinished]
            }
            span.events = (0..<chunks).map {
                SpanEvent(
                    timeUnixNano: 30 + Int64($0), name: "gen_ai.response.chunk",
                    attributes: [
                        Attribute("gen_ai.response.chunk.sequence", .int(Int64($0))),
                        Attribute("gen_ai.response.chunk.text", .string("w\($0) ")),
                    ])
            }
            return span
        }
        func write(_ span: Span, to store: TemporaryStore) throws {
            let prepared = PreparedSpan(span)
            _ = try store.writer.write(spans: [prepared], streams: [PreparedStream(in: prepared)].compactMap { $0 })
        }
        let (store, plain) = (try TemporaryStore(), try TemporaryStore())
        for chunks in [2, 4, 3, 1] { try write(record(chunks), to: store) }
        try write(record(4), to: plain)
        let streams = "SELECT chunks || ' ' || text_bytes || ' ' || figures FROM stream"
        #expect(try store.texts(streams) == plain.texts(streams))
        try expectSame(store, plain)
    }

    @Test func redactionsCountOnce() throws {
        func prepared(_ span: Span, _ counts: [String: Int]) -> PreparedSpan {
            var prepared = PreparedSpan(span)
            prepared.redaction = SpanRedaction(policy: "secrets", counts: RedactionCounts(counts))
            return prepared
        }
        let (one, two) = ("[JWT#0a1b2c3d]", "[JWT#0a1b2c3d] [JWT#99999999]")
        for inOneBatch in [true, false] {
            let store = try TemporaryStore()
            let records = [
                prepared(Self.started(Self.call(words: one)), [:]), prepared(Self.call(words: one), ["JWT": 1]),
                prepared(Self.call(words: two), ["JWT": 2]), prepared(Self.call(words: one), ["JWT": 1]),
            ]
            for batch in inOneBatch ? [records] : records.map({ [$0] }) { _ = try store.writer.write(spans: batch) }
            let rows = "SELECT spans_redacted || ' ' || spans_raw || ' ' || counts FROM trace_redaction"
            #expect(try store.texts(rows) == [#"1 0 {"JWT":2}"#])
        }
        // Text that comes in as it is does not hide behind a trace that was redacted.
        let store = try TemporaryStore()
        _ = try store.writer.write(spans: [prepared(Self.started(Self.call()), [:])])
        _ = try write([Self.call()], to: store)
        #expect(try store.texts("SELECT spans_redacted || ' ' || spans_raw FROM trace_redaction") == ["0 1"])
    }

    @Test func aSpanThatGrowsCostsNoAnalysisEachTime() throws {
        let store = try TemporaryStore()
        let others = (10..<1_010).map { Fixture.span(UInt64($0), parent: 1) }
        _ = try write([Self.root] + others, to: store)
        let before = store.writer.summarizedSpanCount
        for step in 1...500 {
            var record = Self.call(output: Int64(step), words: String(repeating: "w ", count: step))
            record.endUnixNano = nil
            _ = try write([record], to: store)
        }
        // Five hundred batches; reading the trace again for each would be half a million spans.
        #expect(store.writer.summarizedSpanCount - before <= 2 * 1_002)
        try store.writer.finish()
        #expect(try store.texts("SELECT tokens_output || ' ' || span_count FROM trace") == ["500 1002"])
    }

    /// Random traces whose spans come in pieces, in any order and any number of times.
    @Test(arguments: 0..<12) func whatComesInPiecesIsWhatCameWhole(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let whole =
            [Self.root]
            + (2..<30).map { id in
                Self.call(id, parent: UInt64.random(in: 1..<id, using: &random), output: Int64(id), words: "w\(id)")
            }
        var pieces = whole + whole.filter { _ in Bool.random(using: &random) }.map { Self.started($0) }
        pieces += whole.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }.map { span in
            var turned = span
            turned.attributes.shuffle(using: &random)
            return turned
        }
        pieces.shuffle(using: &random)
        let (store, plain) = (try TemporaryStore(), try TemporaryStore())
        _ = try write(whole, to: plain)
        while !pieces.isEmpty {
            let size = Int.random(in: 1...20, using: &random)
            _ = try write(Array(pieces.prefix(size)), to: store)
            pieces.removeFirst(min(size, pieces.count))
            if Int.random(in: 0..<3, using: &random) == 0 { try store.reopen() }
        }
        try expectSame(store, plain)
    }

    @Test func aPendingRecordIsTheBeginningOfItsParent() throws {
        let store = try TemporaryStore()
        var pending = Self.started(Self.root)
        pending.spanID = SpanID(77)
        pending.parentSpanID = Self.root.spanID
        pending.endUnixNano = pending.startUnixNano
        pending.attributes += [
            Attribute("logfire.span_type", .string("pending_span")),
            Attribute("logfire.pending_parent_id", .string("0000000000000000")),
        ]
        _ = try write([pending], to: store)
        #expect(try store.texts("SELECT id || ' ' || ifnull(parent, '-') || ' ' || marks FROM span") == ["1 - 128"])
        _ = try write([Self.root, Self.call(), pending], to: store)
        let plain = try TemporaryStore()
        _ = try write([Self.root, Self.call()], to: plain)
        try expectSame(store, plain)
    }
}

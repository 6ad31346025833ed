import Basics
import DemoIncidents
import Foundation
import Ingest
import SQLiteQuery
import TestSupport
import Testing
import TraceDialect
import TraceModel
import TraceQuery
import TraceStore

@Suite struct SQLiteExportTests {
    /// A folder that goes with the value.
    private final class Folder {
        let path = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }

        func file(_ name: String) -> String { path + "/" + name }
    }

    /// Exports all traces of a database by their start, their spans by their keys, in pieces of some spans.
    private func export(
        _ source: String, to target: String, piece: Int = 256, policy: String? = "secrets",
        counts: RedactionCounts = RedactionCounts()
    ) async throws {
        let backend = try SQLiteBackend(path: source, now: { 0 }, timeZone: .gmt)
        let export = try SQLiteExport(
            path: target, policy: policy, provenance: ["selection": "--all", "program": "spandrel 1"])
        var after: PageCursor?
        repeat {
            let page = try await backend.run(TraceListRequest(descending: false, limit: 7, after: after))
            for trace in page.rows {
                let structure = try await backend.run(StructureRequest(.id(trace.traceID)))
                let spans = structure.spans.sorted { $0.arrival < $1.arrival }.map {
                    SpanAddress(trace.traceID, $0.local)
                }
                for start in stride(from: 0, to: spans.count, by: piece) {
                    let request = WholeSpanRequest(
                        Array(spans[start..<min(start + piece, spans.count)]), includesStreams: true)
                    let whole = try await backend.run(request)
                    try export.write(
                        whole.spans, counts: start == 0 ? counts : RedactionCounts(), known: structure.redaction)
                }
            }
            after = page.next
        } while after != nil
        try export.finish()
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    /// Everything that a database tells of its traces, but for keys.
    private func told(_ path: String) async throws -> [String] {
        let backend = try SQLiteBackend(path: path, now: { 0 }, timeZone: .gmt)
        var lines: [String] = []
        for sql in [
            "SELECT lower(hex(id)), name, span_count, error_count, services, agents, models, findings FROM trace ORDER BY id",
            """
            SELECT trace_id, span_id, parent_span_id, name, kind, agent, attributes, events, links, status_message,
                start_unix_nano, end_unix_nano, tokens_input, marks, agent_run, step, resource, scope
            FROM spans ORDER BY trace_id, span_id, attributes
            """,
            "SELECT trace_id, span_id, timing, source, chunks, text_bytes, figures FROM streams ORDER BY 1, 2",
            "SELECT trace_id, span_id, rule, message, evidence FROM findings ORDER BY 1, 2, 3, 4, 5",
            "SELECT event FROM log_record ORDER BY trace_id, span_id, time_ns, event",
        ] {
            let table = try await backend.run(SQLRequest(sql, limit: 1_000_000))
            lines += table.rows.map { "\($0)" }.sorted()
        }
        return lines
    }

    /// Traces of any shape: duplicates, orphans, cycles, missing times, streams, log records.
    private func randomDatabase(_ path: String, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let writer = try TraceWriter(path: path, clock: { 7 })
        for trace in 0..<UInt64.random(in: 1...6, using: &random) {
            let id = TraceID(high: seed, low: trace + 1)
            var spans: [PreparedSpan] = []
            var logs: [PreparedLog] = []
            var streams: [PreparedStream] = []
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                let start = Int64.random(in: 1...50, using: &random)
                var span = Span(
                    traceID: id, spanID: SpanID(UInt64.random(in: 1...30, using: &random)),
                    name: ["chat", "tool", "e\u{301}", "订单", ""].randomElement(using: &random) ?? "",
                    startUnixNano: Bool.random(using: &random) ? start : nil,
                    endUnixNano: Bool.random(using: &random) ? start + 9 : nil)
                if Bool.random(using: &random) {
                    span.parentSpanID = SpanID(UInt64.random(in: 1...32, using: &random))
                }
                span.attributes = [
                    Attribute("gen_ai.operation.name", .string("chat")),
                    Attribute("gen_ai.request.model", .string("model-\(Int.random(in: 0...2, using: &random))")),
                    Attribute("n", .int(Int64.random(in: 0...5, using: &random))),
                ]
                span.resource = Resource(attributes: [
                    Attribute("service.name", .string("s\(Int.random(in: 0...2, using: &random))"))
                ])
                if Int.random(in: 0..<4, using: &random) == 0 {
                    span.events = [SpanEvent(timeUnixNano: start, name: "exception")]
                }
                if Int.random(in: 0..<4, using: &random) == 0 {
                    logs.append(
                        PreparedLog(
                            record: SpanLogRecord(
                                traceID: id, spanID: span.spanID,
                                event: SpanEvent(
                                    timeUnixNano: start, name: "log", origin: .log,
                                    body: .string("word\(Int.random(in: 0...9, using: &random))")),
                                resource: span.resource, scope: span.scope)))
                }
                if Int.random(in: 0..<5, using: &random) == 0 {
                    var chunks = StreamChunks()
                    for index in 0..<Int.random(in: 1...9, using: &random) {
                        chunks.append(offsetNanos: Int64(index) * 1_000_000, kind: .text, text: "ab ".utf8)
                    }
                    var own = span
                    own.traceID = TraceID(high: 77, low: UInt64.random(in: 1..<UInt64.max, using: &random))
                    streams.append(
                        Preparation(nil).stream(
                            RecordedStream(
                                span: own, info: StreamInfo(timing: .measured, source: "sse"), chunks: chunks,
                                owner: .span(id, span.spanID))))
                }
                spans.append(PreparedSpan(span))
            }
            _ = try writer.write(spans: spans, logs: logs, streams: streams)
        }
        try writer.finish()
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func anExportOfAnExportIsTheSame(seed: UInt64) async throws {
        let folder = try Folder()
        try randomDatabase(folder.file("source.db"), seed: seed)
        let (first, second, again) = (folder.file("1.db"), folder.file("2.db"), folder.file("3.db"))
        try await export(folder.file("source.db"), to: first, counts: RedactionCounts(["JWT": 2]))
        try await export(folder.file("source.db"), to: again, piece: 3, counts: RedactionCounts(["JWT": 2]))
        // How spans are divided does not matter, and what is read back is what was written.
        #expect(try bytes(first) == bytes(again))
        let (source, copy) = (try await told(folder.file("source.db")), try await told(first))
        #expect(source.count == copy.count)
        let different = zip(source, copy).first { $0 != $1 }
        #expect(different == nil)
        try await export(first, to: second, piece: 5)
        #expect(try bytes(first) == bytes(second))
    }

    @Test func theDemoSurvives() async throws {
        let folder = try Folder()
        let data = DemoIncidents.build(endingAt: 1_794_916_800_000_000_000, seed: 1)
        let writer = try TraceWriter(path: folder.file("source.db"), clock: { 7 })
        _ = try writer.write([
            Preparation(nil).batch(spans: data.spans, logs: data.logs, streams: data.streams, bytes: 0)
        ])
        try writer.finish()
        let (first, second) = (folder.file("1.db"), folder.file("2.db"))
        try await export(folder.file("source.db"), to: first, policy: nil)
        #expect(try await told(folder.file("source.db")) == told(first))
        try await export(first, to: second, policy: nil)
        #expect(try bytes(first) == bytes(second))
    }

    @Test func oneFileRemains() async throws {
        let folder = try Folder()
        try randomDatabase(folder.file("source.db"), seed: 1)
        try await export(folder.file("source.db"), to: folder.file("out.db"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(names.filter { !$0.hasPrefix("source") }) == ["out.db"])
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("out.db"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        // It goes on as a database like any other.
        let writer = try TraceWriter(path: folder.file("out.db"), clock: { 1 })
        #expect(try writer.write(spans: []).spansNew == 0)
    }

    @Test func whatIsGivenUpLeavesNothing() async throws {
        let folder = try Folder()
        do {
            let export = try SQLiteExport(path: folder.file("out.db"), policy: nil, provenance: [:])
            try export.write([], known: nil)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func redactionIsTold() async throws {
        let folder = try Folder()
        try randomDatabase(folder.file("source.db"), seed: 3)
        try await export(folder.file("source.db"), to: folder.file("raw.db"), policy: nil)
        try await export(folder.file("source.db"), to: folder.file("red.db"), counts: RedactionCounts(["JWT": 2]))
        let raw = try await redaction(folder.file("raw.db"))
        #expect(raw.spansRaw > 0)
        #expect(raw.spansRedacted == 0)
        let redacted = try await redaction(folder.file("red.db"))
        #expect(redacted.spansRedacted == raw.spansRaw)
        #expect(redacted.policies == ["secrets"])
        #expect((redacted.counts.byRule["JWT"] ?? 0) > 0)
    }

    private func redaction(_ path: String) async throws -> TraceRedaction {
        let backend = try SQLiteBackend(path: path, now: { 0 }, timeZone: .gmt)
        let redaction = try await backend.run(RedactionRequest())
        return redaction
    }
}

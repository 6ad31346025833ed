import Collector
import Foundation
import Ingest
import NIOHTTP1
import TestSupport
import Testing
import TraceModel
import TraceStore

@Suite("Which trace a call belongs to, and what is never kept", .prompt)
struct TraceContextTests {
    private static let traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let parent = "00f067aa0ba902b7"

    /// A call that is answered with an empty object.
    private func call(
        _ fixture: ProxyFixture, _ headers: [(String, String)], path: String = "/v1/chat/completions"
    ) async throws -> (seen: HTTPRequestHead, stored: RecordedStream) {
        let seen = try await pass(fixture, headers, path: path)
        return (seen, try await fixture.sink.next())
    }

    private func pass(
        _ fixture: ProxyFixture, _ headers: [(String, String)], path: String = "/v1/chat/completions"
    ) async throws -> HTTPRequestHead {
        let sent = fixture.send(fixture.request(path, headers: headers))
        let call = try await fixture.upstream.next()
        try await call.answer(.ok, [("Content-Type", "application/json")], "{}")
        _ = try await sent.value.text()
        return call.head
    }

    @Test("A caller's span becomes the parent, and ours the parent of the upstream's")
    func caller() async throws {
        try await ProxyFixture.run { fixture in
            let header = "00-\(Self.traceID)-\(Self.parent)-01"
            let (seen, stored) = try await call(fixture, [("traceparent", header), ("tracestate", "a=1")])
            #expect(stored.span.traceID.hex == Self.traceID)
            #expect(stored.span.parentSpanID?.hex == Self.parent)
            #expect(stored.span.spanID.hex != Self.parent)
            #expect(seen.headers["traceparent"] == ["00-\(Self.traceID)-\(stored.span.spanID.hex)-01"])
            #expect(seen.headers["tracestate"] == ["a=1"])
        }
    }

    @Test("A session groups calls into one trace; without one each has its own")
    func session() async throws {
        try await ProxyFixture.run(sessionHeaders: ["x-chat", "session_id"]) { fixture in
            let one = try await call(fixture, [("session_id", "s-1")]).stored
            let two = try await call(fixture, [("X-Chat", "s-1")]).stored
            let other = try await call(fixture, [("session_id", "s-2")]).stored
            let alone = try await call(fixture, []).stored
            let malformed = try await call(fixture, [("traceparent", "00-zz")]).stored
            #expect(one.span.traceID == two.span.traceID)
            #expect(one.span.spanID != two.span.spanID)
            #expect(Set([one, other, alone, malformed].map(\.span.traceID)).count == 4)
            #expect(one.attribute("session.id") == .string("s-1"))
            #expect(malformed.span.parentSpanID == nil)
        }
    }

    @Test("Headers are read by the rules of W3C Trace Context")
    func parsing() {
        let valid = "00-\(Self.traceID)-\(Self.parent)-01"
        #expect(TraceContext(header: valid)?.header == valid)
        #expect(TraceContext(header: "cc-\(Self.traceID)-\(Self.parent)-00-more-fields")?.flags == 0)
        let faults = [
            "", "00", "ff-\(Self.traceID)-\(Self.parent)-01", "00-\(Self.traceID.uppercased())-\(Self.parent)-01",
            "00-\(String(repeating: "0", count: 32))-\(Self.parent)-01",
            "00-\(Self.traceID)-\(String(repeating: "0", count: 16))-01", "00-\(Self.traceID)-\(Self.parent)-01-more",
            "00-\(Self.traceID)-\(Self.parent)-1", "0-\(Self.traceID)-\(Self.parent)-01",
            "00-\(Self.traceID)-\(Self.parent)-+1",
            "00-\(Self.traceID)-\(Self.parent)",
        ]
        for fault in faults { #expect(TraceContext(header: fault) == nil, "\(fault)") }
    }

    @Test("No byte of a secret in headers or the query reaches the database")
    func secrets() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-secrets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "traces.db").path
        let sink = StoreSink(
            IngestPipeline(try TraceWriter(path: path) { 0 }, stopwatch: { 0 }), Preparation(nil))
        let names = [
            "Authorization", "X-Api-Key", "Cookie", "Api-Key", "X-Goog-Api-Key", "Proxy-Authorization", "X-Anything",
        ]
        try await ProxyFixture.run(sink: sink) { fixture in
            let headers = names.enumerated().map { ($0.element, "SeCrEt\($0.offset)value") }
            let seen = try await pass(fixture, headers, path: "/v1/chat/completions?key=SeCrEtquery&x=1")
            // They do reach the upstream, all but the one that is for this hop.
            #expect(seen.headers["authorization"] == ["SeCrEt0value"])
            #expect(seen.uri.hasSuffix("?key=SeCrEtquery&x=1"))
            #expect(!seen.headers.contains(name: "proxy-authorization"))
            let (unstored, reason) = await fixture.proxy.drain()
            #expect(unstored == 0)
            #expect(reason == nil)
        }
        var found = Data()
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            found += try Data(contentsOf: folder.appending(path: file))
        }
        #expect(found.range(of: Data("gpt-4o".utf8)) != nil)
        #expect(found.range(of: Data("SeCrEt".utf8)) == nil)
    }
}

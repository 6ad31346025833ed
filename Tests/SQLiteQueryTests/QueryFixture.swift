import Foundation
import TraceDialect
import TraceModel
import TraceQuery
import TraceStore

@testable import SQLiteQuery

/// A database in a folder of its own, which goes with the value.
final class QueryFixture {
    let folder: String
    var path: String { folder + "/traces.db" }
    let writer: TraceWriter

    /// Tuesday, 2026-11-17 12:00:00 UTC: what the tests take for now.
    static let now: Int64 = 1_794_916_800_000_000_000

    init() throws {
        folder = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        writer = try TraceWriter(path: folder + "/traces.db", clock: { 1_000 })
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A back end that evaluates some fields of filters rather than asking for them in SQL.
    func backend(withholding fields: Set<String> = []) throws -> SQLiteBackend {
        try SQLiteBackend(
            path: path, FilterClock(now: { Self.now }, timeZone: { .gmt }, withheld: fields))
    }

    @discardableResult
    func write(_ spans: [Span], logs: [SpanLogRecord] = []) throws -> WriteCounts {
        try writer.write(spans: spans.map { Self.prepare($0) }, logs: logs.map { PreparedLog(record: $0) })
    }

    /// A span of the given trace; times are seconds before `now`.
    static func traceID(_ number: UInt64) -> TraceID { TraceID(high: 0xFEED, low: number) }

    static func span(
        _ id: UInt64, trace: UInt64, parent: UInt64? = nil, _ name: String = "step", ago: Double = 3600,
        seconds: Double = 1, service: String = "shop", error: Bool = false, with attributes: [Attribute] = []
    ) -> Span {
        let start = now - Int64(ago * 1e9)
        return Span(
            traceID: traceID(trace), spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) },
            name: name, startUnixNano: start, endUnixNano: start + Int64(seconds * 1e9),
            status: SpanStatus(error ? .error : .unset, message: error ? "it failed" : ""), attributes: attributes,
            resource: Resource(attributes: [
                Attribute("service.name", .string(service)), Attribute("host.name", .string("web-1")),
            ]),
            scope: InstrumentationScope(name: "fixture", version: "1"))
    }

    /// The span with a reading that needs no dialect: plain attributes say what it is.
    static func prepare(_ span: Span) -> PreparedSpan {
        func text(_ key: String) -> String? { span.attributes.value(of: key)?.stringValue }
        var facts = SpanFacts()
        facts.kind = text("kind").flatMap { SpanKind(name: $0) } ?? .other
        if let agent = text("agent") { (facts.agentName, facts.agentSource) = (agent, .declared) }
        facts.modelRequested = text("model")
        facts.modelResolved = text("resolved")
        facts.toolName = text("tool")
        facts.session = text("session")
        facts.errorType = text("error")
        facts.tokens.input = span.attributes.value(of: "in")?.intValue
        facts.tokens.output = span.attributes.value(of: "out")?.intValue
        facts.isError = span.status.code == .error
        facts.isCancelled = span.attributes.value(of: "cancelled")?.boolValue ?? false
        let words = [span.name, text("said") ?? ""]
        return PreparedSpan(span: span, facts: facts, searchText: words.joined(separator: "\n"))
    }
}

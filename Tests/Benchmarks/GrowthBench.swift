import Foundation
import Ingest
import TraceIngest
import TraceModel
import TraceStore

/// A span of a large trace that grows, against as many spans of that trace that are written once.
struct GrowthBench {
    private static let records = 1_000

    private let workshop: Workshop
    private let trace: [Span]

    init(_ workshop: Workshop) {
        self.workshop = workshop
        var generator = SpanGenerator(count: 2 * Self.records, layout: .even(2 * Self.records))
        trace = generator.nextTrace() ?? []
    }

    func measure() throws -> [Measurement] {
        try [
            measure("one file, \(Self.records) records", importing),
            measure("\(Self.records) batches, each waited for", recording),
        ]
    }

    private func measure(_ way: String, _ store: ([Span], String) throws -> Double) throws -> Measurement {
        let (others, further) = (trace.prefix(Self.records), Array(trace.dropFirst(Self.records)))
        let grown = states()
        var once = Double.infinity
        var growing = Double.infinity
        // In turn, and the best of each.
        for _ in 0..<3 {
            once = min(once, try store(further, try database(holding: others)))
            growing = min(growing, try store(grown, try database(holding: others)))
        }
        return Measurement(
            what: "a span that grows in \(way), against spans written once", bar: "≤ 3 ×",
            measured: String(
                format: "%.2f × (%.0f against %.0f µs a record)", growing / once, growing / Double(Self.records) * 1e6,
                once / Double(Self.records) * 1e6),
            isReached: growing <= 3 * once)
    }

    /// A model call from its start to its end: its answer gets longer and its tokens more.
    private func states() -> [Span] {
        guard let whole = trace.last(where: { $0.name.hasPrefix("chat") }) else { return [] }
        return (1...Self.records).map { step in
            var span = whole
            if step < Self.records { span.endUnixNano = nil }
            span.attributes = whole.attributes.map { attribute in
                switch attribute.key {
                case "gen_ai.usage.output_tokens": return Attribute(attribute.key, .int(Int64(step)))
                case "gen_ai.output.messages":
                    guard let text = attribute.value.stringValue else { return attribute }
                    let said = text.prefix(text.count * step / Self.records).filter { $0 != "\"" && $0 != "\\" }
                    return Attribute(
                        attribute.key,
                        .string(#"[{"role":"assistant","parts":[{"type":"text","content":"\#(said)"}]}]"#))
                default: return attribute
                }
            }
            return span
        }
    }

    private func database(holding spans: some Sequence<Span>) throws -> String {
        let path = workshop.path("growth.db")
        workshop.remove(path)
        let writer = try TraceWriter(path: path) { 0 }
        _ = try writer.write(spans: spans.map { PreparedSpan($0) })
        try writer.finish()
        return path
    }

    private func importing(_ spans: [Span], _ database: String) throws -> Double {
        let file = workshop.path("growth.jsonl")
        try OTLPFile.write(spans, to: file)
        return try Meter.seconds {
            let writer = try TraceWriter(path: database) { 0 }
            let report = try Importer(writer: writer, redactor: nil, stopwatch: Meter.now).run(
                InputDiscovery(arguments: [file]))
            guard report.spans == spans.count else {
                throw BenchError.unexpected("\(report.spans) of \(spans.count) records were stored")
            }
        }
    }

    private func recording(_ spans: [Span], _ database: String) throws -> Double {
        try Meter.seconds {
            let pipeline = IngestPipeline(try TraceWriter(path: database) { 0 }, stopwatch: Meter.now)
            let preparation = Preparation(nil)
            for span in spans { _ = try pipeline.offerWaiting(preparation.batch(spans: [span], bytes: 0))?.wait() }
            try pipeline.finish()
        }
    }
}

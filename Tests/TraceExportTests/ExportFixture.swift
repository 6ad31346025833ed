import DemoIncidents
import Foundation
import TestSupport
import TraceDialect
import TraceExport
import TraceIngest
import TraceModel

/// A trace ready to be exported, as the program hands it to a writer: analysed, its agents resolved.
struct ExportFixture {
    var trace: ExportTrace
    var spans: [ExportSpan]

    static let provenance = ExportProvenance(program: "spandrel 1.0.0", selection: "--all", policy: "secrets")

    /// The traces of the demo.
    static func demo() -> [ExportFixture] { demoTraces }

    /// Built once: it takes a while.
    private static let demoTraces: [ExportFixture] = {
        let data = DemoIncidents.build(endingAt: 1_795_000_000_000_000_000)
        return traces(data.spans, logs: data.logs, streams: data.streams)
    }()

    /// The traces of recorded files or folders, decoded together.
    static func shared(_ relativePaths: String...) throws -> [ExportFixture] {
        var spans: [Span] = []
        var logs: [SpanLogRecord] = []
        var streams: [RecordedStream] = []
        for path in relativePaths.flatMap(Recordings.documents) {
            try FileDecoder.decode(InputFile(path: path)) { batch in
                spans += batch.spans
                logs += batch.logs
                streams += batch.streams
            }
        }
        return traces(spans, logs: logs, streams: streams)
    }

    /// What was recorded as traces, in order of their first span.
    static func traces(
        _ spans: [Span], logs: [SpanLogRecord] = [], streams: [RecordedStream] = []
    ) -> [ExportFixture] {
        var all = spans
        var recorded: [Place: RecordedStream] = [:]
        let responses = Dictionary(
            spans.compactMap { span in Dialect.facts(of: span).responseID.map { ($0, Place(span)) } },
            uniquingKeysWith: { first, _ in first })
        for stream in streams {
            var place = Place(stream.span)
            switch stream.owner {
            case .span(let trace, let span): place = Place(trace: trace, span: span)
            case .responseID(let id?) where responses[id] != nil: place = responses[id] ?? place
            default: all.append(stream.span)
            }
            recorded[place] = recorded[place] ?? stream
        }
        let logsOfSpan = Dictionary(grouping: logs) { Place(trace: $0.traceID, span: $0.spanID) }
        var order: [TraceID] = []
        var spansOfTrace: [TraceID: [Span]] = [:]
        for span in all {
            if spansOfTrace[span.traceID] == nil { order.append(span.traceID) }
            spansOfTrace[span.traceID, default: []].append(span)
        }
        return order.enumerated().map { number, id in
            var builder = ExportFixtureBuilder()
            // Senders repeat themselves; the store keeps equal spans once.
            var unique: [Span] = []
            for span in spansOfTrace[id] ?? [] where !unique.contains(span) { unique.append(span) }
            for span in unique {
                let place = Place(span)
                builder.add(span, logs: logsOfSpan[place] ?? [], stream: recorded[place])
            }
            return builder.fixture(id, key: Int64(number + 1))
        }
    }

    /// A span within all traces.
    private struct Place: Hashable {
        var trace: TraceID
        var span: SpanID

        init(trace: TraceID, span: SpanID) {
            self.trace = trace
            self.span = span
        }

        init(_ span: Span) {
            self.init(trace: span.traceID, span: span.spanID)
        }
    }
}

extension TraceExporter {
    /// The file of some traces.
    mutating func bytes(_ fixtures: [ExportFixture]) -> [UInt8] {
        var out: [UInt8] = []
        begin(ExportFixture.provenance, into: &out)
        for fixture in fixtures {
            beginTrace(fixture.trace, into: &out)
            for span in fixture.spans { add(span, into: &out) }
            endTrace(into: &out)
        }
        end(into: &out)
        return out
    }

    mutating func text(_ fixtures: [ExportFixture]) -> String { String(decoding: bytes(fixtures), as: UTF8.self) }
}

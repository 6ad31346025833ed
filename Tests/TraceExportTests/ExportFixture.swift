import DemoIncidents
import Foundation
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

    /// The traces of files or folders beneath `shared/data`, decoded together; empty where they are not at hand.
    static func shared(_ relativePaths: String...) throws -> [ExportFixture] {
        var spans: [Span] = []
        var logs: [SpanLogRecord] = []
        var streams: [RecordedStream] = []
        for path in relativePaths.flatMap(SharedRecords.files) {
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

/// Recordings of real programs, which lie beside the package where they are at hand.
enum SharedRecords {
    private static let root: String = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.deletingLastPathComponent().path + "/shared/data"
    }()

    static var isPresent: Bool {
        let found = FileManager.default.fileExists(atPath: root + "/otlp")
        if !found { print("skipped: no recordings at \(root)") }
        return found
    }

    static func path(_ relative: String) -> String { root + "/" + relative }

    /// The traces and logs of a file or a folder in OTLP/JSON, in order of their names.
    static func files(_ relative: String) -> [String] {
        let path = path(relative)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { return [path] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".json") || $0.hasSuffix(".jsonl") }.map { path + "/" + $0 }
    }

    /// What holds conversations, or could: real programs, files of other projects, labelled runs of many agents.
    static var conversations: [String] {
        folders("clients") + folders("otlp") + ["trajectories/who-and-when", "trajectories/claude-code"]
    }

    /// The folders within one, in order of their names.
    static func folders(_ relative: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path(relative))) ?? []
        return names.sorted().map { relative + "/" + $0 }
    }
}

import Foundation
import TraceExport
import TraceIngest
import TraceModel

/// Writes traces as OTLP/JSON and reads files as an import does.
enum OTLPFile {
    static let provenance = ExportProvenance(program: "spandrel test", selection: "--all", policy: "unredacted")

    /// The bytes of traces, and what the writer remarks on them.
    static func write(_ traces: [[ExportRecord]], part: String? = nil) -> (bytes: [UInt8], remarks: [String]) {
        var exporter = OTLPExporter()
        var out: [UInt8] = []
        exporter.begin(provenance, into: &out)
        for records in traces {
            let id = records.first?.span.traceID ?? TraceID(high: 0, low: 1)
            exporter.beginTrace(
                ExportTrace(
                    summary: TraceSummary(traceID: id), agents: AgentTopology(), steps: [], findings: [],
                    coverage: nil, part: part, spanCount: records.count), into: &out)
            for record in records {
                let row = SpanRow(
                    arrival: 1, spanID: record.span.spanID, parentSpanID: record.span.parentSpanID, name: 0)
                exporter.add(
                    ExportSpan(
                        row: row, span: record.span, logs: record.logs, stream: record.stream, facts: SpanFacts(),
                        content: SpanContent()), into: &out)
            }
            exporter.endTrace(into: &out)
        }
        exporter.end(into: &out)
        return (out, exporter.remarks)
    }

    /// What an import finds in a file.
    struct Contents {
        var spans: [Span] = []
        var logs: [SpanLogRecord] = []
        var streams: [RecordedStream] = []
        var rejects: [Rejection] = []

        init(spans: [Span], logs: [SpanLogRecord], streams: [RecordedStream]) {
            self.spans = spans
            self.logs = logs
            self.streams = streams
        }

        init(_ input: InputFile) throws {
            try FileDecoder.decode(input) { batch in
                spans += batch.spans
                logs += batch.logs
                streams += batch.streams
                rejects += batch.rejects
            }
        }

        init(_ bytes: [UInt8], name: String = "traces.jsonl") throws {
            let folder = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
            try self.init(InputFile(path: folder + "/" + name))
        }

        /// The records as an export would hand them on: each trace with its spans in order.
        var traces: [[ExportRecord]] {
            var order: [TraceID] = []
            var traces: [TraceID: [ExportRecord]] = [:]
            var logs = Dictionary(grouping: self.logs) { Address(trace: $0.traceID, span: $0.spanID) }
            var streams: [Address: WholeStream] = [:]
            for stream in self.streams {
                guard case .span(let trace, let span) = stream.owner else { continue }
                streams[Address(trace: trace, span: span)] = WholeStream(
                    info: stream.info, figures: StreamFigures(), chunks: stream.chunks, isFromSpan: false)
            }
            for span in spans {
                if traces[span.traceID] == nil { order.append(span.traceID) }
                let address = Address(trace: span.traceID, span: span.spanID)
                traces[span.traceID, default: []].append(
                    ExportRecord(
                        span: span, logs: logs.removeValue(forKey: address) ?? [],
                        stream: streams.removeValue(forKey: address)))
            }
            return order.map { traces[$0] ?? [] }
        }
    }

    private struct Address: Hashable {
        var trace: TraceID
        var span: SpanID
    }
}

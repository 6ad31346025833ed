import Basics
import Canvas
import TraceModel

/// Writes traces as a terminal recording that plays each of them on its own clock.
///
/// Spans start and end as lines in tree order of depth, streamed answers are typed when their chunks came, and markers
/// stand at steps, findings and errors. Several traces follow each other. All text of a trace passes `makeSafe`, which
/// replaces what a terminal must not get.
package struct TraceCastExporter: TraceExporter {
    package enum Version: Sendable {
        case v2
        case v3
    }

    /// Players skip what is beyond of a pause.
    private static let idleLimitSeconds = 2
    /// Between two traces.
    private static let pauseNanos: Int64 = 2_000_000_000

    private let makeSafe: (String) -> String
    private var encoder: AsciicastEncoder
    private var provenance = ExportProvenance(program: "", selection: "", policy: "")
    private var hasHeader = false
    private var trace: ExportTrace?
    private var spans: [CastSpan] = []
    /// Where on the clock of the recording the next trace starts.
    private var offsetNanos: Int64 = 0
    private var untimedTraces = 0

    package init(_ version: Version, makeSafe: @escaping (String) -> String) {
        encoder = AsciicastEncoder(version == .v3 ? .v3 : .v2)
        self.makeSafe = makeSafe
    }

    package var needs: ExportNeeds { [.streams, .content] }

    package var remarks: [String] {
        guard untimedTraces > 0 else { return [] }
        let traces = ReportFigures.counted(untimedTraces, "trace")
        return ["\(traces) without any time: the recording lists \(untimedTraces == 1 ? "it" : "them") at once."]
    }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        self.provenance = provenance
    }

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        if !hasHeader { header(startUnixNano: trace.summary.startUnixNano, title: trace.summary.name, into: &out) }
        self.trace = trace
        spans = []
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        spans.append(CastSpan(span))
    }

    package mutating func endTrace(into out: inout [UInt8]) {
        guard let trace else { return }
        self.trace = nil
        let script = CastScript(trace, spans: spans, makeSafe: makeSafe)
        spans = []
        if !script.isTimed { untimedTraces += 1 }
        var last = offsetNanos
        for event in script.events {
            last = max(last, offsetNanos.addingClamped(event.nanos))
            encoder.event(nanos: last, event.isMarker ? "m" : "o", event.text, into: &out)
        }
        offsetNanos = last.addingClamped(TraceCastExporter.pauseNanos)
    }

    package mutating func end(into out: inout [UInt8]) {
        if !hasHeader { header(startUnixNano: nil, title: "no traces", into: &out) }
        // Without an event at the end a player stops before the pause is over.
        encoder.event(nanos: offsetNanos, "o", "", into: &out)
    }

    private mutating func header(startUnixNano: Int64?, title: String?, into out: inout [UInt8]) {
        hasHeader = true
        encoder.header(
            columns: CastTerminal.columns, rows: CastTerminal.rows, startUnixNano: startUnixNano,
            title: VisibleText.line(makeSafe(title ?? "trace without a name")),
            idleLimitSeconds: TraceCastExporter.idleLimitSeconds, into: &out)
        let source = [provenance.program, provenance.selection, "redaction: " + provenance.policy]
        let line = TextColumns.cut(
            VisibleText.line(makeSafe(source.joined(separator: " · "))), to: CastTerminal.columns)
        encoder.event(nanos: 0, "o", CastTerminal.styled(line, .dim) + "\r\n", into: &out)
    }
}

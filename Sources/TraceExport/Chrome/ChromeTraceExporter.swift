import FastJSON
import TraceModel

/// Writes traces as Chrome trace events, for Perfetto and speedscope.
///
/// A trace is a process, an agent run a thread, and times count from the start of the trace. Spans that overlap without
/// nesting get lanes of their own, since slices of one thread must nest. A span without an end is a slice without a
/// length whose `args` say `unfinished`: how long it ran is not known. Links, tool calls and hand-offs are arrows,
/// context sizes and the pace of streams are counters, findings are instants. Source: "Trace Event Format", Google.
package struct ChromeTraceExporter: TraceExporter {
    private var provenance: ExportProvenance?
    private var trace: ExportTrace?
    private var spans: [ChromeSpan] = []
    private var isFirst = true
    private var traces = 0
    /// Processes and threads are numbered together, so that no viewer takes a thread for the first of its process.
    private var lastID = 0
    private var arrows = 0
    private var timelessSpans = 0
    private var danglingLinks = 0

    package init() {}

    package var needs: ExportNeeds { [.streams, .content] }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        self.provenance = provenance
        out.append(contentsOf: "{\"traceEvents\":[".utf8)
    }

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        self.trace = trace
        spans = []
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        danglingLinks += span.span.links.count { $0.traceID != span.span.traceID }
        if let slice = ChromeSpan(span) { spans.append(slice) } else { timelessSpans += 1 }
    }

    package mutating func endTrace(into out: inout [UInt8]) {
        guard let trace else { return }
        traces += 1
        lastID += 1
        let start = spans.map(\.startUnixNano).min() ?? 0
        var writer = ChromeTrace(
            trace, spans, events: ChromeEvents(pid: lastID, startUnixNano: start), order: traces,
            firstThread: lastID + 1, firstArrow: arrows + 1)
        writer.write(startUnixNano: spans.isEmpty ? nil : start)
        lastID += writer.threadCount
        arrows += writer.arrowCount
        danglingLinks += writer.danglingLinks
        writer.events.write(into: &out, isFirst: &isFirst)
        spans = []
        self.trace = nil
    }

    package mutating func end(into out: inout [UInt8]) {
        var json = JSONWriter()
        json.beginObject()
        json.member("program", provenance?.program)
        json.member("selection", provenance?.selection)
        json.member("redaction", provenance?.policy)
        json.member("traces", traces)
        json.member("remarks", remarks)
        json.endObject()
        out.append(contentsOf: "\n],\"displayTimeUnit\":\"ns\",\"otherData\":".utf8)
        out.append(contentsOf: json.bytes)
        out.append(contentsOf: "}\n".utf8)
    }

    package var remarks: [String] {
        var remarks: [String] = []
        if timelessSpans > 0 { remarks.append("\(timelessSpans) spans without any time were left out") }
        if danglingLinks > 0 {
            remarks.append("\(danglingLinks) links lead to spans that are not in the trace, and have no arrow")
        }
        return remarks
    }
}

import Basics
import FastJSON
import TraceModel

/// One trace on its way to Chrome trace events.
struct ChromeTrace {
    private let trace: ExportTrace
    private let spans: [ChromeSpan]
    /// Where among the spans those are that an id names; of several with one id the first.
    private let places: [SpanID: Int]
    private let lanes: ChromeLanes
    private let flows: ChromeFlows
    private let order: Int
    private let firstThread: Int
    private let firstArrow: Int
    /// The thread of each lane.
    private let threads: [Int]
    private(set) var events: ChromeEvents

    /// Where spans without an agent are drawn.
    private static let noAgent = "no agent"

    init(
        _ trace: ExportTrace, _ spans: [ChromeSpan], events: ChromeEvents, order: Int, firstThread: Int,
        firstArrow: Int
    ) {
        self.trace = trace
        self.spans = spans
        self.events = events
        self.order = order
        self.firstThread = firstThread
        self.firstArrow = firstArrow
        places = spans.map(\.spanID).firstPlaces
        lanes = ChromeLanes(spans, places: places)
        flows = ChromeFlows(spans, places: places, trace)
        // Runs stand in order of their numbers, which is that of their starts, and their lanes together.
        let all = lanes.lanes
        let sorted = all.indices.sorted { (all[$0].run, all[$0].number) < (all[$1].run, all[$1].number) }
        var threads = Array(repeating: 0, count: all.count)
        for (place, lane) in sorted.enumerated() { threads[lane] = firstThread + place }
        self.threads = threads
    }

    /// At least one, for what belongs to no lane.
    var threadCount: Int { max(1, threads.count) }
    var arrowCount: Int { flows.flows.count }
    var danglingLinks: Int { flows.danglingLinks }

    mutating func write(startUnixNano: Int64?) {
        writeNames()
        for index in spans.indices { writeSlice(index) }
        for (number, flow) in flows.flows.enumerated() { writeArrow(flow, id: firstArrow + number) }
        for index in spans.indices { writeCounters(index) }
        for finding in trace.findings { writeFinding(finding, startUnixNano: startUnixNano) }
    }

    // MARK: Names

    private mutating func writeNames() {
        let summary = trace.summary
        let name = summary.name.map { "\($0) · " } ?? ""
        metadata("process_name", tid: firstThread) { $0.member("name", name + summary.traceID.hex) }
        let order = order
        metadata("process_sort_index", tid: firstThread) { $0.member("sort_index", order) }
        var labels: [String] = []
        if let part = trace.part { labels.append("part: \(part)") }
        if let start = summary.startUnixNano { labels.append("start_unix_nano: \(start)") }
        if let coverage = trace.coverage {
            labels.append("coverage: \(coverage.recorded)/\(coverage.expectedAtLeast) calls")
        }
        if !labels.isEmpty {
            metadata("process_labels", tid: firstThread) { $0.member("labels", labels.joined(separator: ", ")) }
        }
        for (index, lane) in lanes.lanes.enumerated().sorted(by: { threads[$0.offset] < threads[$1.offset] }) {
            let label = trace.run(lane.run)?.label ?? Self.noAgent
            let number = lane.number == 1 ? "" : " (\(lane.number))"
            metadata("thread_name", tid: threads[index]) { $0.member("name", label + number) }
            let place = threads[index] - firstThread
            metadata("thread_sort_index", tid: threads[index]) { $0.member("sort_index", place) }
        }
    }

    private mutating func metadata(_ name: String, tid: Int, _ arguments: (inout JSONWriter) -> Void) {
        events.add("M", name, tid: tid, atUnixNano: nil) { $0.object("args", arguments) }
    }

    // MARK: Events

    private mutating func writeSlice(_ index: Int) {
        let span = spans[index]
        events.add("X", span.name, tid: thread(index), atUnixNano: span.startUnixNano) { json in
            ChromeEvents.duration(span.endUnixNano.subtractingClamped(span.startUnixNano), into: &json)
            json.member("cat", span.category)
            json.key("args")
            json.raw(String(decoding: span.arguments, as: UTF8.self))
        }
    }

    private mutating func writeArrow(_ flow: ChromeFlows.Flow, id: Int) {
        for (phase, span, time) in [
            ("s", flow.source, flow.sourceUnixNano), ("f", flow.target, flow.targetUnixNano),
        ] {
            events.add(phase, flow.name, tid: thread(span), atUnixNano: time) { json in
                json.member("cat", "flow")
                json.member("id", id)
                if phase == "f" { json.member("bp", "e") }
            }
        }
    }

    private mutating func writeCounters(_ index: Int) {
        let span = spans[index]
        let label = trace.run(span.run)?.label ?? Self.noAgent
        if let tokens = span.inputTokens {
            counter("context · \(label)", "tokens", index, span.startUnixNano, .int(tokens))
        }
        let unit = span.isRateOfTokens ? "tokens/s" : "chunks/s"
        for sample in span.rates {
            counter("\(unit) · \(label)", unit, index, sample.timeUnixNano, .double(sample.value))
        }
    }

    private mutating func counter(
        _ name: String, _ series: String, _ index: Int, _ time: Int64, _ value: JSONValue
    ) {
        events.add("C", name, tid: thread(index), atUnixNano: time) { $0.member("args", value: [series: value]) }
    }

    /// A finding at the start of its span; one about the trace stands at the start of the trace.
    private mutating func writeFinding(_ finding: Finding, startUnixNano: Int64?) {
        let index = finding.spanID.flatMap { places[$0] }
        // What is about a span outside of the part that was asked for has no place in it.
        if finding.spanID != nil, index == nil, trace.part != nil { return }
        let time = index.map { spans[$0].startUnixNano } ?? startUnixNano
        events.add("i", finding.rule, tid: index.map(thread) ?? firstThread, atUnixNano: time ?? 0) { json in
            json.member("s", index == nil ? "p" : "t")
            json.member("cat", "finding")
            json.object("args") { json in
                json.member("severity", finding.severity.name)
                json.member("certainty", finding.certainty.name)
                json.member("message", finding.message)
                if let span = finding.spanID { json.member("span_id", span.hex) }
            }
        }
    }

    private func thread(_ index: Int) -> Int { threads[lanes.laneOfSpan[index]] }
}

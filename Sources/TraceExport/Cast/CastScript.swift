import Basics
import TraceAnalysis
import TraceModel

/// A trace as it plays on a terminal: what is written when, in nanoseconds from its first time.
struct CastScript {
    struct Event {
        var nanos: Int64
        var text: String
        var isMarker = false
    }

    /// Something that happens in the trace.
    private enum Happening {
        case starts(Int)
        case ends(Int)
        case types(Int, StreamScript.Step)
        case step(StepFigures)
        case finding(Finding)
    }

    /// When it happens; at equal times what is typed comes first, then what ends, then what starts, and within these the order of the tree.
    private struct Cue {
        var time: Int64
        var phase: Int
        var order: Int
        var happening: Happening
    }

    private(set) var events: [Event] = []
    /// False where no span of the trace has a time.
    let isTimed: Bool

    private let trace: ExportTrace
    private let spans: [CastSpan]
    private let lines: CastLines
    private var terminal = CastTerminal()

    init(_ trace: ExportTrace, spans: [CastSpan], makeSafe: @escaping (String) -> String) {
        self.trace = trace
        self.spans = spans
        let times = spans.compactMap(\.row.startUnixNano) + spans.compactMap(\.row.endUnixNano)
        let start = times.min()
        isTimed = start != nil
        let (depths, ranks) = CastScript.tree(spans)
        lines = CastLines(trace, spans: spans, depths: depths, start: start, makeSafe: makeSafe)
        events.append(Event(nanos: 0, text: lines.markerOfTrace, isMarker: true))
        for line in lines.head { events.append(Event(nanos: 0, text: terminal.line(line))) }
        guard let start else {
            list(ranks)
            return
        }
        let end = times.max() ?? start
        var cues = cues(ranks, end: end)
        cues.sort { ($0.time, $0.phase, $0.order) < ($1.time, $1.phase, $1.order) }
        for cue in cues { play(cue.happening, at: max(0, cue.time.subtractingClamped(start))) }
        let last = max(events.last?.nanos ?? 0, end.subtractingClamped(start))
        for line in lines.foot(lastTime: end) { events.append(Event(nanos: last, text: terminal.line(line))) }
    }

    /// The depth of each span, and its place in the order of the tree.
    private static func tree(_ spans: [CastSpan]) -> (depths: [Int], ranks: [Int]) {
        let forest = SpanForest(spans.map(\.row))
        var depths = Array(repeating: 0, count: spans.count)
        var ranks = depths
        var next = 0
        forest.walk { node, depth in
            guard !forest.isPlaceholder(node) else { return true }
            depths[Int(node)] = depth
            ranks[Int(node)] = next
            next += 1
            return true
        }
        return (depths, ranks)
    }

    private func cues(_ ranks: [Int], end: Int64) -> [Cue] {
        var cues: [Cue] = []
        var ends: [SpanID: Int64] = [:]
        for (place, span) in spans.enumerated() {
            let row = span.row
            if let start = row.startUnixNano {
                cues.append(Cue(time: start, phase: 2, order: ranks[place], happening: .starts(place)))
                if let finish = row.endUnixNano {
                    let isInstant = finish <= start
                    cues.append(
                        Cue(
                            time: max(start, finish), phase: isInstant ? 3 : 0, order: -ranks[place],
                            happening: .ends(place)))
                }
            }
            if ends[row.spanID] == nil { ends[row.spanID] = row.endUnixNano ?? row.startUnixNano }
            guard let stream = span.stream, let zero = stream.info.startUnixNano ?? row.startUnixNano else { continue }
            for step in StreamScript(stream.chunks).steps {
                let time = zero.addingClamped(step.nanos)
                // The last chunk of an answer comes before the end of its span, at the same time too.
                let phase = row.startUnixNano.map { time > $0 } ?? false ? -1 : 2
                cues.append(
                    Cue(time: time, phase: phase, order: spans.count + step.sequence, happening: .types(place, step)))
            }
        }
        for step in trace.steps {
            cues.append(Cue(time: step.startUnixNano, phase: 1, order: Int(step.number), happening: .step(step)))
        }
        for (place, finding) in trace.findings.enumerated() {
            // A finding is known when its span is over.
            let time = finding.spanID.flatMap { ends[$0] } ?? end
            cues.append(Cue(time: time, phase: 4, order: place, happening: .finding(finding)))
        }
        return cues
    }

    private mutating func play(_ happening: Happening, at nanos: Int64) {
        switch happening {
        case .starts(let place): write(lines.start(place), at: nanos)
        case .ends(let place):
            write(lines.end(place), at: nanos)
            if spans[place].row.isError { mark("error: " + lines.shortName(place), at: nanos) }
        case .types(let place, let step):
            let text = terminal.type(
                lines.safeBlock(step.text), owner: place, prefix: lines.prefix(place), label: lines.label(place))
            events.append(Event(nanos: nanos, text: text))
        case .step(let step): mark(lines.step(step), at: nanos)
        case .finding(let finding):
            mark("finding: " + finding.rule, at: nanos)
            write(lines.finding(finding), at: nanos)
        }
    }

    private mutating func write(_ texts: [String], at nanos: Int64) {
        let text = texts.map { terminal.line($0) }.joined()
        events.append(Event(nanos: nanos, text: text))
    }

    private mutating func mark(_ text: String, at nanos: Int64) {
        events.append(Event(nanos: nanos, text: lines.safeLine(text, columns: 80), isMarker: true))
    }

    /// All spans at once, in the order of the tree, for a trace without a clock.
    private mutating func list(_ ranks: [Int]) {
        for place in spans.indices.sorted(by: { ranks[$0] < ranks[$1] }) { write(lines.start(place), at: 0) }
        for finding in trace.findings { play(.finding(finding), at: 0) }
    }
}

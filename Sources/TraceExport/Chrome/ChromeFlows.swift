import TraceModel

/// The arrows between the spans of one trace.
struct ChromeFlows {
    struct Flow {
        var name: String
        var source: Int
        var target: Int
        /// Within both slices, the source not after the target.
        var sourceUnixNano: Int64
        var targetUnixNano: Int64
    }

    private(set) var flows: [Flow] = []
    /// Links to spans that are not in the file: an arrow needs both ends.
    private(set) var danglingLinks = 0

    /// Links, what model calls asked tools to do, and how agent runs came from each other.
    ///
    /// `places` tells where among the spans those are that an id names.
    init(_ spans: [ChromeSpan], places: [SpanID: Int], _ trace: ExportTrace) {
        for (index, span) in spans.enumerated() {
            for link in span.links {
                if let linked = places[link] { add("link", from: linked, to: index, spans) } else { danglingLinks += 1 }
            }
        }
        addToolCalls(spans)
        for run in trace.agents.runs where run.relation != .root {
            guard let target = run.spanID.flatMap({ places[$0] }) else { continue }
            let parent = trace.run(run.parent)?.spanID
            guard let source = (run.triggeringSpanID ?? parent).flatMap({ places[$0] }), source != target else {
                continue
            }
            add(run.relation.name, from: source, to: target, spans)
        }
    }

    private mutating func addToolCalls(_ spans: [ChromeSpan]) {
        var asking: [String: Int] = [:]
        for (index, span) in spans.enumerated() {
            for call in span.askedCalls where asking[call] == nil { asking[call] = index }
        }
        for (index, span) in spans.enumerated() {
            guard let source = span.toolCallID.flatMap({ asking[$0] }), source != index else { continue }
            add("tool call", from: source, to: index, spans)
        }
    }

    private mutating func add(_ name: String, from source: Int, to target: Int, _ spans: [ChromeSpan]) {
        let (a, b) = (spans[source], spans[target])
        let sourceTime = Self.clamp(b.startUnixNano, to: a)
        let targetTime = Self.clamp(max(sourceTime, b.startUnixNano), to: b)
        // Clocks may put an effect before its cause; an arrow back in time is none to a viewer.
        if targetTime < sourceTime { return add(name, from: target, to: source, spans) }
        flows.append(
            Flow(
                name: name, source: source, target: target, sourceUnixNano: sourceTime, targetUnixNano: targetTime))
    }

    /// The nearest time that is within a span and before its end, where it has a length.
    private static func clamp(_ time: Int64, to span: ChromeSpan) -> Int64 {
        let last = span.endUnixNano > span.startUnixNano ? span.endUnixNano - 1 : span.endUnixNano
        return min(max(time, span.startUnixNano), last)
    }
}

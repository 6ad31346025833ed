import TraceModel

/// The model calls and tool runs that have another layer of the same call beneath them.
struct AtifInnerCalls {
    /// Spans that only repeat what a span beneath them, or around them, tells.
    private(set) var isRepeated: [Bool]

    init(_ spans: [ExportSpan]) {
        isRepeated = Array(repeating: false, count: spans.count)
        var indexOfSpan: [SpanID: Int] = [:]
        for (index, span) in spans.enumerated() where indexOfSpan[span.row.spanID] == nil {
            indexOfSpan[span.row.spanID] = index
        }
        for (index, span) in spans.enumerated() {
            guard let parent = span.row.parentSpanID.flatMap({ indexOfSpan[$0] }), parent != index else { continue }
            let outer = spans[parent]
            if span.row.kind == .llm, outer.row.kind == .llm {
                // The inner one is the call itself, unless only the outer one says what was said.
                let isBare = span.content.outputMessages.isEmpty && !outer.content.outputMessages.isEmpty
                isRepeated[isBare ? index : parent] = true
            } else if span.row.kind == .tool, outer.row.kind == .tool, span.facts.toolName == outer.facts.toolName {
                isRepeated[index] = true
            }
        }
    }
}

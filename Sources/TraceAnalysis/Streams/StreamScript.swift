package import TraceModel

/// A stream as one text that is written bit by bit: what a plain terminal is sent, and when.
///
/// Where the stream turns from one text to another, such as from reasoning to the answer, a line in square brackets
/// names what follows. A stream of nothing but one answer has none.
package struct StreamScript: Sendable {
    /// What is written at one time.
    package struct Step: Equatable, Sendable {
        /// Nanoseconds from the request.
        package var nanos: Int64
        /// Text of the trace as it came, headings included; not yet safe for a terminal.
        package var text: String
        /// The chunk that brought it.
        package var sequence: Int
    }

    package private(set) var steps: [Step] = []

    package init(_ chunks: StreamChunks) {
        let text = StreamText(chunks)
        var current: StreamText.Lane?
        var isAtLineStart = true
        steps.reserveCapacity(chunks.count)
        for index in chunks.indices {
            guard let lane = text.lane(ofChunk: index) else { continue }
            let piece = text.piece(ofChunk: index)
            var written = ""
            if lane != current, !piece.isEmpty || lane.kind == .toolArguments {
                if current != nil || lane.kind != .text || lane.choiceIndex != 0 {
                    written = (isAtLineStart ? "" : "\n") + StreamScript.heading(lane, text.toolName(of: lane)) + "\n"
                }
                current = lane
            }
            written += piece
            guard !written.isEmpty else { continue }
            isAtLineStart = written.utf8.last == 0x0A
            steps.append(Step(nanos: text.arrivals.nanos[index], text: written, sequence: index))
        }
    }

    private static func heading(_ lane: StreamText.Lane, _ tool: String?) -> String {
        let name =
            switch lane.kind {
            case .toolArguments: "tool call " + (tool ?? lane.callIndex.map { "\($0)" } ?? "")
            default: lane.kind.name
            }
        return "[" + name + (lane.choiceIndex == 0 ? "" : ", choice \(lane.choiceIndex)") + "]"
    }
}

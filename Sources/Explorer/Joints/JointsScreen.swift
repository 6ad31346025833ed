import Canvas
import TraceModel

/// The tool calls of a trace: one row each, with what became of it on its way.
enum JointsScreen {
    static func render(_ state: AppState, into canvas: inout Canvas) {
        let ascii = state.isASCII
        let width = Layout.traceList(state).list.columns
        var content = TraceListScreen.Content()
        content.columns = [
            ListColumn(title: "", width: 1),
            ListColumn(title: "tool", width: 0),
            ListColumn(title: "call", width: width >= 100 ? 24 : 12, from: 56),
            ListColumn(title: "agent", width: width >= 100 ? 24 : 16, from: 70),
            ListColumn(title: "way", width: 7, from: 34),
            ListColumn(title: "payload", width: 10, from: 46),
        ]
        content.emptySentence = "No tool calls are recorded in this trace. 1 goes back to the tree."
        if let loaded = state.joints?.content {
            content.figures = [
                "\(Figures.count(Int64(loaded.joints.count))) tool calls",
                "\(Figures.count(Int64(loaded.flagged.count)))\(Glyphs.finding(ascii: ascii))",
            ]
        }
        TraceListScreen.render(state, content, into: &canvas) { index, columns, row, style, canvas in
            guard let loaded = state.joints?.content else { return }
            let joint = loaded.joints[index]
            if loaded.hasFinding(index) {
                columns.write(Glyphs.finding(ascii: ascii), 0, row: row, style: style[.finding], into: &canvas)
            }
            columns.write(
                joint.toolName ?? "(no name)", 1, row: row, style: style[joint.toolName == nil ? .dim : .kindTool],
                into: &canvas)
            columns.write(
                joint.callID ?? Glyphs.unknown(ascii: ascii), 2, row: row, style: style[.dim], into: &canvas)
            if let run = loaded.topology.run(joint.run) {
                let label = RunLabel(run, columns: columns.place(3, row: row).columns, metrics: state.metrics)
                columns.write(label.text, 3, row: row, style: label.style(style), into: &canvas)
            } else {
                columns.write(Glyphs.unknown(ascii: ascii), 3, row: row, style: style[.agentMissing], into: &canvas)
            }
            columns.write(JointWords.way(joint, ascii: ascii), 4, row: row, style: style[.text], into: &canvas)
            let worst = loaded.worst(index)
            columns.write(
                JointWords.comparison(worst, ascii: ascii), 5, row: row, style: style[worst.isLoss ? .warning : .dim],
                into: &canvas)
        }
    }
}

/// How stages and comparisons are written.
enum JointWords {
    /// Which of asked, ran and delivered are recorded: `●→■→●`.
    static func way(_ joint: ToolJoint, ascii: Bool) -> String {
        let arrow = ascii ? ">" : "→"
        func mark(_ stages: [JointStage], _ kind: SpanKind) -> String {
            stages.contains { stage in
                joint.hop(stage).map { $0.comparison != .absent } ?? false
            } ? Glyphs.kind(kind, ascii: ascii) : Glyphs.unknown(ascii: ascii)
        }
        return [mark([.asked], .llm), mark([.ran, .returned], .tool), mark([.delivered], .llm)].joined(separator: arrow)
    }

    static func comparison(_ comparison: JointComparison, ascii: Bool) -> String {
        switch comparison {
        case .unknown: Glyphs.unknown(ascii: ascii)
        case .first: ""
        default: comparison.name
        }
    }

    /// What happened to the payload, or what it is where that says more.
    static func word(_ hop: JointHop, ascii: Bool) -> String {
        let word = comparison(hop.comparison, ascii: ascii)
        guard !hop.comparison.isLoss, hop.comparison != .equal else { return word }
        switch hop.payload?.content {
        case .empty?: return "empty"
        case .error?: return "error"
        case .redacted?: return "redacted"
        case .value?, nil: return word
        }
    }

    /// A number with its thousands apart: `48,211`.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

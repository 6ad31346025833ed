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
                Counted.text(loaded.joints.count, "tool call"),
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
                JointWords.outcome(joint, worst: worst, ascii: ascii), 5, row: row,
                style: style[worst.isLoss ? .warning : .dim],
                into: &canvas)
        }
    }
}

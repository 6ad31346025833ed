import Canvas
import Tables
import TraceModel
import TraceTables

/// The tool calls of a trace: one row each, with what became of it on its way.
enum JointsScreen {
    static func render(_ state: AppState, into canvas: inout Canvas) {
        let ascii = state.isASCII
        let loaded = state.joints?.content
        var content = TraceListScreen.Content(columns: JointColumns.all)
        content.emptySentence = "No tool calls are recorded in this trace. 1 goes back to the tree."
        if let loaded {
            content.figures = [
                Counted.text(loaded.joints.count, "tool call"),
                "\(Figures.count(Int64(loaded.flagged.count)))\(Glyphs.finding(ascii: ascii))",
            ]
        }
        TraceListScreen.render(state, content, into: &canvas, row: { loaded?.line($0) }) { cell, canvas in
            let (joint, place, style) = (cell.item.joint, cell.place, cell.style)
            switch cell.column {
            case "mark":
                if loaded?.hasFinding(cell.index) == true {
                    canvas.write(Glyphs.finding(ascii: ascii), in: place, style: style[.finding])
                }
            case "agent": RunLabel.render(cell.item.run, state, in: place, style: style, into: &canvas)
            case "way": canvas.write(JointWords.way(joint, ascii: ascii), in: place, style: style[.text])
            case "payload":
                let worst = loaded?.worst(cell.index) ?? .unknown
                canvas.write(
                    JointWords.outcome(joint, worst: worst, ascii: ascii), in: place,
                    style: style[worst.isLoss ? .warning : .dim])
            default: return .text()
            }
            return .done
        }
    }
}

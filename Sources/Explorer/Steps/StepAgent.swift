import Canvas
import TraceModel

/// The agent of a step.
enum StepAgent {
    static func render(
        _ state: AppState, _ step: StepFigures, in rect: Rect, style: RowStyle, into canvas: inout Canvas
    ) {
        guard !rect.isEmpty else { return }
        guard let run = state.steps?.content?.run(step.run) else {
            canvas.write(Glyphs.unknown(ascii: state.isASCII), in: rect, style: style[.agentMissing])
            return
        }
        let label = RunLabel(run, columns: rect.columns, metrics: state.metrics)
        canvas.write(label.text, in: rect, style: label.style(style))
    }
}

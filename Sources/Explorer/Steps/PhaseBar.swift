import Basics
import Canvas
import TraceModel

/// The stacked bar of a step: its phases side by side, each as long as its wall time.
struct PhaseBar {
    let state: AppState

    /// Draws the bar over a share of a stretch of a row; every phase that took time is at least one cell while there
    /// is room.
    func render(_ step: StepFigures, share: Double, in rect: Rect, style: RowStyle, into canvas: inout Canvas) {
        guard rect.columns > 0, step.durationNanos > 0 else { return }
        let width = max(1, min(rect.columns, Int(clamped: (Double(rect.columns) * share).rounded())))
        var column = rect.column
        for (phase, cells) in PhaseBar.cells(step, width: width) {
            let glyph = PhaseGlyphs.glyph(phase, ascii: state.isASCII)
            canvas.write(
                String(repeating: glyph, count: cells), column: column, row: rect.row,
                style: style[PhaseGlyphs.role(phase)])
            column += cells
        }
    }

    /// The cells of each phase that took time; they sum to the width.
    static func cells(_ step: StepFigures, width: Int) -> [(phase: Phase, cells: Int)] {
        let parts = Phase.allCases.filter { step.wall[$0.rawValue] > 0 }
        guard !parts.isEmpty, step.durationNanos > 0, width > 0 else { return [] }
        var cells = parts.map { phase in
            max(1, Int(clamped: Double(step.wall[phase.rawValue]) / Double(step.durationNanos) * Double(width)))
        }
        // What rounding left over goes to the longest, and what it took too much comes from there.
        var difference = width - cells.reduce(0, +)
        while difference != 0 {
            guard let longest = cells.indices.max(by: { step.wall[parts[$0].rawValue] < step.wall[parts[$1].rawValue] })
            else { break }
            if difference > 0 {
                cells[longest] += difference
                break
            }
            guard let widest = cells.indices.max(by: { cells[$0] < cells[$1] }), cells[widest] > 0 else { break }
            cells[widest] -= 1
            difference += 1
        }
        return zip(parts, cells).filter { $0.1 > 0 }.map { ($0.0, $0.1) }
    }
}

import TraceModel

/// The figure of a phase as people read it.
enum PhaseFigure {
    /// `–` where nothing measured it, `≤` before an upper bound.
    static func text(_ phase: Phase, of step: StepFigures, columns: Int = 12, ascii: Bool) -> String {
        let nanos = step.wall[phase.rawValue]
        // What is left over is the difference of the others, known whenever the step's length is.
        let quality = phase == .unattributed ? .measured : step.quality[phase.rawValue]
        switch quality {
        case .unknown: return Glyphs.unknown(ascii: ascii)
        case .measured: return DurationText.text(nanos, columns: columns, ascii: ascii)
        case .bounded:
            let sign = ascii ? "<=" : "≤"
            return sign + DurationText.text(nanos, columns: columns - sign.count, ascii: ascii)
        }
    }
}

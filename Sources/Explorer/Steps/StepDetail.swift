import Canvas
import Tables
import TraceModel
import TraceQuery
import TraceTables

/// The selected step: its bar, and each phase with its figure, glyph and share.
enum StepDetail {
    static let sentence = "p95 of parts do not add up to the p95 of the whole."

    static func lines(_ state: AppState) -> [DisplayLine] {
        guard let step = state.steps?.selected else { return [] }
        let ascii = state.isASCII
        let width = max(8, state.size.columns - 2)
        var bar = DisplayLine()
        for (phase, cells) in PhaseBar.cells(step, width: width) {
            bar.append(
                String(repeating: PhaseGlyphs.glyph(phase, ascii: ascii), count: cells), PhaseGlyphs.role(phase))
        }
        var lines = [bar]
        var legend = DisplayLine()
        for phase in Phase.allCases where step.wall[phase.rawValue] > 0 {
            if !legend.text.isEmpty { legend.append("  ", .text) }
            legend.append(PhaseGlyphs.glyph(phase, ascii: ascii) + " ", PhaseGlyphs.role(phase))
            let share = Double(step.wall[phase.rawValue]) / Double(max(1, step.durationNanos))
            legend.append(
                "\(PhaseGlyphs.words(phase)) \(state.words.text(step.wallCell(phase), .duration, columns: 12)) \(Figures.percent(share))",
                step.dominant == phase ? .header : .text)
        }
        if legend.text.isEmpty { legend.append("The step took no time.", .dim) }
        lines.append(legend)
        lines += findings(state, step)
        lines.append(remarks(state, step))
        lines.append(DisplayLine(sentence, role: .dim))
        return lines
    }

    /// What was found about where the time of the step went.
    private static func findings(_ state: AppState, _ step: StepFigures) -> [DisplayLine] {
        let all = state.trace?.loaded?.structure.findings ?? []
        return all.filter { $0.rule.hasPrefix("latency.") && $0.spanID == step.spanID }.map { finding in
            var line = DisplayLine(hang: 2)
            line.append(Glyphs.finding(ascii: state.isASCII) + " ", .finding)
            line.append("\(finding.rule) \(finding.certainty.words): ", .dim)
            line.append(finding.message, .text)
            return line
        }
    }

    private static func remarks(_ state: AppState, _ step: StepFigures) -> DisplayLine {
        var parts: [String] = [Counted.text(step.spanCount, "span")]
        if let run = state.steps?.content?.run(step.run) {
            let label = RunLabel(run, columns: 60, metrics: state.metrics).text
            parts.insert("step \(step.numberInRun) of \(label), \(step.number) of the trace", at: 0)
        } else {
            parts.insert("step \(step.number) of the trace", at: 0)
        }
        if let declared = step.declaredNumber {
            parts.append(
                declared == Int64(step.numberInRun)
                    ? "the source numbers it alike" : "the source numbers it \(declared)")
        }
        if step.isDeclared { parts.append("the source's own span of the step defines it") }
        let parallel = Phase.allCases.filter { step.work[$0.rawValue] > step.wall[$0.rawValue] }
        for phase in parallel {
            let work = state.words.duration(step.work[phase.rawValue])
            parts.append("\(PhaseGlyphs.words(phase)) summed over parallel work \(work)")
        }
        return DisplayLine(parts.joined(separator: "; "), role: .dim)
    }
}

import Basics
import Canvas
import Tables
import TraceModel
import TraceQuery
import TraceTables

/// The selected step: its bar, and each phase with its figure, glyph and share.
struct StepDetail {
    let step: StepFigures
    let run: AgentRun?
    let state: AppState

    static let sentence = "p95 of parts do not add up to the p95 of the whole."

    func lines() -> [DisplayLine] {
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
        lines += findings()
        lines.append(remarks())
        lines.append(DisplayLine(Self.sentence, role: .dim))
        return lines
    }

    /// What was found about where the time of the step went.
    private func findings() -> [DisplayLine] {
        let all = state.trace?.loaded?.structure.findings ?? []
        return all.filter { $0.rule.hasPrefix("latency.") && $0.spanID == step.spanID }.map { finding in
            var line = DisplayLine(hang: 2)
            line.append(Glyphs.finding(ascii: state.isASCII) + " ", .finding)
            line.append("\(finding.rule) \(finding.certainty.words): ", .dim)
            line.append(finding.message, .text)
            return line
        }
    }

    private func remarks() -> DisplayLine {
        var parts: [String] = [Counted.text(step.spanCount, "span")]
        if let run {
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

/// The stacked bar of a step: its phases side by side, each as long as its wall time.
struct PhaseBar {
    let isASCII: Bool

    /// Draws the bar over a share of a stretch of a row; every phase that took time is at least one cell while there
    /// is room.
    func render(_ step: StepFigures, share: Double, in rect: Rect, style: RowStyle, into canvas: inout Canvas) {
        guard rect.columns > 0, step.durationNanos > 0 else { return }
        let width = max(1, min(rect.columns, Int(clamped: (Double(rect.columns) * share).rounded())))
        var column = rect.column
        for (phase, cells) in PhaseBar.cells(step, width: width) {
            let glyph = PhaseGlyphs.glyph(phase, ascii: isASCII)
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

/// How the phases of a step look in a bar and in titles; no two phases share a glyph.
enum PhaseGlyphs {
    static func glyph(_ phase: Phase, ascii: Bool) -> String {
        switch phase {
        case .inputAssembly: ascii ? "i" : "╌"
        case .retrieval: ascii ? "r" : "▞"
        case .prefill: ascii ? "." : "░"
        case .decode: ascii ? "m" : "▓"
        case .modelUnsplit: ascii ? "M" : "▚"
        case .toolExecution: ascii ? "#" : "█"
        case .resultHandling: ascii ? "=" : "▒"
        case .orchestration: ascii ? "-" : "─"
        case .humanWait: ascii ? "~" : "┅"
        case .unattributed: ascii ? "?" : "·"
        }
    }

    static func role(_ phase: Phase) -> Role {
        switch phase {
        case .prefill, .decode, .modelUnsplit: .waterfallModel
        case .toolExecution, .retrieval: .waterfallTool
        case .inputAssembly, .resultHandling, .orchestration, .humanWait: .waterfallOther
        case .unattributed: .warning
        }
    }

    /// What the phase is called where there is room.
    static func words(_ phase: Phase) -> String {
        switch phase {
        case .modelUnsplit: "model, not split"
        default: phase.name.replacing("_", with: " ")
        }
    }
}

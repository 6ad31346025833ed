import Canvas
import TraceModel

/// The label of an agent run, with how its name came to be shown without colour.
struct RunLabel {
    let text: String
    let role: Role

    /// A label for so many columns: the name gives way before what tells the run from its siblings.
    init(_ run: AgentRun, columns: Int, metrics: TextMetrics) {
        let ascii = metrics.asciiOnly
        let mark = run.name == nil ? "" : RunLabel.mark(run.source)
        let reason = run.attemptReason.map { Glyphs.left(ascii: ascii) + $0.name } ?? ""
        let attempt = run.attempt > 1 ? " \(Glyphs.attempt(ascii: ascii))try \(run.attempt)" : ""
        let short = run.attempt > 1 ? " \(Glyphs.attempt(ascii: ascii))\(run.attempt)" : ""
        let name = mark + (run.name ?? "?")
        let number = "#\(run.instance)"
        var text = name + number + attempt + reason
        if metrics.width(of: text) > columns {
            let tails = [attempt + reason, short + reason, attempt, short].map { number + $0 }
            let tail = tails.first { metrics.width(of: name + $0) <= columns } ?? tails[3]
            let room = columns - metrics.width(of: tail)
            text = metrics.fit(name, columns: max(3, room), mark: Glyphs.more(ascii: ascii)) + tail
        }
        self.text = text
        role = RunLabel.role(run.source)
    }

    /// Draws the label of a run in a cell, or that none is known.
    static func render(
        _ run: AgentRun?, _ state: AppState, in rect: Rect, style: RowStyle, into canvas: inout Canvas
    ) {
        guard let run else {
            canvas.write(Glyphs.unknown(ascii: state.isASCII), in: rect, style: style[.agentMissing])
            return
        }
        let label = RunLabel(run, columns: rect.columns, metrics: state.metrics)
        canvas.write(label.text, in: rect, style: label.style(style))
    }

    /// The style on a row; what is told by colour is told by an attribute too.
    func style(_ row: RowStyle) -> Style { row[role] }

    private static func mark(_ source: IdentitySource) -> String { source == .inferred ? "~" : "" }

    private static func role(_ source: IdentitySource) -> Role {
        switch source {
        case .missing: .agentMissing
        case .declared: .agent
        case .inherited: .agentInherited
        case .inferred: .agentInferred
        }
    }
}

import Canvas
import TraceModel

/// The agent of a span as rows show it: the label of its run, and how the label came to the span.
struct AgentLabel {
    let text: String
    let role: Role
    /// Attributes that tell declared from inherited where there is no colour.
    private let attributes: Style.Attributes

    /// The label of a span's agent; a question mark where nothing names it.
    init(_ span: SpanRow, in loaded: LoadedTrace, columns: Int, metrics: TextMetrics) {
        let run = loaded.run(of: span)
        let label = run.map { AgentLabel.shortened($0, columns: columns, metrics: metrics) }
        let text = label ?? loaded.text(span.agent)
        let source = text == nil || run?.name == nil && run != nil ? .missing : span.agentSource
        switch source {
        case .declared:
            self.text = text ?? ""
            role = .agent
            attributes = .bold
        case .inherited:
            self.text = text ?? ""
            role = .agentInherited
            attributes = .dim
        case .inferred:
            self.text = "~" + (text ?? "")
            role = .agentInferred
            attributes = .italic
        case .missing:
            self.text = text.map { $0.hasPrefix("?") ? $0 : "?" + $0 } ?? "?"
            role = .agentMissing
            attributes = .dim
        }
    }

    func style(_ theme: Theme, isSelected: Bool) -> Style {
        theme[isSelected ? .selection : role].adding(attributes)
    }

    /// A run's label for so many columns: what tells it from its siblings stays, the name gives way first.
    static func shortened(_ run: AgentRun, columns: Int, metrics: TextMetrics) -> String {
        let ascii = metrics.asciiOnly
        let label = written(run.label, ascii: ascii)
        if metrics.width(of: label) <= columns { return label }
        let number = "#\(run.instance)"
        let reason = run.attemptReason.map { "\(Glyphs.left(ascii: ascii))\($0.name)" } ?? ""
        let attempt = " \(Glyphs.attempt(ascii: ascii))\(run.attempt)"
        let tails = run.attempt > 1 ? [attempt + reason, attempt] : [""]
        let name = run.name ?? "?"
        for tail in tails {
            let room = columns - metrics.width(of: number + tail)
            if metrics.width(of: name) <= room { return name + number + tail }
            // Fewer than three characters of a name say nothing.
            if room >= 4 { return metrics.fit(name, columns: room, mark: Glyphs.more(ascii: ascii)) + number + tail }
        }
        return label
    }

    private static func written(_ label: String, ascii: Bool) -> String {
        ascii ? label.replacing("·", with: ".").replacing("←", with: "<-") : label
    }
}

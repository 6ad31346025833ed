import Canvas
import Tables
import TraceModel
import TraceTables

/// The selected run in words: where its name comes from, how it came to be, what it came to.
struct AgentDetail {
    let list: AgentsList
    let index: Int
    let comparison: RowComparison?
    let isASCII: Bool

    func lines() -> [DisplayLine] {
        let row = list.rows[index]
        let numbers = [row.run + 1] + row.members.map { Int($0) + 1 }
        if let comparison, numbers.contains(where: { $0 == comparison.earlier || $0 == comparison.later }) {
            return compared(comparison)
        }
        let run = list.run(index)
        let ascii = isASCII
        var lines: [DisplayLine] = []
        let origin = origin(run)
        lines.append(
            DisplayLine(
                Glyphs.written(run.label, ascii: ascii) + "  name \(run.source.name), \(run.state.name), " + origin,
                role: .text, hang: 2))
        if run.attempt > 1 {
            let certainty = run.attemptCertainty.map { $0.words } ?? "cannot tell"
            let reason = run.attemptReason?.name ?? AttemptReason.unknown.name
            lines.append(
                DisplayLine("attempt \(run.attempt), reason \(reason): \(certainty); d shows what changed", role: .text)
            )
            lines += run.attemptEvidence.map { EvidenceLine.line($0) }
        }
        lines += models(run, ascii: ascii)
        if let prompt = run.promptName {
            lines.append(DisplayLine("prompt \(prompt)\(run.promptVersion.map { " \($0)" } ?? "")", role: .dim))
        }
        if let role = run.role { lines.append(DisplayLine("role \(role)", role: .dim)) }
        if let instance = run.declaredInstance { lines.append(DisplayLine("instance \(instance)", role: .dim)) }
        lines.append(
            DisplayLine(
                "\(Counted.text(run.spanCount, "span")), \(Counted.text(run.modelCalls, "model call")), "
                    + "\(Counted.text(run.toolCalls, "tool call")), "
                    + "\(run.errorCount) failed; tokens " + RunTokens([run]).sentence,
                role: .dim, hang: 2))
        return lines
    }

    private func origin(_ run: AgentRun) -> String {
        let parent = list.loaded.topology.run(run.parent)?.label
        switch (run.relation, parent) {
        case (.root, _), (_, nil): return "invoked by no agent that is recorded"
        case (.invoked, let parent?): return "invoked by \(parent)"
        case (.handedOff, let parent?): return "handed over by \(parent)"
        case (.retried, let parent?): return "tried again by \(parent)"
        }
    }

    private func models(_ run: AgentRun, ascii: Bool) -> [DisplayLine] {
        guard !run.modelsRequested.isEmpty || !run.modelsResolved.isEmpty else { return [] }
        let requested = run.modelsRequested.joined(separator: ", ")
        let resolved = run.modelsResolved.joined(separator: ", ")
        if resolved.isEmpty {
            return [DisplayLine("model \(requested): no answer says which one it was", role: .dim, hang: 2)]
        }
        let text =
            requested.isEmpty || requested == resolved
            ? "model \(resolved)" : "model \(requested) \(Glyphs.right(ascii: ascii)) \(resolved)"
        return [DisplayLine(text, role: .dim, hang: 2)]
    }

    private func compared(_ comparison: RowComparison) -> [DisplayLine] {
        func label(_ run: Int32) -> String {
            Glyphs.written(list.loaded.topology.run(run)?.label ?? "", ascii: isASCII)
        }
        let title = DisplayLine(
            label(comparison.earlier) + " " + Glyphs.right(ascii: isASCII) + " " + label(comparison.later)
                + "   d closes, J K scroll", role: .dim)
        return [title] + comparison.shown(ascii: isASCII)
    }
}

extension Glyphs {
    /// A label of an agent run on terminals that may show ASCII only.
    static func written(_ label: String, ascii: Bool) -> String {
        ascii ? label.replacing("·", with: ".").replacing("←", with: "<-") : label
    }
}

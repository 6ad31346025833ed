import TraceAnalysis
import TraceModel
import TraceQuery

/// Jumping to the next span of a sort, wherever the tree hides it.
enum TreeJumps {
    enum Target {
        case errors, findings, sameAgent

        var name: String {
            switch self {
            case .errors: "span that failed"
            case .findings: "span with a finding"
            case .sameAgent: "span of this agent"
            }
        }
    }

    static func jump(_ state: inout AppState, to target: Target, direction: Int) -> [Effect] {
        guard var trace = state.trace, let loaded = trace.loaded, let here = trace.selected else { return [] }
        let nodes: [SpanForest.Node]
        switch target {
        case .errors: nodes = loaded.errorNodes
        case .findings: nodes = loaded.markedNodes
        case .sameAgent:
            guard let span = loaded.row(here), let found = loaded.nodesOfAgent(of: span) else {
                state.notice = .information("no agent is known here")
                return []
            }
            nodes = found
        }
        let rank = loaded.ranks[Int(here)]
        let next =
            direction > 0
            ? nodes.first { loaded.ranks[Int($0)] > rank } : nodes.last { loaded.ranks[Int($0)] < rank }
        if let found = next ?? (direction > 0 ? nodes.first : nodes.last) {
            trace.reveal(found)
            state.trace = trace
            let turn = next != nil ? nil : nodes.count == 1 ? "the only \(target.name)" : "round the end"
            let said = target == .findings ? loaded.row(found).flatMap(loaded.statement) : nil
            let texts = [said, turn].compactMap { $0 }
            if !texts.isEmpty { state.notice = .information(texts.joined(separator: "; ")) }
        } else {
            state.notice = .information("no \(target.name)")
        }
        return []
    }

    /// Goes to the first span of the next or previous step; without steps, to the sibling.
    static func step(_ state: inout AppState, direction: Int) -> [Effect] {
        guard var trace = state.trace, let loaded = trace.loaded, let here = trace.selected else { return [] }
        let starts = loaded.stepNodes
        if starts.isEmpty { return sibling(&state, direction: direction) }
        var index = loaded.stepNumber(near: here) - 1
        // Going back from within a step leads to its own start first, as it does with paragraphs.
        let isWithin = starts.indices.contains(index) && starts[index] != here
        if direction > 0 || !isWithin { index += direction }
        while starts.indices.contains(index), starts[index] < 0 { index += direction }
        guard starts.indices.contains(index) else {
            state.notice = .information(direction > 0 ? "this is the last step" : "this is the first step")
            return []
        }
        trace.reveal(starts[index])
        state.trace = trace
        state.notice = .information("step \(index + 1) of \(starts.count)")
        return []
    }

    static func sibling(_ state: inout AppState, direction: Int) -> [Effect] {
        guard var trace = state.trace, let loaded = trace.loaded, let row = trace.selectedRow else { return [] }
        let distance = direction > 0 ? Int(row.runLength) : -1
        if let node = loaded.forest.sibling(of: row.node, distance: distance) {
            // A sibling inside a folded run is reached as the run, not unfolded.
            if let index = trace.rows.index(of: node, in: loaded) { trace.cursor = index }
            state.trace = trace
        }
        return []
    }
}

extension LoadedTrace {
    /// The spans of all runs of the agent that a span belongs to, in tree order; nil where none is known.
    func nodesOfAgent(of span: SpanRow) -> [SpanForest.Node]? {
        guard let run = run(of: span) else { return span.agent == 0 ? nil : nodes { $0.agent == span.agent } }
        guard let name = run.name else { return nodes { $0.agentRun == run.number } }
        let runs = Set(structure.agents.runs.lazy.filter { $0.name == name }.map(\.number))
        return nodes { runs.contains($0.agentRun) }
    }

    /// What was found about a span, in one line: the gravest finding, else what its first mark means.
    func statement(of span: SpanRow) -> String? {
        let findings = findingSpans[span.spanID] == nil ? [] : structure.findings.filter { $0.place == span.spanID }
        if let gravest = findings.max(by: { $0.severity < $1.severity }) {
            let more = findings.count > 1 ? " (+\(findings.count - 1))" : ""
            let certainty = gravest.certainty.name.replacing("_", with: " ")
            return "\(certainty)\(more): \(LongText.prefix(gravest.message, bytes: 400).text)"
        }
        guard let mark = SpanMarks.named.first(where: { span.marks.contains($0.mark) }) else { return nil }
        return "\(mark.name): \(mark.help)"
    }

    /// The step of a node; where it has none, the last step that began before it, 0 before the first.
    func stepNumber(near node: SpanForest.Node) -> Int {
        if let span = row(node), span.step > 0, Int(span.step) <= stepNodes.count { return Int(span.step) }
        return stepNodes.lastIndex { $0 >= 0 && $0 <= node }.map { $0 + 1 } ?? 0
    }

    /// The spans that a test chooses, in tree order.
    func nodes(where isChosen: (SpanRow) -> Bool) -> [SpanForest.Node] {
        structure.spans.indices.filter { isChosen(structure.spans[$0]) }.map { SpanForest.Node($0) }
            .sorted { ranks[Int($0)] < ranks[Int($1)] }
    }
}

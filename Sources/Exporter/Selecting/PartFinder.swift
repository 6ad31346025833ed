import TraceAnalysis
import TraceModel
import TraceQuery

/// Finds the spans of a part of a trace.
struct PartFinder {
    let backend: any TraceBackend

    /// The rows of the part, in order of start time, with the part in words.
    func find(_ part: ExportPart, in structure: TraceStructure) async throws(ExportError) -> (
        rows: [SpanRow], words: String
    ) {
        switch part {
        case .spans(let spans):
            let wanted = Set(spans)
            let rows = structure.spans.filter { wanted.contains($0.local) }
            return (rows, rows.count == 1 ? "span \(rows[0].local.text)" : "\(rows.count) chosen spans")
        case .span(let reference):
            let span = try await row(reference).local
            return (structure.spans.filter { $0.local == span }, "span \(span.text)")
        case .subtree(let reference):
            let span = try await row(reference).local
            return (Self.subtree(of: span, in: structure.spans), "span \(span.text) and all below it")
        case .agent(let name):
            let runs = structure.agents.runs.filter { $0.name == name || $0.label == name || Self.instance($0) == name }
            let numbers = Set(runs.map(\.number))
            let rows = structure.spans.filter { $0.agentRun != 0 && numbers.contains($0.agentRun) }
            return (rows, "agent \(name)")
        case .run(let number, let label):
            return (structure.spans.filter { $0.agentRun == number }, "agent \(label)")
        case .steps(let range):
            let rows = structure.spans.filter { $0.step > 0 && range.contains(Int($0.step)) }
            let words =
                range.count == 1 ? "step \(range.lowerBound)" : "steps \(range.lowerBound) to \(range.upperBound)"
            return (rows, words)
        case .matching(let filter):
            let reference = TraceReference.id(structure.summary.traceID)
            let wanted = Set(try await backend.answer(MatchesRequest(reference, filter)))
            return (structure.spans.filter { wanted.contains($0.local) }, "spans that match \(filter)")
        }
    }

    /// Such as `worker#2`.
    private static func instance(_ run: AgentRun) -> String { "\(run.name ?? "?")#\(run.instance)" }

    /// A span with all that stands below it in the tree.
    private static func subtree(of span: LocalSpanID, in rows: [SpanRow]) -> [SpanRow] {
        guard let top = rows.firstIndex(where: { $0.local == span }) else { return [] }
        let forest = SpanForest(rows)
        var wanted: Set<Int> = [top]
        var open = [SpanForest.Node(top)]
        while let node = open.popLast() {
            for child in forest.children(of: node) {
                open.append(child)
                if !forest.isPlaceholder(child) { wanted.insert(Int(child)) }
            }
        }
        return rows.indices.filter { wanted.contains($0) }.map { rows[$0] }
    }

    private func row(_ reference: SpanReference) async throws(ExportError) -> SpanRow {
        let detail = try await backend.answer(SpanRequest(reference))
        return detail.row
    }
}

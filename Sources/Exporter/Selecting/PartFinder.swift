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
        case .spans(let keys):
            let wanted = Set(keys)
            let rows = structure.spans.filter { wanted.contains($0.key) }
            return (rows, rows.count == 1 ? "span \(rows[0].spanID.hex)" : "\(rows.count) chosen spans")
        case .span(let reference):
            let row = try await row(reference)
            return (structure.spans.filter { $0.key == row.key }, "span \(row.spanID.hex)")
        case .subtree(let reference):
            let row = try await row(reference)
            return (Self.subtree(of: row.key, in: structure.spans), "span \(row.spanID.hex) and all below it")
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
            let reference = TraceReference.key(structure.summary.key)
            let keys = try await backend.answer(MatchesRequest(reference, filter))
            let wanted = Set(keys)
            return (structure.spans.filter { wanted.contains($0.key) }, "spans that match \(filter)")
        }
    }

    /// Such as `worker#2`.
    private static func instance(_ run: AgentRun) -> String { "\(run.name ?? "?")#\(run.instance)" }

    /// A span with all that stands below it in the tree.
    private static func subtree(of key: Int64, in rows: [SpanRow]) -> [SpanRow] {
        guard let top = rows.firstIndex(where: { $0.key == key }) else { return [] }
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

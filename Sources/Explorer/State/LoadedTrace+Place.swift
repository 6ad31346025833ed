import TraceAnalysis
import TraceModel
import TraceQuery

extension LoadedTrace {
    /// What the trace says of a span that its own record does not.
    func place(of detail: SpanDetail) -> SpanPlace {
        var place = SpanPlace()
        let id = detail.row.spanID
        place.traceFindings = structure.findings.filter { $0.spanID == nil && $0.place == id }
        // Evidence names few spans; one pass finds them all.
        let wanted = Set((detail.findings + place.traceFindings).flatMap(\.evidence).compactMap(\.spanID))
        if !wanted.isEmpty {
            for span in structure.spans where wanted.contains(span.spanID) {
                if place.evidenceNames[span.spanID] == nil {
                    place.evidenceNames[span.spanID] = text(span.name) ?? "(no name)"
                }
            }
        }
        if structure.clocks.count > 1 {
            place.clock = structure.clocks.first { $0.number == detail.row.clock }
            place.adjustsClocks = clocks.isAdjusted && clocks.differ
        }
        guard let node = node(key: detail.row.key) else { return place }
        if !forest.children(of: node).isEmpty { place.selfNanos = cover.selfNanos[Int(node)] }
        let path = criticalPath.path
        place.isOnCriticalPath = path.isOnPath[Int(node)]
        // Without the root nothing is left to compare.
        if forest.parents[Int(node)] >= 0 { place.whatIf = path.whatIf(withoutTimeOf: node) }
        return place
    }
}

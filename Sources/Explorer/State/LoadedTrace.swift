import Synchronization
package import TraceAnalysis
package import TraceModel
package import TraceQuery

/// A trace with all that is derived from it once; shared, never copied.
package final class LoadedTrace: Sendable, Equatable {
    /// The trace with the times that are shown.
    package let structure: TraceStructure
    /// The trace as it was read.
    package let source: TraceStructure
    package let clocks: ShownClocks
    package let forest: SpanForest
    package let cover: ChildCover
    package let extent: TraceExtent
    package let activity: Activity
    /// The spans about which something was found, with the gravest severity of it.
    package let findingSpans: [SpanID: FindingSeverity]
    /// The spans that failed, and those with a mark or a finding, in tree order.
    package let errorNodes: [SpanForest.Node]
    package let markedNodes: [SpanForest.Node]
    /// The place of each node in the whole tree.
    package let ranks: [Int32]
    /// The first span of each step, by the step's number less one; -1 for a step without spans.
    package let stepNodes: [SpanForest.Node]

    private let path = Mutex<PathMarks?>(nil)

    /// How finely `activity` divides the trace.
    private static let activityBuckets = 480

    package init(_ source: TraceStructure, adjustsClocks: Bool = true) {
        self.source = source
        let clocks = ShownClocks(source.clocks, isAdjusted: adjustsClocks)
        self.clocks = clocks
        let spans = clocks.spans(of: source)
        var structure = source
        structure.spans = spans
        self.structure = structure
        let forest = SpanForest(spans)
        self.forest = forest
        cover = ChildCover(spans, forest: forest)
        extent = TraceExtent(spans) ?? TraceExtent(start: 0, end: 1)
        activity = Activity(spans, extent: extent, buckets: LoadedTrace.activityBuckets)
        let findingSpans = Dictionary(
            structure.findings.compactMap { finding in finding.place.map { ($0, finding.severity) } },
            uniquingKeysWith: max)
        self.findingSpans = findingSpans
        var ranks = [Int32](repeating: 0, count: forest.nodeCount)
        var errors: [SpanForest.Node] = []
        var marked: [SpanForest.Node] = []
        var rank: Int32 = 0
        forest.walk { node, _ in
            ranks[Int(node)] = rank
            rank += 1
            if !forest.isPlaceholder(node) {
                let span = spans[Int(node)]
                if span.isError { errors.append(node) }
                if !span.marks.isEmpty || findingSpans[span.spanID] != nil { marked.append(node) }
            }
            return true
        }
        self.ranks = ranks
        errorNodes = errors
        markedNodes = marked
        stepNodes = LoadedTrace.firstNodes(ofStepsIn: spans)
    }

    /// The critical path of the times that are shown, found when it is first asked for.
    package var criticalPath: PathMarks {
        path.withLock { found in
            if let found { return found }
            let marks = PathMarks(CriticalPath(structure.spans, forest: forest), ranks: ranks)
            found = marks
            return marks
        }
    }

    private static func firstNodes(ofStepsIn spans: [SpanRow]) -> [SpanForest.Node] {
        // No trace has more steps than spans, so a number beyond that is damage.
        let count = min(spans.count, Int(spans.lazy.map(\.step).max() ?? 0))
        guard count > 0 else { return [] }
        var nodes = [SpanForest.Node](repeating: -1, count: count)
        for (index, span) in spans.enumerated() {
            let place = Int(span.step) - 1
            if nodes.indices.contains(place), nodes[place] < 0 { nodes[place] = SpanForest.Node(index) }
        }
        return nodes
    }

    package static func == (a: LoadedTrace, b: LoadedTrace) -> Bool { a === b }

    /// The row of a span; nil for placeholders.
    package func row(_ node: SpanForest.Node) -> SpanRow? {
        forest.isPlaceholder(node) ? nil : structure.spans[Int(node)]
    }

    /// True when a mark or a finding says something about a span.
    package func hasFinding(_ span: SpanRow) -> Bool {
        !span.marks.isEmpty || !findingSpans.isEmpty && findingSpans[span.spanID] != nil
    }

    /// The severity of the gravest finding about a span; nil where only marks tell of it, or nothing.
    package func severity(of span: SpanRow) -> FindingSeverity? {
        findingSpans.isEmpty ? nil : findingSpans[span.spanID]
    }

    /// The node of a span; of one that is not there, that of another one with its id.
    package func node(_ span: LocalSpanID) -> SpanForest.Node? {
        let exact = structure.spans.firstIndex { $0.spanID == span.span && $0.ordinal == span.ordinal }
        return exact.map { SpanForest.Node($0) } ?? node(id: span.span)
    }

    func node(_ wanted: TraceState.WantedSpan) -> SpanForest.Node? {
        switch wanted {
        case .id(let span): return node(span)
        case .prefix(let prefix):
            return structure.spans.firstIndex { prefix.matches($0.local) }.map { SpanForest.Node($0) }
        }
    }

    /// The node of the first span with an id; nil where the trace holds none.
    package func node(id: SpanID) -> SpanForest.Node? {
        structure.spans.firstIndex { $0.spanID == id }.map { SpanForest.Node($0) }
    }

    /// The agent run that a span belongs to.
    package func run(of span: SpanRow) -> AgentRun? {
        let index = Int(span.agentRun) - 1
        return structure.agents.runs.indices.contains(index) ? structure.agents.runs[index] : nil
    }

    package func text(_ index: NameIndex) -> String? { structure.names[index] }
}

extension Finding {
    /// The span at which the finding is shown: the one that it is about, or the first of its evidence.
    package var place: SpanID? { spanID ?? evidence.lazy.compactMap(\.spanID).first }
}

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
        guard let node = node(detail.row.local) else { return place }
        if !forest.children(of: node).isEmpty { place.selfNanos = cover.selfNanos[Int(node)] }
        let path = criticalPath.path
        place.isOnCriticalPath = path.isOnPath[Int(node)]
        // Without the root nothing is left to compare.
        if forest.parents[Int(node)] >= 0 { place.whatIf = path.whatIf(withoutTimeOf: node) }
        return place
    }
}

/// The clocks of a trace as its screens show them: times as recorded, or set beside the clock of the root.
package struct ShownClocks: Equatable, Sendable {
    /// The clocks that need a shift, by number; empty where all times agree.
    private let shifted: [Int32: ClockEstimate]
    /// Times are shown shifted.
    package let isAdjusted: Bool

    package init(_ clocks: [ClockEstimate], isAdjusted: Bool) {
        var shifted: [Int32: ClockEstimate] = [:]
        for clock in clocks where clock.offsetNanos != 0 { shifted[clock.number] = clock }
        self.shifted = clocks.count > 1 ? shifted : [:]
        self.isAdjusted = isAdjusted
    }

    /// True where raw and adjusted times differ.
    package var differ: Bool { !shifted.isEmpty }

    /// What is added to the times of a span as they are shown, in nanoseconds; 0 where they are as recorded.
    package func shift(of span: SpanRow) -> Int64 {
        isAdjusted && differ ? shifted[span.clock]?.offsetNanos ?? 0 : 0
    }

    /// The spans with the times that are shown, in their order; the same where nothing is shifted.
    func spans(of structure: TraceStructure) -> [SpanRow] {
        guard isAdjusted, differ else { return structure.spans }
        let spans = ClockShift(structure.clocks).adjusted(structure.spans)
        // Shifts change who came first; ties keep their order, spans without a start stay last.
        return spans.enumerated().sorted {
            ($0.element.startUnixNano ?? .max, $0.offset) < ($1.element.startUnixNano ?? .max, $1.offset)
        }.map(\.element)
    }
}

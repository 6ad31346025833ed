import Tables
import TraceAnalysis
import TraceModel
import TraceQuery

/// What can be exported of the open trace: the whole, and parts about the row in focus.
struct TraceExportChoices {
    private let state: AppState
    private let trace: TraceState?
    private let loaded: LoadedTrace?
    /// What the row of a list over the trace stands for.
    private let parts: TraceParts?

    init(_ state: AppState) {
        self.state = state
        trace = state.trace
        loaded = trace?.loaded
        parts = state.list.flatMap { list in list.cursor < list.count ? list.content?.parts(list.cursor) : nil }
    }

    func list() -> [ExportChoice] {
        guard let trace, let id = trace.id, let summary = trace.summary, isAboutTrace else { return stream() }
        var choices = [ExportChoices.whole(summary, title: "the whole trace: \(summary.name ?? "(no name)")")]
        guard let loaded else { return choices }
        if let tagged = tagged(loaded) { choices.insert(tagged, at: 0) }
        choices += focus(loaded).map { [$0] } ?? []
        choices += spansOfRow().map { [$0] } ?? []
        choices += subtree(loaded).map { [$0] } ?? []
        choices += agent(loaded).map { [$0] } ?? []
        choices += steps(loaded).map { [$0] } ?? []
        if let filter = state.traces.filter {
            let title = "the spans that the filter of the list keeps"
            choices.append(
                part(.matching(trace: id, filter), title, ["--filter", quoted(state.traces.filterText)]))
        }
        return choices
    }

    // MARK: The row in focus

    /// A stream can be open over a list of hits, and then belong to another trace.
    private var isAboutTrace: Bool {
        guard state.view == .stream else { return true }
        guard let id = state.stream?.tape?.detail.traceID else { return false }
        return trace?.summary?.traceID == id
    }

    /// The span whose stream is in sight, without its trace.
    private func stream() -> [ExportChoice] {
        guard state.view == .stream, let detail = state.stream?.tape?.detail,
            case .search(let page)? = state.results?.content,
            let hit = page.hits.first(where: { $0.address == detail.address })
        else { return [] }
        var trace = ExportChoice(.listed([hit.traceID]), "the trace of this stream")
        trace.traceID = detail.traceID
        trace.arguments = ["--trace", detail.traceID.hex]
        var span = ExportChoice(
            .spans(trace: hit.traceID, [detail.row.local]), "the span \(detail.names[detail.row.name] ?? "(no name)")")
        span.traceID = detail.traceID
        span.arguments = ["--span", detail.address.text]
        return [trace, span]
    }

    /// The node of the row in focus: of the tree, or of the span behind the row of a list.
    private var node: SpanForest.Node? {
        if View.overTrace.contains(state.view) {
            guard let span = Lists.selectedSpan(state) else { return nil }
            return loaded?.node(span)
        }
        guard state.view == .stream else { return trace?.selected }
        return state.stream?.tape.flatMap { tape in loaded?.node(tape.detail.row.local) }
    }

    private func focus(_ loaded: LoadedTrace) -> ExportChoice? {
        guard let id = trace?.id, let node else { return nil }
        if let row = trace?.selectedRow, row.node == node, row.runLength > 1 {
            let spans = loaded.runNodes(row).compactMap { loaded.row($0)?.local }
            return part(.spans(trace: id, spans), "the \(spans.count) spans \(name(node))", nil)
        }
        guard let span = loaded.row(node) else { return nil }
        return part(.spans(trace: id, [span.local]), "the span \(name(node))", spanArguments(span.local))
    }

    private func tagged(_ loaded: LoadedTrace) -> ExportChoice? {
        guard let id = trace?.id, !state.taggedSpans.isEmpty else { return nil }
        let tags = Set(state.taggedSpans.filter { $0.address.trace == id }.map(\.address.local))
        let spans = loaded.structure.spans.map(\.local).filter { tags.contains($0) }
        guard let first = spans.first else { return nil }
        return part(
            .spans(trace: id, spans), "the \(Counted.text(spans.count, "tagged span"))",
            spans.count == 1 ? spanArguments(first) : nil)
    }

    /// The spans that a row of a list stands for.
    private func spansOfRow() -> ExportChoice? {
        guard let id = trace?.id, let spans = parts?.spans else { return nil }
        var choice = part(.spans(trace: id, spans.ids), spans.title, nil)
        choice.note = Counted.text(spans.ids.count, "span")
        return choice
    }

    // MARK: About the row in focus

    private func subtree(_ loaded: LoadedTrace) -> ExportChoice? {
        guard let id = trace?.id, let node, !loaded.forest.children(of: node).isEmpty else { return nil }
        let below = Int(loaded.forest.descendantCounts[Int(node)])
        var choice: ExportChoice
        if let span = loaded.row(node) {
            choice = part(
                .subtree(trace: id, span: span.local), "\(name(node)) with all below it",
                spanArguments(span.local).map { $0 + ["--subtree"] })
            choice.note = Counted.text(below + 1, "span")
        } else {
            // Nothing is stored of the parent: its children are named one by one.
            choice = part(.spans(trace: id, spans(below: node, loaded)), "all below the missing parent", nil)
            choice.note = Counted.text(below, "span")
        }
        return choice
    }

    private func spans(below node: SpanForest.Node, _ loaded: LoadedTrace) -> [LocalSpanID] {
        var spans: [LocalSpanID] = []
        var pending = Array(loaded.forest.children(of: node))
        while let next = pending.popLast() {
            if let span = loaded.row(next) { spans.append(span.local) }
            pending += loaded.forest.children(of: next)
        }
        return spans
    }

    private func agent(_ loaded: LoadedTrace) -> ExportChoice? {
        guard let id = trace?.id, let run = run(loaded) else { return nil }
        var choice = part(
            .agent(trace: id, label: run.label, number: run.number),
            "what \(Glyphs.written(run.label, ascii: state.isASCII)) did", ["--agent", quoted(run.label)])
        choice.note = Counted.text(run.spanCount, "span")
        return choice
    }

    private func run(_ loaded: LoadedTrace) -> AgentRun? {
        parts?.run ?? node.flatMap { loaded.row($0) }.flatMap { loaded.run(of: $0) }
    }

    private func steps(_ loaded: LoadedTrace) -> ExportChoice? {
        guard let id = trace?.id else { return nil }
        let count = parts?.step?.count ?? loaded.stepNodes.count
        let focus = parts?.step?.number ?? node.flatMap { loaded.row($0) }.map { Int($0.step) }
        guard let focus, (1...max(1, count)).contains(focus), count > 0 else { return nil }
        var choice = part(.steps(trace: id, focus...focus), "", nil)
        choice.stepCount = count
        choice.setSteps(focus...focus)
        return choice
    }

    // MARK: Words

    private func part(_ scope: ExportScope, _ title: String, _ arguments: [String]?) -> ExportChoice {
        var choice = ExportChoice(scope, title)
        guard let id = trace?.summary?.traceID else { return choice }
        choice.traceID = id
        let isSpan = arguments?.first == "--span"
        choice.arguments = arguments.map { isSpan ? $0 : ["--trace", id.hex] + $0 }
        return choice
    }

    private func spanArguments(_ span: LocalSpanID) -> [String]? {
        (trace?.summary?.traceID).map { ["--span", SpanAddress($0, span).text] }
    }

    private func name(_ node: SpanForest.Node) -> String {
        guard let loaded, let span = loaded.row(node) else { return "(no name)" }
        let name = loaded.text(span.name) ?? "(no name)"
        guard let tool = loaded.text(span.tool), !name.contains(tool) else { return name }
        return name + " " + tool
    }

    private func quoted(_ text: String) -> String { CommandLineText.quoted(text) }
}

extension ExportChoice {
    /// Takes a range of steps over.
    mutating func setSteps(_ range: ClosedRange<Int>) {
        guard case .steps(let trace, _) = scope else { return }
        scope = .steps(trace: trace, range)
        title = range.count == 1 ? "step \(range.lowerBound)" : "steps \(range.lowerBound)..\(range.upperBound)"
        note = "of \(stepCount); s chooses others"
        arguments = traceID.map {
            ["--trace", $0.hex, "--steps", "\(range.lowerBound)..\(range.upperBound)"]
        }
    }
}

import Canvas
import Tables
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceTables

extension View {
    package static let agents = View(rawValue: "agents")
}

extension ListView {
    /// The agents of a trace as a tree with lanes on the time axis: who invoked, handed off to or retried whom.
    static let agents = ListView(
        view: .agents, source: ListSource({ AgentsRequest($0) }) { AgentsList(loaded: LoadedAgents($0)) },
        emptySentence: "No agents: nothing in this trace names one. 1 goes back to the tree.",
        paneRows: { list, isComparing in isComparing ? max(4, list * 60 / 100) : min(8, list * 30 / 100) },
        hasPaneBeside: true,
        opening: ("agents of the trace: who invoked, handed off to or retried whom", "2", ("agents", 13)),
        commands: AgentsList.commands)
}

/// What a row of the agents stands for.
enum AgentGrouping: CaseIterable {
    case attempts, instances, names

    var words: String {
        switch self {
        case .attempts: "a row for each attempt"
        case .instances: "a row for each instance, its attempts together"
        case .names: "a row for each agent, its runs together"
        }
    }
}

/// One line of the agents.
struct AgentRow: Equatable, Sendable {
    /// The first run of the row, by place in the content.
    var run: Int
    var depth: Int
    /// All runs of the row where it stands for several; empty for one of its own.
    var members: [Int32]
    /// Runs beneath that folding hides.
    var hiddenCount: Int
    var hasChildren: Bool
}

/// The runs of agents as rows, grouped and folded.
struct AgentsList: ComparableContent {
    static let columns = AgentColumns.all

    let loaded: LoadedAgents
    private(set) var grouping = AgentGrouping.attempts
    /// The folded runs, by place in the content.
    private var folded: Set<Int32> = []
    private(set) var rows: [AgentRow]

    init(loaded: LoadedAgents) {
        self.loaded = loaded
        rows = loaded.rows(.attempts, folded: [])
    }

    var traceID: TraceID? { loaded.traceID }
    var analysis: AnalysisState { loaded.analysis }
    var count: Int { rows.count }

    func row(_ index: Int) -> AgentLine { loaded.line(rows[index]) }

    /// The first run of a row.
    func run(_ index: Int) -> AgentRun { loaded.runs[rows[index].run] }

    func span(_ index: Int) -> LocalSpanID? { run(index).span }

    func parts(_ index: Int) -> TraceParts { TraceParts(run: run(index)) }

    func figures(_ state: AppState) -> [String] {
        let topology = loaded.topology
        let share =
            topology.spanCount > 0 ? Double(topology.identifiedSpans) / Double(topology.spanCount) : nil
        return [
            "agents \(loaded.agentCount), instances \(loaded.instanceCount), attempts \(topology.runs.count)",
            "identifiable \(topology.identifiedSpans)/\(topology.spanCount) \(Figures.percent(share))",
        ]
    }

    func draw(
        _ cell: ListCell<AgentLine>, among columns: ListColumns<AgentLine>, _ state: AppState,
        into canvas: inout Canvas
    ) -> CellDrawing {
        AgentRowPainter(loaded: loaded, grouping: grouping, isASCII: state.isASCII, style: cell.style)
            .draw(rows[cell.index], cell, into: &canvas)
    }

    func detail(_ index: Int, _ list: ListState, _ state: AppState) -> [DisplayLine] {
        AgentDetail(list: self, index: index, comparison: list.comparison, isASCII: state.isASCII).lines()
    }

    // MARK: Folding and grouping

    mutating func adopt(_ earlier: AgentsList) {
        grouping = earlier.grouping
        folded = earlier.folded.filter { $0 < Int32(loaded.runs.count) }
        rows = loaded.rows(grouping, folded: folded)
    }

    /// Lists the rows again and keeps the cursor on its run.
    private mutating func relist(_ cursor: inout Int) {
        let run = rows.indices.contains(cursor) ? rows[cursor].run : nil
        rows = loaded.rows(grouping, folded: folded)
        guard let run else { return }
        // The row that shows the run, or the nearest shown one above it.
        for shown in [run] + loaded.ancestors(of: run) {
            if let row = rows.firstIndex(where: { $0.run == shown || $0.members.contains(Int32(shown)) }) {
                cursor = row
                return
            }
        }
        cursor = max(0, min(cursor, rows.count - 1))
    }

    private mutating func collapse(_ cursor: inout Int) {
        guard rows.indices.contains(cursor) else { return }
        let row = rows[cursor]
        if row.hasChildren, row.hiddenCount == 0 {
            folded.insert(Int32(row.run))
            relist(&cursor)
        } else if let parent = loaded.ancestors(of: row.run).first,
            let index = rows.firstIndex(where: { $0.run == parent })
        {
            cursor = index
        }
    }

    private mutating func expand(_ cursor: inout Int) {
        guard rows.indices.contains(cursor) else { return }
        if folded.remove(Int32(rows[cursor].run)) != nil {
            relist(&cursor)
        } else if rows[cursor].hasChildren {
            cursor += 1
        }
    }

    private mutating func toggleAll(_ cursor: inout Int) {
        if folded.isEmpty {
            // A single root stays open: one row says nothing.
            let roots = rows.count { $0.depth == 0 }
            folded = Set(rows.filter { $0.hasChildren && ($0.depth > 0 || roots > 1) }.map { Int32($0.run) })
        } else {
            folded = []
        }
        relist(&cursor)
    }

    private mutating func nextGrouping(_ cursor: inout Int) -> Notice {
        let all = AgentGrouping.allCases
        grouping = all[((all.firstIndex(of: grouping) ?? 0) + 1) % all.count]
        relist(&cursor)
        return .information(grouping.words)
    }

    static let commands: [Command] = [
        Command(
            "collapse", "fold the row, or go to its parent", group: .traceList, views: [.agents], keys: ["h", "Left"]
        ) { state, _ in
            change(&state) { $0.collapse(&$1) }
        },
        Command(
            "expand", "unfold the row, or go to its first child", group: .traceList, views: [.agents],
            keys: ["l", "Right"]
        ) { state, _ in
            change(&state) { $0.expand(&$1) }
        },
        Command("toggle-all", "fold all or unfold all", group: .traceList, views: [.agents], keys: ["*"]) { state, _ in
            change(&state) { $0.toggleAll(&$1) }
        },
        Command(
            "group", "a row for each attempt, each instance, or each agent", group: .traceList, views: [.agents],
            keys: ["r"], hint: ("group", 30)
        ) { state, _ in
            state.change(AgentsList.self) { $0.nextGrouping(&$1) }
            return []
        },
        Command("next-of-agent", "next run of the same agent", group: .traceList, views: [.agents], keys: ["o"]) {
            state, _ in
            jumpToSameAgent(&state, direction: 1)
        },
        Command("previous-of-agent", "previous run of the same agent", group: .traceList, views: [.agents], keys: ["O"])
        {
            state, _ in
            jumpToSameAgent(&state, direction: -1)
        },
        Command(
            "diff", "what changed between this attempt and the one before", group: .traceList, views: [.agents],
            keys: ["d"], hint: ("diff", 11)
        ) { state, _ in
            Lists.compare(&state)
        },
    ]

    private static func change(
        _ state: inout AppState, _ body: (inout AgentsList, inout Int) -> Void
    ) -> [Effect] {
        state.change(AgentsList.self) { list, cursor in
            body(&list, &cursor)
            return nil
        }
        return []
    }

    private static func jumpToSameAgent(_ state: inout AppState, direction: Int) -> [Effect] {
        guard let agents = state.content(AgentsList.self), let here = state.list?.cursor, here < agents.count else {
            return []
        }
        let name = agents.run(here).name
        let same = agents.rows.indices.filter { agents.run($0).name == name }
        return Lists.jump(
            &state, among: same.count > 1 ? same.filter { $0 != here } : same, direction: direction, none: "",
            only: same.count > 1 ? "round the end" : "the only row of \(name ?? "an agent without a name")")
    }

    // MARK: Comparing attempts

    /// The attempt with the one before it; a first one with the one after.
    func comparison(_ index: Int, _ state: AppState) -> Result<RowComparison, RowComparison.Refusal> {
        let run = run(index)
        let attempts = loaded.attempts(of: run)
        let place = attempts.firstIndex { $0.number == run.number } ?? 0
        guard attempts.count > 1 else {
            return .failure(.init(text: "there is no other attempt of \(run.label)"))
        }
        let later = attempts[max(1, place)]
        let earlier = attempts[max(1, place) - 1]
        guard let earlierSpan = span(of: earlier, state), let laterSpan = span(of: later, state) else {
            return .failure(.init(text: "no record of a span stands behind one of the attempts"))
        }
        return .success(
            RowComparison(
                earlier: earlier.number, later: later.number, earlierSpan: earlierSpan, laterSpan: laterSpan))
    }

    /// The span that tells what an attempt was told and answered: its last model call, else its own span.
    private func span(of run: AgentRun, _ state: AppState) -> LocalSpanID? {
        let spans = state.trace?.loaded?.structure.spans ?? []
        if let call = spans.last(where: { $0.agentRun == run.number && $0.kind == .llm }) { return call.local }
        return run.span
    }

    func isAbout(_ comparison: RowComparison, _ index: Int) -> Bool {
        let number = run(index).number
        return comparison.earlier == number || comparison.later == number
    }

    /// What an attempt was told, and what it answered.
    func texts(of content: SpanContent, in comparison: RowComparison, isLater: Bool) -> [String?] {
        let input = content.inputMessages.filter { ["system", "user", "developer"].contains($0.role) }
        return [
            Self.text(input.isEmpty ? content.inputMessages : input) ?? content.inputValue,
            Self.text(content.outputMessages) ?? content.outputValue,
        ]
    }

    private static func text(_ messages: [Message]) -> String? {
        let texts = messages.flatMap(\.parts).compactMap { part -> String? in
            switch part {
            case .text(let text): text
            case .toolCall(_, let name, let arguments): "\(name ?? "?")(\(arguments ?? ""))"
            case .toolResult(_, let result): result
            default: nil
            }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    func difference(_ comparison: RowComparison) -> [DisplayLine] {
        let earlier = comparison.earlierTexts ?? []
        let later = comparison.laterTexts ?? []
        return zip(["prompt", "output"], zip(earlier, later)).flatMap { what, texts -> [DisplayLine] in
            guard let earlier = texts.0, let later = texts.1 else {
                let which =
                    texts.0 == nil ? texts.1 == nil ? "either attempt" : "the earlier attempt" : "the later attempt"
                return [DisplayLine("\(what): not recorded for \(which)", role: .dim)]
            }
            if earlier == later { return [DisplayLine("\(what): the same", role: .header)] }
            return TextDifference.lines(what, earlier, later)
        }
    }
}

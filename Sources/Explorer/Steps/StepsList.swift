import Basics
import Canvas
import Tables
import TraceModel
import TraceQuery
import TraceTables

extension View {
    package static let steps = View(rawValue: "steps")
}

extension ListView {
    /// The steps of a trace: one row each, its figures, and where its time went.
    static let steps = ListView(
        view: .steps, source: ListSource({ StepsRequest($0) }) { StepsList(loaded: LoadedSteps($0)) },
        emptySentence: "No steps: no model call and no step of a framework is recorded here. 1 goes back to the tree.",
        paneRows: { list, _ in min(8, max(3, list * 40 / 100)) },
        opening: ("steps of agents, and where their time went", "3", ("steps", 14)), commands: StepsList.commands)
}

/// The steps of a trace, or of one agent in it.
struct StepsList: ListContent {
    static let columns = StepColumns.all
    private static let phases = Dictionary(uniqueKeysWithValues: Phase.allCases.map { ("\($0.name)_ns", $0) })

    let loaded: LoadedSteps
    /// Only the steps of this agent run are listed, by number; nil lists all.
    private(set) var run: Int32?
    /// The places of the listed steps; nil while all are listed.
    private var listed: [Int32]?

    init(loaded: LoadedSteps) {
        self.loaded = loaded
    }

    var traceID: TraceID? { loaded.traceID }
    var analysis: AnalysisState { loaded.analysis }
    var count: Int { listed?.count ?? loaded.steps.count }

    func step(_ index: Int) -> StepFigures { loaded.steps[listed.map { Int($0[index]) } ?? index] }

    func row(_ index: Int) -> StepLine {
        let step = step(index)
        return StepLine(traceID: loaded.traceID, step: step, run: loaded.topology.run(step.run))
    }

    func span(_ index: Int) -> LocalSpanID? { step(index).span }

    func figures(_ state: AppState) -> [String] {
        let whose = run.flatMap { loaded.topology.run($0)?.label }.map { "steps of \($0)" } ?? "steps of all agents"
        return [
            whose, Counted.text(count, "step"), state.words.duration(loaded.totalNanos),
            "unattributed \(Figures.percent(loaded.unattributedShare))",
        ]
    }

    func detail(_ index: Int, _ list: ListState, _ state: AppState) -> [DisplayLine] {
        StepDetail(step: step(index), run: loaded.topology.run(step(index).run), state: state).lines()
    }

    func parts(_ index: Int) -> TraceParts {
        let step = step(index)
        return TraceParts(run: loaded.topology.run(step.run), step: (Int(step.number), loaded.steps.count))
    }

    // MARK: Choosing

    mutating func adopt(_ earlier: StepsList) { select(earlier.run) }

    private mutating func select(_ run: Int32?) {
        self.run = run
        listed = run.map { run in loaded.steps.indices.filter { loaded.steps[$0].run == run }.map { Int32($0) } }
    }

    /// Lists only the steps of the agent under the cursor, or all again; the cursor stays on its step.
    private mutating func toggleRun(_ cursor: inout Int) -> Notice? {
        guard cursor < count else { return nil }
        let step = step(cursor)
        let notice: Notice
        if run == nil {
            guard let run = loaded.topology.run(step.run) else {
                return .information("no agent is known for this step")
            }
            select(step.run)
            notice = .information("steps of \(run.label); o lists all")
        } else {
            select(nil)
            notice = .information("steps of all agents")
        }
        cursor = (0..<count).first { self.step($0).number == step.number } ?? cursor
        return notice
    }

    static let commands: [Command] = [
        Command(
            "next-finding", "next step of which nothing accounts for much", group: .traceList, views: [.steps],
            keys: ["w"]
        ) { state, _ in
            jump(&state, direction: 1)
        },
        Command(
            "previous-finding", "previous step of which nothing accounts for much", group: .traceList,
            views: [.steps], keys: ["W"]
        ) { state, _ in
            jump(&state, direction: -1)
        },
        Command(
            "same-agent", "only the steps of this agent, or of all", group: .traceList, views: [.steps], keys: ["o"],
            hint: ("agent", 11)
        ) { state, _ in
            state.change(StepsList.self) { $0.toggleRun(&$1) }
            return []
        },
    ]

    private static func jump(_ state: inout AppState, direction: Int) -> [Effect] {
        guard let steps = state.content(StepsList.self) else { return [] }
        let flagged = (0..<steps.count).filter { steps.step($0).isLargelyUnattributed }
        return Lists.jump(
            &state, among: flagged, direction: direction, none: "no step is unaccounted for by more than a fifth",
            only: "the only such step")
    }

    // MARK: Drawing

    func draw(
        _ cell: ListCell<StepLine>, among columns: ListColumns<StepLine>, _ state: AppState, into canvas: inout Canvas
    ) -> CellDrawing {
        let (step, place, style) = (cell.item.step, cell.place, cell.style)
        switch cell.column {
        case "mark":
            if step.isError {
                canvas.write(Glyphs.error(ascii: state.isASCII), in: place, style: style[Role.error])
            } else if step.isLargelyUnattributed {
                canvas.write(Glyphs.finding(ascii: state.isASCII), in: place, style: style[Role.finding])
            }
        case "agent": RunLabel.render(cell.item.run, state, in: place, style: style, into: &canvas)
        case "bar":
            guard loaded.longestNanos > 0 else { break }
            PhaseBar(isASCII: state.isASCII).render(
                step, share: Double(step.durationNanos) / Double(loaded.longestNanos), in: place, style: style,
                into: &canvas)
        default:
            guard let phase = Self.phases[cell.column] else { return .text() }
            if phase == .prefill || phase == .decode, isSpannedByModel(step, columns) {
                if phase == .decode { renderUnsplit(state, cell, columns, into: &canvas) }
                return .done
            }
            return .text(step.dominant == phase ? cell.own.adding([.bold, .underline]) : nil)
        }
        return .done
    }

    /// Where no column holds it, what a model call took unsplit is told across the columns of its parts.
    private func isSpannedByModel(_ step: StepFigures, _ columns: ListColumns<StepLine>) -> Bool {
        columns.place("model_unsplit_ns", row: 0).isEmpty && step.wall[Phase.modelUnsplit.rawValue] > 0
            && step.wall[Phase.prefill.rawValue] == 0 && step.wall[Phase.decode.rawValue] == 0
    }

    private func renderUnsplit(
        _ state: AppState, _ cell: ListCell<StepLine>, _ columns: ListColumns<StepLine>, into canvas: inout Canvas
    ) {
        let row = cell.place.row
        let first = columns.place("prefill_ns", row: row).column
        let end = cell.place.endColumn
        var figure = cell.style[Role.text]
        if cell.item.step.dominant == .modelUnsplit { figure = figure.adding([.bold, .underline]) }
        let start = canvas.write(
            state.words.text(cell.item.step.wallCell(.modelUnsplit), .duration, columns: 12), endingAt: end, row: row,
            style: figure, limit: end - first)
        canvas.write(
            "unsplit", endingAt: start - 1, row: row, style: cell.style[Role.dim], limit: max(0, start - first))
    }
}

/// Steps with what is derived from them once; shared, never copied.
final class LoadedSteps: Sendable, Equatable {
    let traceID: TraceID
    let analysis: AnalysisState
    let steps: [StepFigures]
    let topology: AgentTopology
    /// The sum of all steps, in nanoseconds, clamped; steps of several agents may overlap.
    let totalNanos: Int64
    /// The share of that sum that nothing accounts for; nil without time.
    let unattributedShare: Double?
    /// The longest step, against which bars are drawn.
    let longestNanos: Int64

    init(_ page: TraceSteps) {
        traceID = page.summary.traceID
        analysis = page.summary.analysis
        steps = page.steps
        topology = page.topology
        var total: Int64 = 0
        var rest: Int64 = 0
        var longest: Int64 = 0
        for step in page.steps {
            total = total.addingClamped(max(0, step.durationNanos))
            rest = rest.addingClamped(max(0, step.wall[Phase.unattributed.rawValue]))
            longest = max(longest, step.durationNanos)
        }
        totalNanos = total
        longestNanos = longest
        unattributedShare = total > 0 ? Double(rest) / Double(total) : nil
    }

    static func == (a: LoadedSteps, b: LoadedSteps) -> Bool { a === b }
}

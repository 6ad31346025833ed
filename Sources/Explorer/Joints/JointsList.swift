import Canvas
import Tables
import TraceModel
import TraceQuery
import TraceTables

extension View {
    package static let joints = View(rawValue: "joints")
}

extension ListView {
    /// The tool calls of a trace: one row each, with what became of it on its way.
    static let joints = ListView(
        view: .joints, source: ListSource({ JointsRequest($0) }) { JointsList(loaded: LoadedJoints($0)) },
        emptySentence: "No tool calls are recorded in this trace. 1 goes back to the tree.",
        paneRows: { list, _ in min(20, max(4, list * 58 / 100)) }, hasPaneBeside: true,
        opening: ("tool calls on their way from the model to the tool and back", "4", ("joints", 15)),
        commands: JointsList.commands)
}

/// The tool calls of a trace on their way through the layers.
struct JointsList: ComparableContent {
    static let columns = JointColumns.all

    let loaded: LoadedJoints

    var traceID: TraceID? { loaded.traceID }
    var analysis: AnalysisState { loaded.analysis }
    var count: Int { loaded.joints.count }

    func row(_ index: Int) -> JointLine {
        let joint = loaded.joints[index]
        return JointLine(traceID: loaded.traceID, joint: joint, run: loaded.topology.run(joint.run))
    }

    /// The stage of a call that says most: the one with a finding, else the one that differs most.
    private func hop(_ index: Int) -> JointHop? {
        let joint = loaded.joints[index]
        let spans = Set(loaded.findings(index).compactMap(\.spanID))
        return joint.hops.first { spans.contains($0.spanID) }
            ?? joint.hops.first { $0.comparison == loaded.worst(index) && $0.comparison.isLoss }
            ?? joint.hop(.ran) ?? joint.hops.first
    }

    func span(_ index: Int) -> LocalSpanID? { hop(index)?.span }

    func figures(_ state: AppState) -> [String] {
        [
            Counted.text(count, "tool call"),
            "\(Figures.count(Int64(loaded.flagged.count)))\(Glyphs.finding(ascii: state.isASCII))",
        ]
    }

    func draw(
        _ cell: ListCell<JointLine>, among columns: ListColumns<JointLine>, _ state: AppState,
        into canvas: inout Canvas
    ) -> CellDrawing {
        let (joint, place, style) = (cell.item.joint, cell.place, cell.style)
        let ascii = state.isASCII
        switch cell.column {
        case "mark":
            guard loaded.hasFinding(cell.index) else { break }
            canvas.write(Glyphs.finding(ascii: ascii), in: place, style: style[Role.finding])
        case "agent": RunLabel.render(cell.item.run, state, in: place, style: style, into: &canvas)
        case "way": canvas.write(JointWords.way(joint, ascii: ascii), in: place, style: style[Role.text])
        case "payload":
            let worst = loaded.worst(cell.index)
            canvas.write(
                JointWords.outcome(joint, worst: worst, ascii: ascii), in: place,
                style: style[worst.isLoss ? Role.warning : .dim])
        default: return .text()
        }
        return .done
    }

    func detail(_ index: Int, _ list: ListState, _ state: AppState) -> [DisplayLine] {
        JointDetail(list: self, index: index, comparison: list.comparison, state: state).lines()
    }

    /// The spans through which a tool call went.
    func parts(_ index: Int) -> TraceParts {
        let joint = loaded.joints[index]
        var seen: Set<LocalSpanID> = []
        let ids = joint.hops.map(\.span).filter { seen.insert($0).inserted }
        return TraceParts(spans: ids.count > 1 ? (ids, "the tool call \(joint.toolName ?? "(no name)")") : nil)
    }

    static let commands: [Command] = [
        Command(
            "next-finding", "next tool call with a finding", group: .traceList, views: [.joints], keys: ["w", "n"],
            hint: ("finding", 11)
        ) { state, _ in
            jump(&state, direction: 1)
        },
        Command(
            "previous-finding", "previous tool call with a finding", group: .traceList, views: [.joints],
            keys: ["W", "N"]
        ) { state, _ in
            jump(&state, direction: -1)
        },
        Command(
            "diff", "difference between the payloads of the call, as JSON", group: .traceList, views: [.joints],
            keys: ["d"], hint: ("diff", 12)
        ) { state, _ in
            Lists.compare(&state)
        },
    ]

    private static func jump(_ state: inout AppState, direction: Int) -> [Effect] {
        guard let joints = state.content(JointsList.self) else { return [] }
        return Lists.jump(
            &state, among: joints.loaded.flagged, direction: direction,
            none: "nothing was found about these tool calls", only: "the only one with a finding")
    }

    // MARK: Comparing payloads

    /// The stage with the gravest difference and the one before it with a payload of the same sort.
    static func pair(_ joint: ToolJoint) -> (JointHop, JointHop)? {
        var best: (JointHop, JointHop)?
        for (index, hop) in joint.hops.enumerated() where hop.payload != nil && hop.stage != .answered {
            guard
                let before = joint.hops[..<index].last(where: {
                    $0.payload != nil && $0.stage.carriesArguments == hop.stage.carriesArguments
                })
            else { continue }
            if best.map({ $0.1.comparison.gravity < hop.comparison.gravity }) ?? true { best = (before, hop) }
        }
        return best
    }

    func comparison(_ index: Int, _ state: AppState) -> Result<RowComparison, RowComparison.Refusal> {
        let joint = loaded.joints[index]
        guard let (earlier, later) = Self.pair(joint) else {
            return .failure(.init(text: "no two payloads of this call are recorded"))
        }
        return .success(
            RowComparison(
                earlier: joint.number, later: joint.number, earlierSpan: earlier.span, laterSpan: later.span))
    }

    func isAbout(_ comparison: RowComparison, _ index: Int) -> Bool {
        comparison.later == loaded.joints[index].number
    }

    private func pair(of comparison: RowComparison) -> (joint: ToolJoint, earlier: JointHop, later: JointHop)? {
        guard let joint = loaded.joints.first(where: { $0.number == comparison.later }) else { return nil }
        return Self.pair(joint).map { (joint, $0.0, $0.1) }
    }

    func texts(of content: SpanContent, in comparison: RowComparison, isLater: Bool) -> [String?] {
        guard let pair = pair(of: comparison) else { return [nil] }
        let stage = isLater ? pair.later.stage : pair.earlier.stage
        return [stage.payload(of: content, callID: pair.joint.callID)]
    }

    func difference(_ comparison: RowComparison) -> [DisplayLine] {
        guard let pair = pair(of: comparison) else { return [] }
        let what = "\(pair.earlier.stage.words) \(pair.later.stage.words)"
        guard let earlier = comparison.earlierTexts?.first ?? nil, let later = comparison.laterTexts?.first ?? nil
        else {
            let isEarlier = comparison.earlierTexts?.first.map { $0 == nil } ?? true
            let stage = isEarlier ? pair.earlier.stage : pair.later.stage
            return [DisplayLine("The span of “\(stage.words)” does not hold the payload.", role: .dim)]
        }
        if earlier == later { return [DisplayLine("\(what): the same text", role: .header)] }
        return JSONDifference.lines(what, earlier, later)
    }
}

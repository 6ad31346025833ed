import Basics
import FastJSON
import TraceModel

/// Writes a trace of any origin as a trajectory, with those of the agents that it started within it.
struct AtifBuilder {
    /// Arguments nested deeper stay text, so that the document as a whole can be read again.
    static let valueDepthLimit = 96

    private let trace: ExportTrace
    private let runs: AtifRuns
    private let spans: [ExportSpan]
    private let provenance: AtifProvenance
    private(set) var omissions = AtifOmissions()
    /// Whether the trajectory done last told nothing.
    private var isEmpty = false

    init(_ trace: ExportTrace, _ spans: [ExportSpan], provenance: AtifProvenance) {
        self.trace = trace
        runs = AtifRuns(trace.agents)
        self.spans = spans
        self.provenance = provenance
    }

    /// The document; nil where the trace has no step of an agent.
    mutating func document() -> JSONValue? {
        let inner = AtifInnerCalls(spans)
        let plan = AtifPlan(trace, spans, inner)
        omissions.deepAgents = plan.deepCount
        var started: [[AtifStart]] = Array(repeating: [], count: plan.trajectories.count)
        for trajectory in plan.trajectories where trajectory.parent >= 0 {
            started[trajectory.parent].append(
                AtifStart(
                    id: id(trajectory.run), span: trajectory.starter, position: trajectory.spans.first ?? 0))
        }
        // A trajectory stands before those within it, so that they are done first from behind.
        var within: [[JSONValue]] = Array(repeating: [], count: plan.trajectories.count)
        for place in plan.trajectories.indices.dropFirst().reversed() {
            let trajectory = plan.trajectories[place]
            let value = value(trajectory, inner, started[place], Array(within[place].reversed()), isDocument: false)
            within[trajectory.parent].append(value)
            within[place] = []
        }
        let document = value(
            plan.trajectories[0], inner, started[0], Array(within[0].reversed()), isDocument: true)
        if plan.trajectories.count > 1 || !isEmpty { return document }
        omissions.emptyTraces = 1
        return .none
    }

    private func id(_ run: Int32) -> String { "\(trace.summary.traceID.hex)-agent-\(run)" }

    private mutating func value(
        _ trajectory: AtifPlan.Trajectory, _ inner: AtifInnerCalls, _ started: [AtifStart], _ within: [JSONValue],
        isDocument: Bool
    ) -> JSONValue {
        var conversation = AtifConversation(spans, trajectory.spans, inner)
        omissions.otherSpans += conversation.otherSpans
        isEmpty = conversation.isEmpty
        for start in started { conversation.add(start) }
        let drafts = conversation.finish()
        var total = AtifFigures()
        for draft in drafts where draft.llmCallCount == 1 { total.add(draft.metrics) }
        for inner in within { total.addCost(inner["final_metrics"]?["total_cost_usd"]?.double) }

        var members = AtifMembers()
        let hasSound = drafts.contains { AtifContentPart.hasSound($0.message) }
        members.add(
            "schema_version", text: hasSound ? AtifExporter.versionWithSounds : AtifExporter.schemaVersion)
        if isDocument { members.add("session_id", text: trace.summary.session) }
        members.add("trajectory_id", text: isDocument ? trace.summary.traceID.hex : id(trajectory.run))
        members.add("agent", agent(trajectory, drafts))
        members.add("steps", .array(drafts.enumerated().map { $0.element.value(id: $0.offset + 1) }))
        members.add("final_metrics", total.finalValue(steps: drafts.count))
        if isDocument {
            members.add("extra", provenance.added(to: .none))
        } else if let extra = runExtra(trajectory.run) {
            members.add("extra", extra)
        }
        if !within.isEmpty { members.add("subagent_trajectories", .array(within)) }
        return members.value
    }

    // MARK: Agents

    private func agent(_ trajectory: AtifPlan.Trajectory, _ drafts: [AtifDraft]) -> JSONValue {
        let run = runs[trajectory.run]
        let opening = run?.spanID.flatMap { id in trajectory.spans.first { spans[$0].row.spanID == id } }
        let version = opening.flatMap { spans[$0].span.attributes.value(of: "gen_ai.agent.version")?.stringValue }
        var members = AtifMembers()
        // Where no agent is known, the program is what is nearest to one.
        let service = trace.summary.services.first { !$0.hasPrefix("unknown_service") }
        let name = run == nil ? service : run?.name
        members.add("name", text: name ?? "unknown")
        // The format wants a version, and hardly any trace states one.
        members.add("version", text: version ?? "unknown")
        members.add("model_name", text: drafts.lazy.compactMap(\.model).first)
        members.add("tool_definitions", toolDefinitions(trajectory))
        return members.value
    }

    /// The tools that the model was offered, each once.
    private func toolDefinitions(_ trajectory: AtifPlan.Trajectory) -> JSONValue? {
        var seen: Set<String> = []
        var definitions: [JSONValue] = []
        for index in trajectory.spans {
            for text in spans[index].content.toolDefinitions where seen.insert(text).inserted {
                let value = try? JSONValue(parsing: text, depthLimit: Self.valueDepthLimit)
                if let value, value.members != nil { definitions.append(value) }
            }
        }
        return definitions.isEmpty ? .none : .array(definitions)
    }

    /// Which instance of its agent a trajectory is, and how it came about.
    private func runExtra(_ number: Int32) -> JSONValue? {
        guard let run = runs[number] else { return .none }
        var members = AtifMembers()
        members.add("agent", text: run.label)
        members.add("relation", text: run.relation.name)
        members.add("state", text: run.state.name)
        members.add("span_id", text: run.spanID?.hex)
        members.add("start_unix_nano", text: run.startUnixNano.map { String($0) })
        if let start = run.startUnixNano, let end = run.endUnixNano {
            members.add("duration_nanos", text: end.subtractingIfFits(start).map { String($0) })
        }
        return .object([JSONMember(AtifProvenance.key, members.value)])
    }
}

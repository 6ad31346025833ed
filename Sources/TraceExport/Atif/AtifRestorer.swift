import FastJSON
import TraceModel

/// Writes a trace that was read from ATIF as the document it was.
///
/// Where only a part of its spans is at hand, the rest of the document is left out and the part is named.
struct AtifRestorer {
    /// The spans of one trajectory, as indices.
    private struct Group {
        var root: Int?
        var parent: Int = -1
        var steps: [Int] = []
        /// Tool calls and results by the number of their step.
        var children: [Int: [Int]] = [:]
        var subagents: [Int] = []
    }

    private let spans: [ExportSpan]
    private let provenance: AtifProvenance
    private var groups: [Group] = []
    private(set) var omissions = AtifOmissions()

    init(_ spans: [ExportSpan], provenance: AtifProvenance) {
        self.spans = spans
        self.provenance = provenance
        group()
    }

    mutating func document() -> JSONValue {
        // A trajectory stands before those within it, so that they are done first from behind.
        var done = [JSONValue](repeating: .null, count: groups.count)
        for index in groups.indices.reversed() {
            done[index] = trajectory(
                groups[index], subagents: groups[index].subagents.map { done[$0] }, isDocument: index == 0)
        }
        return done.first ?? .null
    }

    // MARK: Groups

    /// Sorts the spans into trajectories; the first group is the document, all others stand behind their parents.
    private mutating func group() {
        var groupOfRoot: [SpanID: Int] = [:]
        var found: [Group] = []
        for (index, span) in spans.enumerated() where isRoot(span) && groupOfRoot[span.span.spanID] == nil {
            groupOfRoot[span.span.spanID] = found.count
            found.append(Group(root: index))
        }
        var groupOfSpan: [SpanID: Int] = groupOfRoot
        for (index, span) in spans.enumerated() where !isRoot(span) {
            // Steps whose root is not at hand form a trajectory of their own.
            let parent = span.span.parentSpanID ?? SpanID(0)
            let place = groupOfRoot[parent] ?? found.count
            if place == found.count {
                groupOfRoot[parent] = place
                found.append(Group(root: nil))
            }
            groupOfSpan[span.span.spanID] = place
            let record = AtifRecord(span.span.attributes, nulls: AtifAttribute.nulls)
            let number = record.int(AtifAttribute.step) ?? 0
            if record.int(AtifAttribute.callIndex) == nil && record.int(AtifAttribute.resultIndex) == nil {
                found[place].steps.append(index)
            } else {
                found[place].children[number, default: []].append(index)
            }
        }
        for index in found.indices {
            guard let root = found[index].root, let parent = spans[root].span.parentSpanID,
                let place = groupOfSpan[parent], place != index
            else { continue }
            found[index].parent = place
        }
        arrange(found)
    }

    private func isRoot(_ span: ExportSpan) -> Bool {
        span.span.attributes.value(of: "gen_ai.operation.name") == .string("invoke_agent")
    }

    /// Orders the groups from the document downwards; whatever hangs on nothing stands beneath the document.
    private mutating func arrange(_ found: [Group]) {
        var children = [[Int]](repeating: [], count: found.count)
        for (index, group) in found.enumerated() where group.parent >= 0 { children[group.parent].append(index) }
        var seen = Set<Int>()
        let tops = found.indices.filter { found[$0].parent < 0 }
        var queue = [tops.first ?? 0]
        var adopted = (Array(tops.dropFirst()) + Array(found.indices))[...]
        while true {
            while let next = queue.first {
                queue.removeFirst()
                guard seen.insert(next).inserted else { continue }
                let place = groups.count
                groups.append(found[next])
                if place > 0 { groups[parentPlace[next] ?? 0].subagents.append(place) }
                for child in children[next] where !seen.contains(child) {
                    parentPlace[child] = place
                    queue.append(child)
                }
            }
            guard let lost = adopted.popFirst() else { break }
            if !seen.contains(lost) { queue.append(lost) }
        }
        let order = groups.indices.map(subagentIndex)
        for index in groups.indices { groups[index].subagents.sort { (order[$0], $0) < (order[$1], $1) } }
    }

    private var parentPlace: [Int: Int] = [:]

    private func subagentIndex(_ place: Int) -> Int {
        guard let root = groups[place].root else { return .max }
        return AtifRecord(spans[root].span.attributes, nulls: "").int(AtifAttribute.subagentIndex) ?? .max
    }

    // MARK: Objects

    private mutating func trajectory(_ group: Group, subagents: [JSONValue], isDocument: Bool) -> JSONValue {
        let attributes = group.root.map { spans[$0].span.attributes } ?? []
        let record = AtifRecord(attributes, nulls: AtifAttribute.nulls)
        omissions.invalidMembers += record.invalidCount(
            AtifAttribute.invalid, AtifAttribute.agentInvalid, AtifAttribute.finalMetricsInvalid)
        var members = AtifMembers()
        members.add(
            "schema_version",
            record.text(AtifAttribute.schemaVersion, "schema_version") ?? .string(AtifExporter.schemaVersion))
        members.add("session_id", record.text("gen_ai.conversation.id", "session_id"))
        // A trajectory within another must have an id.
        let id = record.text("gen_ai.agent.call.id", "trajectory_id")
        let ownID = group.root.map { JSONValue.string(spans[$0].row.spanID.hex) }
        members.add("trajectory_id", isDocument || id?.string != nil ? id : ownID ?? "unknown")
        members.add("agent", agent(attributes, group))
        members.add("steps", .array(steps(group)))
        members.add("notes", record.text(AtifAttribute.notes, "notes"))
        members.add("final_metrics", record.object(AtifAttribute.finalMetrics, "final_metrics"))
        members.add(
            "continued_trajectory_ref",
            record.text(AtifAttribute.continuedTrajectory, "continued_trajectory_ref"))
        let extra = record.object(AtifAttribute.extra, "extra")
        members.add("extra", isDocument && provenance.isPart ? provenance.added(to: extra) : extra)
        if record.nulls.contains("subagent_trajectories") {
            members.add("subagent_trajectories", JSONValue.null)
        } else if record.int(AtifAttribute.subagents) != nil || !subagents.isEmpty {
            members.add("subagent_trajectories", .array(subagents))
        }
        return members.value
    }

    private func agent(_ attributes: [Attribute], _ group: Group) -> JSONValue {
        let record = AtifRecord(attributes, nulls: AtifAttribute.agentNulls)
        let first = group.steps.first.flatMap { spans[$0].facts.agentName }
        var members = AtifMembers()
        members.add("name", record.text("gen_ai.agent.name", "name") ?? .string(first ?? "unknown"))
        members.add("version", record.text("gen_ai.agent.version", "version") ?? .string("unknown"))
        members.add("model_name", record.text("gen_ai.request.model", "model_name"))
        members.add("tool_definitions", record.list("gen_ai.tool.definitions", "tool_definitions"))
        members.add("extra", record.object(AtifAttribute.agentExtra, "extra"))
        return members.value
    }

    /// The steps in their order; calls and results without their step get one, as far as the part goes.
    private mutating func steps(_ group: Group) -> [JSONValue] {
        func number(_ index: Int) -> Int {
            AtifRecord(spans[index].span.attributes, nulls: "").int(AtifAttribute.step) ?? 0
        }
        var stepOfNumber: [Int: Int] = [:]
        for index in group.steps where stepOfNumber[number(index)] == nil { stepOfNumber[number(index)] = index }
        let numbers = Set(stepOfNumber.keys).union(group.children.keys).sorted()
        var steps: [JSONValue] = []
        for number in numbers {
            var step = AtifStepRestorer(
                stepOfNumber[number].map { spans[$0].span.attributes },
                children: (group.children[number] ?? []).map { spans[$0].span.attributes })
            steps.append(step.value(id: steps.count + 1))
            omissions.invalidMembers += step.invalidCount
        }
        return steps
    }
}

import Basics
import FastJSON
import TraceDialect
import TraceModel

/// Makes the spans of one trajectory: a root for the agent, beneath it its steps, tool calls and results.
///
/// Nothing is told of times but what is written: a step begins at its timestamp and has no end, unless the producer
/// noted both ends of the call, as NeMo's toolkit and this program's own export do.
struct AtifTrajectory {
    let traceID: TraceID
    let root: SpanID
    let agentModel: JSONValue?
    /// The source of the identifiers.
    var hash: RecordingHash
    private(set) var spans: [Span] = []
    private(set) var faults: [String] = []
    /// The spans whose results refer to trajectories, by the names that they call them.
    private(set) var owners: [String: SpanID] = [:]
    /// The trajectories within this one.
    let subagents: [JSONValue]
    /// Messages that the next model call reads.
    private var pending: [JSONValue] = []

    /// Reads a trajectory; `index` is its place among those of its parent, nil for a document.
    init(_ value: JSONValue, traceID: TraceID, parent: SpanID?, index: Int?, hash: RecordingHash) {
        let fields = AtifObject(value, .trajectory)
        let agent = AtifObject(fields["agent"] ?? .null, .agent)
        self.traceID = traceID
        self.hash = hash
        self.hash.add(0)
        root = self.hash.spanID
        agentModel = agent["model_name"]
        subagents = fields["subagent_trajectories"]?.elements ?? []
        note(fields.faults)
        if let version = fields["schema_version"]?.string, !Self.versions.contains(version) {
            note(["schema_version is none of 1.0 to 1.8"])
        }
        note(fields["agent"] == nil ? [] : agent.faults, at: "agent")
        let name = "invoke_agent " + (agent["name"]?.string ?? "unknown")
        var attributes = Self.agentAttributes(agent)
        addTrajectory(fields, index: index, to: &attributes)
        add(root, parent: parent, name: name, AtifTimes(fields["extra"]), attributes)
        for (place, step) in Self.ordered(fields["steps"]?.elements ?? []).enumerated() {
            addStep(step, number: place + 1)
        }
    }

    private static let versions = Set((0...8).map { "ATIF-v1.\($0)" })

    // MARK: The root

    private static func agentAttributes(_ agent: AtifObject) -> [Attribute] {
        var attributes = [Attribute("gen_ai.operation.name", .string("invoke_agent"))]
        attributes.add("gen_ai.agent.name", agent["name"])
        attributes.add("gen_ai.agent.version", agent["version"])
        attributes.add("gen_ai.request.model", agent["model_name"])
        attributes.add("gen_ai.tool.definitions", agent["tool_definitions"])
        attributes.add(AtifAttribute.agentExtra, agent["extra"])
        return attributes
            + agent.remainder(nulls: AtifAttribute.agentNulls, invalid: AtifAttribute.agentInvalid)
    }

    private mutating func addTrajectory(_ fields: AtifObject, index: Int?, to attributes: inout [Attribute]) {
        let metrics = AtifObject(fields["final_metrics"] ?? .null, .finalMetrics)
        note(metrics.faults, at: "final_metrics")
        attributes.add("gen_ai.conversation.id", fields["session_id"])
        attributes.add("gen_ai.agent.call.id", fields["trajectory_id"])
        attributes.add(AtifAttribute.schemaVersion, fields["schema_version"])
        attributes.add(AtifAttribute.notes, fields["notes"])
        attributes.add(AtifAttribute.finalMetrics, fields["final_metrics"].flatMap { _ in .object(metrics.allowed) })
        attributes.add(AtifAttribute.continuedTrajectory, fields["continued_trajectory_ref"])
        attributes.add(AtifAttribute.extra, fields["extra"])
        if fields["subagent_trajectories"] != nil {
            attributes.append(Attribute(AtifAttribute.subagents, .int(Int64(subagents.count))))
        }
        if let index { attributes.append(Attribute(AtifAttribute.subagentIndex, .int(Int64(index)))) }
        attributes += fields.remainder(nulls: AtifAttribute.nulls, invalid: AtifAttribute.invalid)
        if !metrics.invalid.isEmpty {
            attributes.add(AtifAttribute.finalMetricsInvalid, JSONValue.object(metrics.invalid))
        }
    }

    // MARK: Steps

    /// The steps by their numbers; where one has none, it stays behind the step before it.
    private static func ordered(_ steps: [JSONValue]) -> [JSONValue] {
        var last = Int64.min
        let numbered = steps.map { step -> (number: Int64, step: JSONValue) in
            last = step["step_id"]?.int ?? last
            return (last, step)
        }
        return numbered.enumerated().sorted { a, b in
            (a.element.number, a.offset) < (b.element.number, b.offset)
        }.map(\.element.step)
    }

    private mutating func addStep(_ value: JSONValue, number: Int) {
        guard value.members != nil else {
            note(["step \(number) is no object"])
            return
        }
        let isAgent = value["source"] == "agent"
        var fields = AtifObject(value, isAgent ? .agentStep : .otherStep)
        if fields["step_id"].map({ $0.int != Int64(number) }) == true {
            fields.refuse("step_id", "step_id is out of order or stands twice")
        }
        if let source = fields["source"]?.string, !["agent", "user", "system"].contains(source) {
            fields.refuse("source", "source is none of system, user and agent")
        }
        if let text = fields["timestamp"]?.string, ISOTime.nanos(text) == nil {
            fields.refuse("timestamp", "timestamp is no time in ISO 8601")
        }
        if isAgent && fields["llm_call_count"]?.int == 0 {
            fields.refuse("metrics", "metrics of a step without a model")
            fields.refuse("reasoning_content", "reasoning_content of a step without a model")
        }
        let metrics = AtifObject(fields["metrics"] ?? .null, .metrics)
        note(fields.faults + metrics.faults.map { "metrics: " + $0 }, at: "step \(number)")
        var step = AtifStep(fields, metrics, number: number, isAgent: isAgent)
        step.inheritedModel = agentModel
        step.readCalls { hash.nextSpanID() }
        step.readObservation { hash.nextSpanID() }
        let isModelCall = step.isModelCall
        step.complete(pending: isModelCall ? pending : [])
        if isModelCall { pending = [] }
        pending += step.messages
        for (name, id) in step.owners where owners[name] == nil { owners[name] = id }
        note(step.faults, at: "step \(number)")
        add(hash.nextSpanID(), parent: root, name: step.name, step.times, step.attributes)
        for child in step.children { add(child.id, parent: root, name: child.name, child.times, child.attributes) }
    }

    private mutating func add(
        _ id: SpanID, parent: SpanID?, name: String, _ times: AtifTimes, _ attributes: [Attribute]
    ) {
        var span = Span(untimed: id, of: traceID, parent: parent, name: name, scope: AtifAttribute.scope)
        (span.startUnixNano, span.endUnixNano) = (times.start, times.end)
        span.attributes = attributes
        span.marks = span.ownMarks
        spans.append(span)
    }

    private mutating func note(_ faults: [String], at place: String? = nil) {
        self.faults += faults.map { fault in place.map { "\($0): \(fault)" } ?? fault }
    }
}

extension RecordingHash {
    /// The next of a run of identifiers.
    fileprivate mutating func nextSpanID() -> SpanID {
        add(1)
        return spanID
    }
}

extension [Attribute] {
    /// Adds a value: texts, numbers and truths as they are, lists and objects as JSON text.
    mutating func add(_ name: String, _ value: JSONValue?) {
        switch value {
        case .string(let text)?: append(Attribute(name, .string(text)))
        case .int(let number)?: append(Attribute(name, .int(number)))
        case .double(let number)?: append(Attribute(name, .double(number)))
        case .bool(let truth)?: append(Attribute(name, .bool(truth)))
        case .array?, .object?: append(Attribute(name, .string((value ?? .null).text())))
        case .null?, nil: break
        }
    }
}

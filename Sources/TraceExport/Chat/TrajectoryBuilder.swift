import TraceModel

/// Turns the spans of one trace into the conversations that its agents led.
///
/// A model call repeats what was said before it, so the calls of an agent run are merged: a call that goes on where an
/// earlier one ended continues its conversation, any other starts a new one. Nothing is mixed that no call shows
/// together. Memory holds each message once, however often calls repeat it.
package struct TrajectoryBuilder {
    private struct CallRecord {
        var call: TrajectorySegments.Segment
        var group: Group
        /// The nearest model call above; −1 for none.
        var outer: Int
        var hasAnswer: Bool
    }

    /// Whose conversation a model call belongs to.
    private enum Group: Hashable {
        case run(Int32)
        /// A run without a name, by the run around it: frameworks start one for each of their steps.
        case steps(Int32)
        case agent(SpanID)
        case trace
    }

    /// What the spans beneath a span need to know of it.
    private struct Place {
        var agent: SpanID?
        var call: Int
    }

    private let trace: ExportTrace
    private var table = MessageTable()
    private var calls: [CallRecord] = []
    private var names: [Group: String] = [:]
    private var places: [SpanID: Place] = [:]
    /// Results by call id, as the spans of tools state them; nil where two of them differ.
    private var results: [String: String?] = [:]

    package init(_ trace: ExportTrace) {
        self.trace = trace
    }

    /// Takes the next span in order of start.
    package mutating func add(_ span: ExportSpan) {
        let above = span.row.parentSpanID.flatMap { places[$0] } ?? Place(agent: nil, call: -1)
        var place = above
        switch span.row.kind {
        case .agent:
            place = Place(agent: span.row.spanID, call: -1)
        case .tool:
            // What runs inside a tool is no part of the call that asked for it.
            place.call = -1
            addResult(span)
        case .llm:
            if let call = call(span) {
                let group = group(of: span.row, agent: above.agent)
                if let name = span.facts.agentName, names[group] == nil { names[group] = name }
                place.call = calls.count
                calls.append(
                    CallRecord(
                        call: call, group: group, outer: above.call,
                        hasAnswer: !span.content.outputMessages.allSatisfy(\.parts.isEmpty)))
            }
        default:
            break
        }
        if places[span.row.spanID] == nil { places[span.row.spanID] = place }
    }

    private func group(of row: SpanRow, agent: SpanID?) -> Group {
        guard let run = trace.run(row.agentRun) else { return agent.map { .agent($0) } ?? .trace }
        return run.name == nil ? .steps(run.parent) : .run(run.number)
    }

    /// The model call of a span; nil where nothing was captured of what was said.
    private mutating func call(_ span: ExportSpan) -> TrajectorySegments.Segment? {
        let content = span.content
        guard content.inputMessages.contains(where: { !$0.parts.isEmpty }) else { return nil }
        var reading = MessageReading()
        for message in content.inputMessages { reading.add(message) }
        var answers = content.outputMessages
        var further = 0
        if Self.areChoices(answers, span.facts) {
            further = answers.count - 1
            answers.removeSubrange(1...)
        }
        for message in answers where !message.parts.isEmpty { reading.add(message) }
        return TrajectorySegments.Segment(
            messages: reading.messages.map { table.intern($0) }, tools: content.toolDefinitions,
            spanIDs: [span.row.spanID], model: span.facts.modelResolved ?? span.facts.modelRequested,
            session: span.facts.session, furtherChoices: further, isPart: Self.isPart(span.span))
    }

    /// Whether messages may be among what the producer dropped.
    private static func isPart(_ span: Span) -> Bool {
        if span.droppedAttributesCount > 0 { return true }
        return span.droppedEventsCount > 0
            && span.events.contains { $0.name.hasPrefix("gen_ai.") && $0.name.hasSuffix(".message") }
    }

    /// Whether several answers are alternatives, and not pieces of one.
    private static func areChoices(_ answers: [Message], _ facts: SpanFacts) -> Bool {
        guard answers.count > 1 else { return false }
        return facts.finishReasons.count == answers.count || answers.allSatisfy { $0.finishReason != nil }
    }

    private mutating func addResult(_ span: ExportSpan) {
        guard let id = span.facts.toolCallID, let result = span.content.toolResult else { return }
        if let known = results[id], known != result {
            results[id] = .some(.none)
        } else {
            results[id] = .some(result)
        }
    }

    /// The conversations, in order of their first call.
    package mutating func finish() -> [Trajectory] {
        let isDropped = repeatedCalls()
        var groups: [Group: TrajectorySegments] = [:]
        var order: [(group: Group, segment: Int)] = []
        for (index, record) in calls.enumerated() where !isDropped[index] {
            if groups[record.group, default: TrajectorySegments()].add(record.call, &table) {
                order.append((record.group, (groups[record.group]?.segments.count ?? 1) - 1))
            }
        }
        var used: [String: Int] = [:]
        return order.compactMap { group, index in
            guard let segment = groups[group]?.segments[index] else { return nil }
            return trajectory(segment, group, &used)
        }
    }

    /// The calls that others show better: wrappers of a recorded call, and records beneath a call that tell less.
    private func repeatedCalls() -> [Bool] {
        var wraps = [Bool](repeating: false, count: calls.count)
        for record in calls where record.hasAnswer {
            var outer = record.outer
            while outer >= 0 && !wraps[outer] {
                wraps[outer] = true
                outer = calls[outer].outer
            }
        }
        return calls.indices.map { index in
            let outer = calls[index].outer
            return wraps[index] || (!calls[index].hasAnswer && outer >= 0 && calls[outer].hasAnswer)
        }
    }

    private func trajectory(
        _ segment: TrajectorySegments.Segment, _ group: Group, _ used: inout [String: Int]
    ) -> Trajectory {
        var run: AgentRun?
        if case .run(let number) = group { run = trace.run(number) }
        let agent = run?.label ?? names[group]
        let base = "\(trace.summary.traceID.hex)/\(agent ?? "conversation")"
        let count = used[base, default: 0] + 1
        used[base] = count
        var answers = ToolAnswers(results: results)
        let messages = answers.complete(segment.messages.map { table[$0] })
        return Trajectory(
            id: count > 1 ? "\(base)/\(count)" : base, traceID: trace.summary.traceID, agent: agent,
            session: segment.session ?? trace.summary.session, model: segment.model, part: trace.part,
            messages: messages, tools: segment.tools, spanIDs: segment.spanIDs, outcome: run?.state,
            coverage: trace.coverage, resultsFromSpans: answers.takenFromSpans,
            furtherChoices: segment.furtherChoices, isPart: segment.isPart)
    }
}

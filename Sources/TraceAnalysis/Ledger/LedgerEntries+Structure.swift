import TraceModel

extension LedgerEntries {
    /// Parents that spans name and nobody recorded.
    mutating func addMissingParents() {
        for (index, id) in forest.missingParents.enumerated() {
            let node = SpanForest.Node(forest.spanCount + index)
            let children = forest.children(of: node)
            let words = children.count == 1 ? "1 span names" : "\(children.count) spans name"
            var item = LedgerItem(
                kind: .missingParent, missing: 1,
                message: "\(words) \(id.hex) as parent, and no record of it is stored.",
                spanID: children.first.map { input.spans[Int($0)].spanID },
                evidence: children.prefix(5).map { evidence(Int($0), "child", name(Int($0))) })
            item.expected = 1
            item.recorded = 0
            item.isLowerBound = true
            add(item)
        }
    }

    /// Numbers of children, calls and steps that spans state.
    ///
    /// Gives how many calls are missing by them, and the recorded ones of the same sort where one span says so for all.
    mutating func addDeclaredCounts() -> (missing: Int64, scope: Int?) {
        var missing: Int64 = 0
        var scope: Int?
        for span in input.spans.indices {
            guard let evidence = input.evidence(of: span), !evidence.declaredCounts.isEmpty else { continue }
            for count in evidence.declaredCounts {
                guard let recorded = recorded(count.subject, under: span) else { continue }
                let lacking = max(0, count.count - Int64(recorded))
                let what = words(count.subject)
                var item = LedgerItem(
                    kind: .declaredChildren, missing: lacking,
                    message: lacking == 0
                        ? "\(name(span)) states \(count.count) \(what), and as many are recorded."
                        : "\(name(span)) states \(count.count) \(what); \(recorded) of them are recorded, "
                            + "\(lacking) are missing.",
                    spanID: input.spans[span].spanID,
                    evidence: [self.evidence(span, count.key, String(count.count))])
                item.expected = count.count
                item.recorded = Int64(recorded)
                item.countsCalls = count.subject != .messages && count.subject != .steps
                // More may have run than was announced.
                item.isLowerBound = true
                add(item)
                guard item.countsCalls, lacking > 0 else { continue }
                missing = missing.addingClamped(lacking)
                scope = (scope ?? 0) + recorded
            }
        }
        return (missing, scope)
    }

    private func words(_ subject: DeclaredCount.Subject) -> String {
        switch subject {
        case .children: "calls beneath it"
        case .toolCalls: "tool calls"
        case .modelCalls: "model calls"
        case .steps: "steps"
        case .messages: "messages"
        }
    }

    /// Calls of a sort beneath a span, wherever a missing parent may have cut them off; nil for what spans do not show.
    ///
    /// Where parents are missing, nothing tells whose children the orphans are: all of them count, so that a number is
    /// called missing only where it must be.
    private func recorded(_ subject: DeclaredCount.Subject, under span: Int) -> Int? {
        if subject == .messages || subject == .steps { return nil }
        var count = 0
        var stack = Array(forest.children(of: SpanForest.Node(span)))
        for index in forest.missingParents.indices {
            stack += forest.children(of: SpanForest.Node(forest.spanCount + index))
        }
        while let node = stack.popLast() {
            stack += forest.children(of: node)
            guard !forest.isPlaceholder(node) else { continue }
            switch (subject, input.spans[Int(node)].kind) {
            case (.children, .tool), (.children, .agent), (.toolCalls, .tool), (.modelCalls, .llm): count += 1
            default: break
            }
        }
        return count
    }

    /// Holes in the numbers of steps that spans state; gives how many numbers are missing.
    mutating func addStepGaps() -> Int64 {
        var numbers: [String: [(number: Int64, span: Int)]] = [:]
        for span in input.spans.indices {
            guard let evidence = input.evidence(of: span), let number = evidence.stepNumber, number >= 0,
                number < 1_000_000, let key = evidence.stepKey
            else { continue }
            numbers[key, default: []].append((number, span))
        }
        var missing: Int64 = 0
        for (key, found) in numbers.sorted(by: { $0.key < $1.key }) {
            let sorted = Array(Set(found.map(\.number))).sorted()
            guard let first = sorted.first, let last = sorted.last, sorted.count > 1 else { continue }
            // Steps count from 0 or 1; a first number beyond is a hole of its own.
            let start = min(first, 1)
            let lacking = last - start + 1 - Int64(sorted.count)
            guard lacking > 0 else { continue }
            let bearer = found.max { $0.number < $1.number }?.span ?? found[0].span
            var item = LedgerItem(
                kind: .stepGap, missing: lacking,
                message: "Steps reach number \(last) by \(key), and \(sorted.count) numbers are recorded: at least "
                    + "\(lacking) are missing.",
                spanID: input.spans[bearer].spanID, certainty: .inferred,
                evidence: [
                    evidence(bearer, "highest \(key)", String(last)),
                    evidence(
                        found[0].span, "numbers recorded", sorted.prefix(20).map { String($0) }.joined(separator: ", ")),
                ])
            item.expected = last - start + 1
            item.recorded = Int64(sorted.count)
            item.isLowerBound = true
            add(item)
            // Numbers of steps are calls only where the spans that bear them are.
            if found.allSatisfy({ Self.isCall(input.spans[$0.span].kind) }) { missing = max(missing, lacking) }
        }
        return missing
    }

    /// Requests without an execution and executions without a request; gives how many calls the requests miss.
    mutating func addJoints(_ joints: [ToolJoint]) -> Int64 {
        // Where no tool leaves spans, requests say nothing about lost ones.
        let runsTools = joints.contains { $0.hop(.dispatched) != nil || $0.hop(.ran) != nil }
        let asksTools = joints.contains { $0.hop(.asked) != nil }
        // An execution that no request joins may be the one that a request lacks.
        var stray: [String: Int] = [:]
        for joint in joints where joint.hop(.asked) == nil { stray[joint.toolName ?? "", default: 0] += 1 }
        var missing: Int64 = 0
        for joint in joints {
            let tool = joint.toolName ?? "a tool"
            if let asked = joint.hop(.asked), joint.hop(.dispatched) == nil, joint.hop(.ran) == nil, runsTools {
                let isDelivered = joint.hop(.delivered).map { $0.comparison != .absent } ?? false
                if let left = stray[joint.toolName ?? ""], left > 0 {
                    stray[joint.toolName ?? ""] = left - 1
                    continue
                }
                var item = LedgerItem(
                    kind: .toolCallWithoutExecution, missing: isDelivered ? 1 : 0,
                    message: isDelivered
                        ? "A result of \(tool) entered the model's input, and no span of its execution is recorded."
                        : "The model asked for \(tool), and no span of an execution is recorded.",
                    spanID: asked.spanID, certainty: isDelivered ? .proven : .cannotTell,
                    evidence: joint.callID.map {
                        [FindingEvidence(spanID: asked.spanID, label: "call id", value: $0)]
                    } ?? [])
                item.expected = 1
                item.recorded = 0
                item.countsCalls = isDelivered
                add(item)
                if isDelivered { missing += 1 }
            } else if joint.hop(.asked) == nil, asksTools, joint.callID != nil,
                let ran = joint.hop(.dispatched) ?? joint.hop(.ran)
            {
                add(
                    LedgerItem(
                        kind: .executionWithoutToolCall, missing: 0,
                        message: "\(tool) ran, and no recorded model call asks for it.", spanID: ran.spanID,
                        certainty: .inferred,
                        evidence: [FindingEvidence(spanID: ran.spanID, label: "call id", value: joint.callID ?? "")]))
            }
        }
        return missing
    }
}

import Basics
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
            guard !isStrided(sorted) else { continue }
            // Steps count from 0 or 1, and a first number beyond is a hole of its own; but those of a graph go on where
            // the last turn of its thread ended.
            let start = key.contains("langgraph") ? first : min(first, 1)
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

    /// True where the numbers go up by twos, tens and the like: some sort of span bears every second number alone.
    private func isStrided(_ sorted: [Int64]) -> Bool {
        var stride: Int64 = 0
        for (number, next) in zip(sorted, sorted.dropFirst()) {
            var (a, b) = (stride, next - number)
            while b != 0 { (a, b) = (b, a % b) }
            stride = a
            if stride == 1 { return false }
        }
        return true
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
            // The harness answers these itself: no tool runs.
            if let name = joint.toolName, JointJudge.isHandOff(name) || name == "final_result" { continue }
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
                if isDelivered { missing = missing.addingClamped(1) }
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

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
            guard let place = input.evidence(of: span, .steps),
                let number = input.evidence[place].stepNumber, number >= 0, number < 1_000_000,
                let key = input.evidence[place].stepKey
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
    mutating func addJoints(_ joints: ToolJoints) -> Int64 {
        let table = joints.table
        let ran = StageSet([.dispatched, .ran])
        let stages = joints.indices.map { StageSet(table.hops[table.hops(of: $0)]) }
        // Where no tool leaves spans, requests say nothing about lost ones.
        let runsTools = stages.contains { !$0.isDisjoint(with: ran) }
        let asksTools = stages.contains { $0.contains(.asked) }
        // The harness answers these itself: no tool runs.
        let isOwn = table.tools.map { JointRules.isHandOff($0) || $0 == "final_result" }
        // An execution that no request joins may be the one that a request lacks; the last count is for no name.
        var stray = [Int](repeating: 0, count: table.tools.count + 1)
        func place(_ tool: Int32) -> Int { tool < 0 ? table.tools.count : Int(tool) }
        for (call, stages) in zip(table.calls, stages) where !stages.contains(.asked) { stray[place(call.tool)] += 1 }
        var missing: Int64 = 0
        for (at, stages) in stages.enumerated() {
            let call = table.calls[at]
            if call.tool >= 0, isOwn[Int(call.tool)] { continue }
            if stages.contains(.asked), stages.isDisjoint(with: ran), runsTools {
                if stray[place(call.tool)] > 0 {
                    stray[place(call.tool)] -= 1
                    continue
                }
                if addUnexecuted(joints[at]) { missing = missing.addingClamped(1) }
            } else if !stages.contains(.asked), asksTools, call.id != nil, !stages.isDisjoint(with: ran) {
                addUncalled(joints[at])
            }
        }
        return missing
    }

    /// A request without an execution; true where the execution is known to be missing.
    private mutating func addUnexecuted(_ joint: ToolJoint) -> Bool {
        let tool = joint.toolName ?? "a tool"
        let isDelivered = joint.hop(.delivered).map { $0.comparison != .absent } ?? false
        let span = joint.hop(.asked)?.spanID
        var item = LedgerItem(
            kind: .toolCallWithoutExecution, missing: isDelivered ? 1 : 0,
            message: isDelivered
                ? "A result of \(tool) entered the model's input, and no span of its execution is recorded."
                : "The model asked for \(tool), and no span of an execution is recorded.",
            spanID: span, certainty: isDelivered ? .proven : .cannotTell,
            evidence: joint.callID.map { [FindingEvidence(spanID: span, label: "call id", value: $0)] } ?? [])
        item.expected = 1
        item.recorded = 0
        item.countsCalls = isDelivered
        add(item)
        return isDelivered
    }

    /// An execution without a request.
    private mutating func addUncalled(_ joint: ToolJoint) {
        let span = (joint.hop(.dispatched) ?? joint.hop(.ran))?.spanID
        add(
            LedgerItem(
                kind: .executionWithoutToolCall, missing: 0,
                message: "\(joint.toolName ?? "a tool") ran, and no recorded model call asks for it.", spanID: span,
                certainty: .inferred,
                evidence: [FindingEvidence(spanID: span, label: "call id", value: joint.callID ?? "")]))
    }
}

/// Which stages of a tool call are known.
private struct StageSet: OptionSet {
    let rawValue: UInt8

    static let asked = StageSet(.asked)
    static let dispatched = StageSet(.dispatched)
    static let ran = StageSet(.ran)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    init(_ stage: JointStage) {
        rawValue = 1 << UInt8(stage.rawValue)
    }

    init(_ hops: ArraySlice<JointTable.Hop>) {
        rawValue = hops.reduce(0) { $0 | 1 << UInt8($1.stage.rawValue) }
    }
}

import Basics
import TraceModel

/// Finds calls that one agent run makes again and again without anything new.
struct ToolLoopFinder {
    static let leastEqualCalls = 3
    static let leastRounds = 3
    static let leastFutileCalls = 4

    /// One call of a run with what tells it from others.
    struct Call {
        /// The place of its joint.
        var joint: Int32
        var run: Int32
        var tool: Int32
        /// The result is empty or an error.
        var isFutile: Bool
        var arguments: UInt64
        var result: UInt64

        /// Equal calls with equal results.
        func repeats(_ other: Call) -> Bool {
            tool == other.tool && arguments == other.arguments && result == other.result
        }
    }

    /// What the stages of one call say of its arguments and its result; nil where they were not recorded or withheld.
    struct Reading {
        private var arguments: UInt64?
        private var result: UInt64?
        private var isFutile = false

        /// Takes in the payload of the next stage.
        mutating func note(_ payload: PayloadDigest, _ stage: JointStage) {
            if payload.content == .redacted { return }
            switch stage {
            case .asked, .dispatched: arguments = payload.forms.first
            case .returned,
                .delivered where result == nil:
                result = payload.forms.first
                isFutile = payload.content != .value
            default: break
            }
        }

        func call(joint: Int32, run: Int32, tool: Int32) -> Call? {
            guard let arguments, let result else { return nil }
            return Call(
                joint: joint, run: run, tool: tool, isFutile: isFutile, arguments: arguments, result: result)
        }
    }

    private let rules: JointRules

    init(_ rules: JointRules) {
        self.rules = rules
    }

    var findings: [Finding] {
        let calls = rules.calls.sorted { ($0.run, $0.joint) < ($1.run, $1.joint) }
        var found: [Finding] = []
        var first = 0
        while first < calls.count {
            var end = first + 1
            while end < calls.count, calls[end].run == calls[first].run { end += 1 }
            found += findings(in: calls[first..<end])
            first = end
        }
        return found
    }

    private func findings(in slice: ArraySlice<Call>) -> [Finding] {
        guard slice.count >= Self.leastEqualCalls, Self.mayLoop(slice) else { return [] }
        let calls = Array(slice)
        var found: [Finding] = []
        var isTold = [Bool](repeating: false, count: calls.count)
        for stretch in alternations(calls) {
            for place in stretch { isTold[place] = true }
            let (a, b) = (calls[stretch.lowerBound], calls[stretch.lowerBound + 1])
            found.append(
                finding(
                    calls[stretch].map { Int($0.joint) }, .proven,
                    "\(name(a)) and \(name(b)) took turns \(stretch.count / 2) times with equal arguments and results"))
        }
        for places in equalCalls(calls) where !places.allSatisfy({ isTold[$0] }) {
            for place in places { isTold[place] = true }
            found.append(
                finding(
                    places.map { Int(calls[$0].joint) }, .proven,
                    "\(name(calls[places[0]])) was called \(places.count) times with equal arguments and an equal "
                        + "result"))
        }
        for stretch in futileCalls(calls) where !stretch.contains(where: { isTold[$0] }) {
            found.append(
                finding(
                    calls[stretch].map { Int($0.joint) }, .inferred,
                    "\(name(calls[stretch.lowerBound])) was called \(stretch.count) times in a row, with other "
                        + "arguments each time and the same useless result"))
        }
        return found
    }

    private func name(_ call: Call) -> String { rules.name(rules.joints[Int(call.joint)]) }

    /// True where some call comes again or some result is useless; most runs are spared the rest by this.
    private static func mayLoop(_ calls: ArraySlice<Call>) -> Bool {
        var keys: [UInt64] = []
        keys.reserveCapacity(calls.count)
        for call in calls {
            if call.isFutile { return true }
            keys.append(call.arguments ^ UInt64(UInt32(bitPattern: call.tool)))
        }
        keys.sort()
        return keys.indices.dropFirst(leastEqualCalls - 1).contains { keys[$0] == keys[$0 - leastEqualCalls + 1] }
    }

    /// Stretches of calls in which two different ones take turns.
    private func alternations(_ calls: [Call]) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        var start = 0
        while start + 1 < calls.count {
            var end = start + 2
            guard !calls[start].repeats(calls[start + 1]) else {
                start += 1
                continue
            }
            while end < calls.count, calls[end].repeats(calls[end - 2]) { end += 1 }
            if end - start >= Self.leastRounds * 2 {
                stretches.append(start..<end)
                start = end
            } else {
                // The last call may begin a stretch of its own.
                start = max(start + 1, end - 1)
            }
        }
        return stretches
    }

    /// Equal calls whose results stayed equal, others between them or not.
    private func equalCalls(_ calls: [Call]) -> [[Int]] {
        struct Key: Hashable {
            var tool: Int32
            var arguments: UInt64
        }
        var open: [Key: [Int]] = [:]
        var closed: [[Int]] = []
        for (place, call) in calls.enumerated() {
            let key = Key(tool: call.tool, arguments: call.arguments)
            if let last = open[key]?.last, calls[last].result != call.result {
                if let places = open.removeValue(forKey: key), places.count >= Self.leastEqualCalls {
                    closed.append(places)
                }
            }
            open[key, default: []].append(place)
        }
        closed += open.values.filter { $0.count >= Self.leastEqualCalls }
        return closed.sorted { $0[0] < $1[0] }
    }

    /// Stretches of calls of one tool with changing arguments and one empty or failed result.
    private func futileCalls(_ calls: [Call]) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        var start = 0
        for end in 1...calls.count {
            if end < calls.count, calls[end].isFutile, calls[end].tool == calls[start].tool,
                calls[end].result == calls[start].result, calls[end].arguments != calls[end - 1].arguments,
                calls[start].isFutile
            {
                continue
            }
            if end - start >= Self.leastFutileCalls { stretches.append(start..<end) }
            start = end
        }
        return stretches
    }

    private func finding(_ places: [Int], _ certainty: FindingCertainty, _ what: String) -> Finding {
        let joints = places.map { rules.joints[$0] }
        let times = joints.flatMap(\.hops).compactMap(\.timeUnixNano)
        let length = (times.max() ?? 0).subtractingClamped(times.min() ?? 0)
        var tokens: Int64?
        var seen: Set<SpanID> = []
        for place in places {
            let draft = rules.matcher.drafts[place]
            guard draft.ask >= 0 else { continue }
            let model = rules.matcher.layers.models[Int(rules.matcher.asks[Int(draft.ask)].model)]
            let row = rules.input.spans[Int(model.span)]
            guard seen.insert(row.spanID).inserted, row.tokensInput != nil || row.tokensOutput != nil else { continue }
            tokens = (tokens ?? 0).addingClamped(row.tokensInput ?? 0).addingClamped(row.tokensOutput ?? 0)
        }
        let cost = tokens.map { "; the model calls that asked for them took \($0) tokens" } ?? ""
        let span = joints.first?.hop(.dispatched) ?? joints.first?.hops.first
        let evidence =
            [
                FindingEvidence(spanID: span?.spanID, label: "calls", value: String(places.count)),
                FindingEvidence(spanID: span?.spanID, label: "time", value: FigureText.duration(length)),
                tokens.map { FindingEvidence(spanID: span?.spanID, label: "tokens", value: String($0)) },
            ].compactMap { $0 }
            + joints.prefix(10).compactMap { rules.evidence($0.hop(.dispatched) ?? $0.hop(.asked), "arguments") }
            + [rules.evidence(joints.last?.hop(.returned) ?? joints.last?.hop(.delivered), "last result")]
            .compactMap { $0 }
        return Finding(
            rule: FindingRules.agentToolLoop.id, severity: FindingRules.agentToolLoop.severity, certainty: certainty,
            message: "\(what), over \(FigureText.duration(length))\(cost).", spanID: span?.spanID, evidence: evidence)
    }
}

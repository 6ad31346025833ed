import TraceModel
import TraceQuery

/// Taking tool calls in, going from finding to finding, and comparing payloads.
enum Joints {
    static func show(_ state: inout AppState, _ loaded: LoadedJoints, of traceKey: Int64) {
        guard state.joints?.list.traceKey == traceKey else { return }
        state.joints?.content = loaded
        state.joints?.payloads = nil
        state.joints?.list.error = nil
    }

    static func jumpToFinding(_ state: inout AppState, direction: Int) -> [Effect] {
        guard let joints = state.joints, let flagged = joints.content?.flagged else { return [] }
        let here = joints.list.cursor
        let next = direction > 0 ? flagged.first { $0 > here } : flagged.last { $0 < here }
        guard let found = next ?? (direction > 0 ? flagged.first : flagged.last) else {
            state.notice = .information("nothing was found about these tool calls")
            return []
        }
        if next == nil {
            state.notice = .information(flagged.count == 1 ? "the only one with a finding" : "round the end")
        }
        TraceLists.move(&state, to: found)
        return []
    }

    /// Reads the whole payloads where they differ; once more closes them.
    static func compare(_ state: inout AppState) -> [Effect] {
        guard let joint = state.joints?.selected else { return [] }
        if state.joints?.payloads?.joint == joint.number {
            state.joints?.payloads = nil
            return state.requests.cancel(.earlierPayload) + state.requests.cancel(.laterPayload)
                + state.requests.cancel(.payloadDifference)
        }
        guard let (earlier, later) = pair(joint) else {
            state.notice = .information("no two payloads of this call are recorded")
            return []
        }
        state.joints?.payloads = JointPayloads(
            joint: joint.number, callID: joint.callID, earlierStage: earlier.stage, laterStage: later.stage)
        return state.requests.send(.span(.key(earlier.spanKey)), for: .earlierPayload)
            + state.requests.send(.span(.key(later.spanKey)), for: .laterPayload)
    }

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

    static func show(_ state: inout AppState, _ text: String?, isLater: Bool) -> [Effect] {
        guard var payloads = state.joints?.payloads else { return [] }
        if isLater {
            payloads.later = text
            payloads.hasLater = true
        } else {
            payloads.earlier = text
            payloads.hasEarlier = true
        }
        state.joints?.payloads = payloads
        return payloads.hasEarlier && payloads.hasLater ? state.requests.derive(.payloadDifference) : []
    }

    static func failed(_ state: inout AppState, _ error: QueryError) {
        state.joints?.payloads?.error = error
    }
}

extension JointStage {
    /// The payload of the stage is the call's arguments, not its result.
    var carriesArguments: Bool {
        switch self {
        case .asked, .dispatched, .ran: true
        case .returned, .delivered, .answered: false
        }
    }

    /// What the stage is called on the screen.
    var words: String { self == .delivered ? "next input" : name }
}

package import TraceModel

/// The tool calls of a trace on their way through the layers, as a list.
package struct JointsState: Equatable, Sendable {
    package var list: TraceListState
    package var content: LoadedJoints?
    /// The whole payloads of the selected call; nil while none are asked for.
    var payloads: JointPayloads?

    package init(traceKey: Int64) {
        list = TraceListState(traceKey: traceKey)
    }

    /// The call under the cursor.
    package var selected: ToolJoint? {
        guard let joints = content?.joints, joints.indices.contains(list.cursor) else { return nil }
        return joints[list.cursor]
    }

    /// The stage of the selected call that says most: the one with a finding, else the one that differs most.
    var selectedHop: JointHop? {
        guard let joint = selected, let content else { return nil }
        let spans = Set(content.findings(list.cursor).compactMap(\.spanID))
        return joint.hops.first { spans.contains($0.spanID) }
            ?? joint.hops.first { $0.comparison == content.worst(list.cursor) && $0.comparison.isLoss }
            ?? joint.hop(.ran) ?? joint.hops.first
    }
}

extension JointComparison {
    /// How much it says against the way of a payload.
    var gravity: Int {
        switch self {
        case .first: 0
        case .equal: 1
        case .equivalent: 2
        case .unknown: 3
        case .truncated: 4
        case .different: 5
        case .absent: 6
        }
    }

    /// Something of the payload was lost or changed.
    var isLoss: Bool { gravity > 3 }
}

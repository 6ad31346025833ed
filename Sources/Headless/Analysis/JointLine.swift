import Basics
package import TraceModel

/// One tool call on its way through the layers, with the agent that it belongs to.
package struct JointLine: Sendable {
    package var traceID: TraceID
    package var joint: ToolJoint
    /// Nil where no agent run holds the call.
    package var run: AgentRun?

    /// The time since the last stage before this one that has a time, in nanoseconds; nil where one is unknown.
    func wait(before stage: JointStage) -> Int64? {
        guard let time = joint.hop(stage)?.timeUnixNano else { return nil }
        let earlier = joint.hops.last { $0.stage.rawValue < stage.rawValue && $0.timeUnixNano != nil }
        guard let before = earlier?.timeUnixNano else { return nil }
        return time.subtractingIfFits(before)
    }
}

package import TraceModel

/// The tool calls of a trace on their way through the layers, and what is wrong with them.
package struct JointReport: Sendable {
    package var joints: [ToolJoint]
    package var findings: [Finding]

    package init(joints: [ToolJoint], findings: [Finding] = []) {
        self.joints = joints
        self.findings = findings
    }
}

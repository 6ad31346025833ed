package import TraceModel
package import TraceQuery
import TraceTables

/// Tool calls with the findings about each; shared, never copied.
package final class LoadedJoints: Sendable, Equatable {
    package let joints: [ToolJoint]
    package let topology: AgentTopology
    private let traceID: TraceID
    private let findings: [Finding]
    /// The places of the findings of each joint.
    private let places: [[Int32]]
    private let worst: [JointComparison]
    /// The joints about which something was found.
    let flagged: [Int]

    package init(_ page: TraceJoints) {
        joints = page.joints
        topology = page.topology
        traceID = page.summary.traceID
        let findings = page.findings.filter { $0.rule.hasPrefix("joint.") }
        self.findings = findings
        var bySpan: [SpanID: [Int32]] = [:]
        for (place, finding) in findings.enumerated() {
            guard let span = finding.spanID else { continue }
            bySpan[span, default: []].append(Int32(place))
        }
        let places = page.joints.map { joint -> [Int32] in
            if bySpan.isEmpty { return [] }
            var found: [Int32] = []
            for hop in joint.hops {
                for place in bySpan[hop.spanID] ?? [] where !found.contains(place) {
                    if LoadedJoints.isAbout(findings[Int(place)], joint) { found.append(place) }
                }
            }
            return found
        }
        self.places = places
        flagged = places.indices.filter { !places[$0].isEmpty }
        worst = page.joints.map { joint in
            joint.hops.filter { $0.stage != .answered }.map(\.comparison).max { $0.gravity < $1.gravity } ?? .unknown
        }
    }

    /// A span of a model may hold several calls: a finding that names a call is about that one alone.
    private static func isAbout(_ finding: Finding, _ joint: ToolJoint) -> Bool {
        guard let named = finding.evidence.first(where: { $0.label == "call id" })?.value else { return true }
        return named == joint.callID
    }

    package static func == (a: LoadedJoints, b: LoadedJoints) -> Bool { a === b }

    /// The row of a call; nil where there is none.
    func line(_ index: Int) -> JointLine? {
        guard joints.indices.contains(index) else { return nil }
        return JointLine(traceID: traceID, joint: joints[index], run: topology.run(joints[index].run))
    }

    func findings(_ joint: Int) -> [Finding] { places[joint].map { findings[Int($0)] } }
    func hasFinding(_ joint: Int) -> Bool { !places[joint].isEmpty }
    /// The gravest that happened to a payload on its way.
    func worst(_ joint: Int) -> JointComparison { worst[joint] }
}

import TraceModel
import TraceQuery
import TraceTables

/// Tool calls with the findings about each; shared, never copied.
final class LoadedJoints: Sendable, Equatable {
    let joints: ToolJoints
    let topology: AgentTopology
    let traceID: TraceID
    let analysis: AnalysisState
    private let findings: [Finding]
    /// The places of the findings of each joint; none at all where no joint has any.
    private let places: [[Int32]]
    private let worst: [JointComparison]
    /// The joints about which something was found.
    let flagged: [Int]

    init(_ page: TraceJoints) {
        joints = page.joints
        topology = page.topology
        traceID = page.summary.traceID
        analysis = page.summary.analysis
        let findings = page.findings.filter { $0.rule.hasPrefix("joint.") }
        self.findings = findings
        var bySpan: [SpanID: [Int32]] = [:]
        for (place, finding) in findings.enumerated() {
            guard let span = finding.spanID else { continue }
            bySpan[span, default: []].append(Int32(place))
        }
        let joints = page.joints
        let hops = joints.table.hops
        var places = [[Int32]](repeating: [], count: bySpan.isEmpty ? 0 : joints.count)
        for index in places.indices {
            for hop in joints.table.hops(of: index) {
                for place in bySpan[hops[hop].spanID] ?? [] where !places[index].contains(place) {
                    if LoadedJoints.isAbout(findings[Int(place)], joints[index]) { places[index].append(place) }
                }
            }
        }
        self.places = places
        flagged = places.indices.filter { !places[$0].isEmpty }
        worst = joints.indices.map { index in
            var worst: JointComparison?
            for hop in joints.table.hops(of: index) where hops[hop].stage != .answered {
                if worst.map({ $0.gravity < hops[hop].comparison.gravity }) ?? true { worst = hops[hop].comparison }
            }
            return worst ?? .unknown
        }
    }

    /// A span of a model may hold several calls: a finding that names a call is about that one alone.
    private static func isAbout(_ finding: Finding, _ joint: ToolJoint) -> Bool {
        guard let named = finding.evidence.first(where: { $0.label == "call id" })?.value else { return true }
        return named == joint.callID
    }

    static func == (a: LoadedJoints, b: LoadedJoints) -> Bool { a === b }

    func findings(_ joint: Int) -> [Finding] { places.isEmpty ? [] : places[joint].map { findings[Int($0)] } }
    func hasFinding(_ joint: Int) -> Bool { !places.isEmpty && !places[joint].isEmpty }
    /// The gravest that happened to a payload on its way.
    func worst(_ joint: Int) -> JointComparison { worst[joint] }
}

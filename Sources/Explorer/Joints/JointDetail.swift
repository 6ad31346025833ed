import Canvas
import TraceModel
import TraceTables

/// The selected call stage by stage, in three lanes, with what was found about it.
struct JointDetail {
    let list: JointsList
    let index: Int
    let comparison: RowComparison?
    let state: AppState

    func lines() -> [DisplayLine] {
        let loaded = list.loaded
        let joint = loaded.joints[index]
        let ascii = state.isASCII
        let width = max(10, Layout.list(state, .joints).pane.columns - 2)
        let findings = loaded.findings(index)
        let table = JointStageTable(metrics: state.metrics, clock: WallClock(state.timeZone), width: width)
        var lines = [table.head(joint, run: loaded.topology.run(joint.run))]
        let isCompared = comparison.map { list.isAbout($0, index) } ?? false
        // What was asked for last stands first: below, a small terminal would hide it.
        if let comparison, isCompared { lines += comparison.shown(ascii: ascii) }
        let flagged = Set(findings.compactMap { stage(of: $0, in: joint) })
        for hop in joint.hops { lines.append(table.line(hop, in: joint, hasFinding: flagged.contains(hop.stage))) }
        for remark in remarks(joint) { lines.append(DisplayLine(remark, role: .warning)) }
        for finding in findings {
            var line = DisplayLine(hang: 2)
            line.append(Glyphs.finding(ascii: ascii) + " ", .finding)
            line.append("\(finding.rule) \(finding.certainty.words): ", .dim)
            line.append(finding.message, .text)
            lines.append(line)
            lines += finding.evidence.map { EvidenceLine.line($0) }
        }
        if !isCompared, JointsList.pair(joint)?.1.comparison.isLoss == true {
            lines.append(DisplayLine("d shows what differs", role: .dim))
        }
        return lines
    }

    /// The stage that a finding is about: of those on its span the first for arguments, the last for results.
    private func stage(of finding: Finding, in joint: ToolJoint) -> JointStage? {
        let stages = joint.hops.filter { $0.spanID == finding.spanID }.map(\.stage)
        return finding.rule.contains("arguments") ? stages.first : stages.last
    }

    /// How long a payload was before and after it was cut.
    private func remarks(_ joint: ToolJoint) -> [String] {
        joint.hops.enumerated().compactMap { index, hop in
            guard hop.comparison == .truncated, let payload = hop.payload else { return nil }
            let before = joint.hops[..<index].last {
                $0.payload != nil && $0.stage.carriesArguments == hop.stage.carriesArguments
            }
            let length = JointWords.grouped(payload.byteCount)
            guard let whole = before?.payload?.byteCount, whole > payload.byteCount else {
                return "\(hop.stage.words): \(length) bytes, cut"
            }
            return "\(hop.stage.words): \(length) of \(JointWords.grouped(whole)) bytes"
        }
    }
}

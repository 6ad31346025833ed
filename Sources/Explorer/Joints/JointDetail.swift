import Canvas
import TraceModel
import TraceTables

/// The selected call stage by stage, in three lanes, with what was found about it.
enum JointDetail {
    static func lines(_ state: AppState) -> [DisplayLine] {
        guard let joints = state.joints, let joint = joints.selected, let content = joints.content else { return [] }
        let ascii = state.isASCII
        let width = max(10, Layout.traceList(state).pane.columns - 2)
        let findings = content.findings(joints.list.cursor)
        let table = JointStageTable(metrics: state.metrics, clock: WallClock(state.timeZone), width: width)
        var lines = [table.head(joint, run: content.topology.run(joint.run))]
        // What was asked for last stands first: below, a small terminal would hide it.
        if let payloads = joints.payloads, payloads.joint == joint.number {
            lines += compared(payloads, ascii: ascii)
        }
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
        if joints.payloads?.joint != joint.number, Joints.pair(joint)?.1.comparison.isLoss == true {
            lines.append(DisplayLine("d shows what differs", role: .dim))
        }
        return lines
    }

    private static func compared(_ payloads: JointPayloads, ascii: Bool) -> [DisplayLine] {
        if let error = payloads.error { return [DisplayLine("\(error)", role: .error)] }
        if payloads.lines.isEmpty {
            return [DisplayLine("Reading " + Glyphs.more(ascii: ascii), role: .dim)]
        }
        return payloads.lines
    }

    /// The stage that a finding is about: of those on its span the first for arguments, the last for results.
    private static func stage(of finding: Finding, in joint: ToolJoint) -> JointStage? {
        let stages = joint.hops.filter { $0.spanID == finding.spanID }.map(\.stage)
        return finding.rule.contains("arguments") ? stages.first : stages.last
    }

    /// How long a payload was before and after it was cut.
    private static func remarks(_ joint: ToolJoint) -> [String] {
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

    /// What differs between the payloads of two stages.
    static func difference(_ payloads: JointPayloads) -> [DisplayLine] {
        let what = "\(payloads.earlierStage.words) \(payloads.laterStage.words)"
        guard let earlier = payloads.earlier, let later = payloads.later else {
            let stage = payloads.earlier == nil ? payloads.earlierStage : payloads.laterStage
            return [DisplayLine("The span of “\(stage.words)” does not hold the payload.", role: .dim)]
        }
        if earlier == later { return [DisplayLine("\(what): the same text", role: .header)] }
        return JSONDifference.lines(what, earlier, later)
    }
}

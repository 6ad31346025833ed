import Basics
import Canvas
import FastJSON
package import Tables
package import TraceModel

/// One tool call on its way through the layers, with the agent that it belongs to.
package struct JointLine: Sendable {
    package var traceID: TraceID
    package var joint: ToolJoint
    /// Nil where no agent run holds the call.
    package var run: AgentRun?

    package init(traceID: TraceID, joint: ToolJoint, run: AgentRun?) {
        self.traceID = traceID
        self.joint = joint
        self.run = run
    }

    /// The time since the last stage before this one that has a time, in nanoseconds; nil where one is unknown.
    func wait(before stage: JointStage) -> Int64? {
        guard let time = joint.hop(stage)?.timeUnixNano else { return nil }
        let earlier = joint.hops.last { $0.stage.rawValue < stage.rawValue && $0.timeUnixNano != nil }
        guard let before = earlier?.timeUnixNano else { return nil }
        return time.subtractingIfFits(before)
    }
}

/// The columns of tool calls: `spandrel joints` and the joints of the explorer.
package enum JointColumns {
    package static let all: [Column<JointLine>] = [.mark] + call + stages + drawn

    private static let call: [Column<JointLine>] = [
        Column("joint", "the number of the tool call in its trace, from 1 in order of time") { $0.joint.number }
            .inTable("joint", 1),
        Column("agent", "the label of the agent run") { $0.run?.label }
            .inTable("agent", 3, minimum: 8, rank: 2) { line, words in
                line.run.map(AgentColumns.label) ?? words.unknown
            }
            .inList("agent", 3, width: .from(100, 24, else: 16), from: 70),
        Column("call_id", "the id of the call, where one is recorded") { $0.joint.callID }
            .inTable("call", 5, minimum: 6, rank: 1)
            .inList("call", 2, width: .from(100, 24, else: 12), from: 56, tone: { _ in .dim }),
        Column("tool", "the name of the tool") { $0.joint.toolName }
            .inTable("tool", 2, minimum: 8)
            .inList("tool", 1, width: 0, tone: { $0.joint.toolName == nil ? .dim : .tool }) { line, _ in
                line.joint.toolName ?? "(no name)"
            },
        Column("joined_by_id", "false where name, arguments and time joined the stages") { $0.joint.isJoinedByID },
        Column("trace_id", "32 hexadecimal digits", .id) { $0.traceID.hex },
        Column(
            "hops",
            "`stage (asked, dispatched, ran, returned, delivered or answered), span_id, time_unix_nano, wait_ns, "
                + "comparison (first, equal, equivalent, truncated, different, absent or unknown), "
                + "content (value, empty, error or redacted), bytes, says_truncated, preview`; what was not recorded "
                + "is null, and a stage that is not known is left out",
            type: "object[]"
        ) { line in TableCell.nested { json in json.list(line.joint.hops) { hop(&$0, $1, line) } } },
    ]

    private static let stages: [Column<JointLine>] = JointStage.allCases.map { stage in
        Column.shown(stage.name).inTable(stage.name, 4, minimum: 8) { line, words in text(line, stage, words) }
    }

    /// What the explorer draws.
    private static let drawn: [Column<JointLine>] = [
        .shown("way").inList("way", 4, width: 7, from: 34),
        .shown("payload").inList("payload", 5, width: 10, from: 46),
    ]

    private static func hop(_ json: inout JSONWriter, _ hop: JointHop, _ line: JointLine) {
        json.beginObject()
        json.member("stage", hop.stage.name)
        json.member("span_id", hop.spanID.hex)
        json.member("time_unix_nano", hop.timeUnixNano)
        json.member("wait_ns", line.wait(before: hop.stage))
        json.member("comparison", hop.comparison.name)
        json.member("content", hop.payload.map { String(describing: $0.content) })
        json.member("bytes", hop.payload?.byteCount)
        json.member("says_truncated", hop.payload?.saysTruncated)
        json.member("preview", hop.payload?.preview)
        json.endObject()
    }

    /// What the signs of the table mean.
    package static let legend =
        "+ time since the stage before; = same, ≈ same in other words, ✂ cut, ≠ different, ∅ absent, ? not recorded"

    private static func text(_ line: JointLine, _ stage: JointStage, _ words: CellText) -> String {
        guard let hop = line.joint.hop(stage) else { return words.unknown }
        var parts: [String] = []
        if let wait = line.wait(before: stage) { parts.append((wait < 0 ? "" : "+") + words.duration(wait)) }
        let sign = hop.payload == nil && hop.comparison == .first ? "?" : sign(hop.comparison)
        if !sign.isEmpty { parts.append(sign) }
        if let payload = hop.payload {
            parts.append(
                payload.content == .value
                    ? Figures.bytes(Int64(payload.byteCount)) : String(describing: payload.content))
        }
        return parts.joined(separator: " ")
    }

    private static func sign(_ comparison: JointComparison) -> String {
        switch comparison {
        case .unknown: "?"
        case .first: ""
        case .equal: "="
        case .equivalent: "≈"
        case .truncated: "✂"
        case .different: "≠"
        case .absent: "∅"
        }
    }
}

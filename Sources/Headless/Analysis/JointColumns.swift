import Canvas
import FastJSON
import TraceModel

/// The fields of `spandrel joints`.
package enum JointColumns {
    package static let all: [Column<JointLine>] = [
        Column("joint", "integer", "the number of the tool call in its trace, from 1 in order of time") {
            .integer(Int64($0.joint.number))
        },
        Column("agent", "string", nullable: true, "the label of the agent run") { FieldValue($0.run?.label) },
        Column("call_id", "string", nullable: true, "the id of the call, where one is recorded") {
            FieldValue($0.joint.callID)
        },
        Column("tool", "string", nullable: true, "the name of the tool") { FieldValue($0.joint.toolName) },
        Column("joined_by_id", "boolean", "false where name, arguments and time joined the stages") {
            .flag($0.joint.isJoinedByID)
        },
        Column("trace_id", "string", "32 hexadecimal digits") { .text($0.traceID.hex) },
        Column(
            "hops", "object[]",
            "`stage (asked, dispatched, ran, returned, delivered or answered), span_id, time_unix_nano, wait_ns, "
                + "comparison (first, equal, equivalent, truncated, different, absent or unknown), "
                + "content (value, empty, error or redacted), bytes, says_truncated, preview`; what was not recorded "
                + "is null, and a stage that is not known is left out"
        ) {
            let line = $0
            return .nested { json in json.list(Array(line.joint.hops)) { hop(&$0, $1, line) } }
        },
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
    static let legend =
        "+ time since the stage before; = same, ≈ same in other words, ✂ cut, ≠ different, ∅ absent, ? not recorded"

    static let table: [TableColumn<JointLine>] =
        [
            TableColumn("joint", .right) { "\($0.joint.number)" },
            TableColumn("tool", minimum: 8) { $0.joint.toolName ?? Figures.unknown },
            TableColumn("agent", minimum: 8, rank: 2) { $0.run.map(AgentColumns.label) ?? Figures.unknown },
        ]
        + JointStage.allCases.map { stage in
            TableColumn(stage.name, minimum: 8) { text($0, stage) }
        } + [TableColumn("call", minimum: 6, rank: 1) { $0.joint.callID ?? Figures.unknown }]

    private static func text(_ line: JointLine, _ stage: JointStage) -> String {
        guard let hop = line.joint.hop(stage) else { return Figures.unknown }
        var words: [String] = []
        if let wait = line.wait(before: stage) { words.append((wait < 0 ? "" : "+") + Figures.duration(nanos: wait)) }
        let sign = hop.payload == nil && hop.comparison == .first ? "?" : sign(hop.comparison)
        if !sign.isEmpty { words.append(sign) }
        if let payload = hop.payload {
            words.append(
                payload.content == .value
                    ? Figures.bytes(Int64(payload.byteCount)) : String(describing: payload.content))
        }
        return words.joined(separator: " ")
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

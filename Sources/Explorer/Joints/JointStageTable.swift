import Basics
import Canvas
import Tables
import TraceModel

/// The stages of a call as lines: stage, time, payload, comparison, and a mark in the lane of its layer.
struct JointStageTable {
    let metrics: TextMetrics
    let clock: WallClock
    let width: Int

    private static let stageWidth = 10
    private static let timeWidth = 12
    private static let wordWidth = 12

    private var ascii: Bool { metrics.asciiOnly }
    /// The widths of the lanes model, harness and tool; empty where there is no room for them.
    private var lanes: [Int] { width >= 84 ? [7, 9, 6] : width >= 56 ? [5, 4, 4] : [] }
    private var lanesWidth: Int { lanes.isEmpty ? 0 : lanes.reduce(0, +) + 2 }
    private var showsTime: Bool { width >= 40 }

    private var payloadWidth: Int {
        let fixed =
            JointStageTable.stageWidth + 1 + (showsTime ? JointStageTable.timeWidth + 1 : 0)
            + JointStageTable.wordWidth + 1 + (lanes.isEmpty ? 0 : lanesWidth + 1)
        return max(4, width - fixed)
    }

    /// Tool, call and agent, and the titles of the lanes.
    func head(_ joint: ToolJoint, run: AgentRun?) -> DisplayLine {
        var line = DisplayLine()
        let room = width - (lanes.isEmpty ? 0 : lanesWidth + 1)
        var text = joint.toolName ?? "(no name)"
        if let id = joint.callID { text += "  \(id)" }
        if let run { text += "  " + Glyphs.written(run.label, ascii: ascii) }
        if !joint.isJoinedByID { text += "  joined by name, arguments and time" }
        line.append(padded(flat(text), room), .header)
        if !lanes.isEmpty {
            line.append(" ", .text)
            let guide = Glyphs.guide(ascii: ascii)
            let titles = lanes[1] >= 7 ? ["model", "harness", "tool"] : ["model", "harn", "tool"]
            line.append(zip(titles, lanes).map { centred($0, $1) }.joined(separator: guide), .dim)
        }
        return line
    }

    func line(_ hop: JointHop, in joint: ToolJoint, hasFinding: Bool) -> DisplayLine {
        var line = DisplayLine()
        line.append(padded(hop.stage.words, JointStageTable.stageWidth) + " ", .text)
        if showsTime { line.append(leading(time(hop, in: joint), JointStageTable.timeWidth) + " ", .dim) }
        let payload = hop.payload.map { flat($0.preview) }
        let isShort = hop.payload.map { $0.preview.utf8.count < $0.byteCount } ?? false
        let shown = payload.map { isShort ? $0 + Glyphs.more(ascii: ascii) : $0 } ?? "not recorded"
        line.append(
            padded(metrics.fit(shown, columns: payloadWidth, mark: Glyphs.more(ascii: ascii)), payloadWidth) + " ",
            payload == nil ? .dim : .text)
        let word = JointWords.word(hop, ascii: ascii)
        let mark = hasFinding ? " " + Glyphs.finding(ascii: ascii) : ""
        line.append(word, hop.comparison.isLoss || word == "empty" || word == "error" ? .warning : .dim)
        if hasFinding { line.append(mark, .finding) }
        if lanes.isEmpty { return line }
        let used = metrics.width(of: word + mark)
        line.append(String(repeating: " ", count: max(1, JointStageTable.wordWidth + 1 - used)), .text)
        let guide = Glyphs.guide(ascii: ascii)
        for (lane, width) in lanes.enumerated() {
            if lane > 0 { line.append(guide, .guide) }
            let isHere = lane == layer(hop.stage)
            line.append(centred(isHere ? sign(lane) : "", width), isHere ? role(lane) : .text)
        }
        return line
    }

    /// The time of day of the first stage, then the time since.
    private func time(_ hop: JointHop, in joint: ToolJoint) -> String {
        guard let time = hop.timeUnixNano else { return Glyphs.unknown(ascii: ascii) }
        guard let first = joint.hops.first(where: { $0.timeUnixNano != nil }), first.stage != hop.stage else {
            return clock.time(time, decimals: 3)
        }
        let difference = time.subtractingClamped(first.timeUnixNano ?? time)
        return (difference < 0 ? "" : "+") + CellText.duration(difference, isASCII: ascii)
    }

    private func layer(_ stage: JointStage) -> Int {
        switch stage {
        case .asked, .delivered, .answered: 0
        case .dispatched: 1
        case .ran, .returned: 2
        }
    }

    private func sign(_ lane: Int) -> String {
        switch lane {
        case 0: Glyphs.kind(.llm, ascii: ascii)
        case 1: ascii ? "h" : "▪"
        default: Glyphs.kind(.tool, ascii: ascii)
        }
    }

    private func role(_ lane: Int) -> Role { lane == 0 ? .kindModel : lane == 1 ? .kindOther : .kindTool }

    // MARK: Text

    /// A payload on one line.
    private func flat(_ text: String) -> String {
        String(text.unicodeScalars.map { $0 == "\n" || $0 == "\r" || $0 == "\t" ? " " : Character($0) })
    }

    private func padded(_ text: String, _ columns: Int) -> String {
        let fitted = metrics.fit(text, columns: columns, mark: Glyphs.more(ascii: ascii))
        return fitted + String(repeating: " ", count: max(0, columns - metrics.width(of: fitted)))
    }

    private func leading(_ text: String, _ columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - metrics.width(of: text))) + text
    }

    private func centred(_ text: String, _ columns: Int) -> String {
        let free = max(0, columns - metrics.width(of: text))
        return String(repeating: " ", count: free / 2) + text + String(repeating: " ", count: free - free / 2)
    }
}

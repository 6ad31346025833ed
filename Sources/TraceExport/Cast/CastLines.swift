import Canvas
import TraceModel
import TraceTables

/// The lines that a trace writes on a recorded terminal; each fits it, and only its looks are escape sequences.
struct CastLines {
    private let trace: ExportTrace
    private let spans: [CastSpan]
    private let depths: [Int]
    private let start: Int64?
    private let makeSafe: (String) -> String
    /// More than one stream is typed in the trace, so that each says whose it is.
    private let hasManyStreams: Bool

    init(
        _ trace: ExportTrace, spans: [CastSpan], depths: [Int], start: Int64?, makeSafe: @escaping (String) -> String
    ) {
        self.trace = trace
        self.spans = spans
        self.depths = depths
        self.start = start
        self.makeSafe = makeSafe
        hasManyStreams = spans.lazy.filter { $0.stream != nil }.prefix(2).count == 2
    }

    /// Text of the trace in one line that fits.
    func safeLine(_ text: String, columns: Int) -> String {
        TextColumns.cut(VisibleText.line(makeSafe(text)), to: columns)
    }

    /// Text of the trace with its line breaks.
    func safeBlock(_ text: String) -> String {
        var bytes: [UInt8] = []
        VisibleText.append(makeSafe(text).utf8, to: &bytes) { $0 == 0x09 ? " " : nil }
        return String(decoding: bytes, as: UTF8.self).replacing("\t", with: " ")
    }

    private var name: String { trace.summary.name ?? "trace without a name" }

    var markerOfTrace: String { safeLine("trace " + name, columns: 80) }

    /// The first lines of a trace: its name, and what is known of it.
    var head: [String] {
        let summary = trace.summary
        var facts = [
            summary.traceID.hex, ReportTime.utc(summary.startUnixNano), ReportFigures.duration(summary.durationNanos),
            ReportFigures.counted(trace.spanCount, "span"), ReportFigures.counted(summary.errorCount, "error"),
        ]
        if let part = trace.part { facts.append("only " + part) }
        var lines = [
            "", CastTerminal.styled(safeLine(name, columns: CastTerminal.columns), .bold),
            dim(facts.joined(separator: " · ")), "",
        ]
        if start == nil { lines.append(dim("No span of this trace has a time: all are listed at once.")) }
        return lines
    }

    /// The last lines: what has not ended, and what has no time.
    func foot(lastTime: Int64) -> [String] {
        var lines: [String] = []
        let open = spans.indices.filter { spans[$0].row.startUnixNano != nil && spans[$0].row.endUnixNano == nil }
        for place in open.prefix(20) {
            lines.append(
                clock(lastTime) + indent(place) + CastTerminal.styled("… " + shortName(place), .yellow)
                    + dim(" unfinished"))
        }
        if open.count > 20 { lines.append(dim("… \(open.count - 20) more are unfinished")) }
        let untimed = spans.indices.filter { spans[$0].row.startUnixNano == nil }
        for place in untimed.prefix(20) {
            lines.append(String(repeating: " ", count: 9) + indent(place) + shortName(place) + dim(" no start time"))
        }
        if untimed.count > 20 { lines.append(dim("… \(untimed.count - 20) more have no start time")) }
        lines.append("")
        return lines
    }

    func start(_ place: Int) -> [String] {
        let span = spans[place]
        var notes: [String] = []
        if let run = run(of: span) { notes.append(run.label) }
        if let subject = span.subject { notes.append(subject) }
        let used = 9 + 2 * depth(place) + 2
        let name = safeLine(span.name, columns: max(10, min(60, CastTerminal.columns - used)))
        let room = CastTerminal.columns - used - TextColumns.width(name) - 2
        let note = room > 8 && !notes.isEmpty ? "  " + safeLine(notes.joined(separator: " · "), columns: room) : ""
        var lines = [
            clock(span.row.startUnixNano) + indent(place)
                + CastTerminal.styled(span.row.kind.reportGlyph, .cyan) + " "
                + CastTerminal.styled(name, .bold) + (note.isEmpty ? "" : CastTerminal.styled(note, .dim))
        ]
        if let given = span.given { lines.append(detail(place, "→ " + given)) }
        return lines
    }

    func end(_ place: Int) -> [String] {
        let span = spans[place]
        let words = shortName(place) + " " + ReportFigures.duration(span.row.durationNanos)
        let line =
            if span.row.isCancelled {
                CastTerminal.styled("⊘ \(words) cancelled", .yellow)
            } else if span.row.isError {
                CastTerminal.styled("✗ \(words) error", .red)
            } else {
                CastTerminal.styled("✓ \(words)", .dim)
            }
        let label = run(of: span).map { "  " + safeLine($0.label, columns: 16) } ?? ""
        var lines = [clock(span.row.endUnixNano) + indent(place) + line + CastTerminal.styled(label, .dim)]
        if let message = span.errorMessage { lines.append(detail(place, message)) }
        if let result = span.result {
            lines += answer((span.row.kind == .tool ? "← " : "") + result).map { detail(place, $0) }
        }
        return lines
    }

    func finding(_ finding: Finding) -> [String] {
        let head = "⚑ \(finding.severity.name) \(finding.rule), \(finding.certainty.words): "
        let text = safeLine(head + finding.message, columns: 400)
        return TextColumns.wrapped(text, to: CastTerminal.columns - 9).map { line in
            String(repeating: " ", count: 9)
                + CastTerminal.styled(line, finding.severity == .error ? .red : .yellow)
        }
    }

    func step(_ step: StepFigures) -> String {
        let run = step.run > 0 && Int(step.run) <= trace.agents.runs.count ? trace.agents.runs[Int(step.run) - 1] : nil
        return "step \(step.number)" + (run.map { " " + $0.label } ?? "")
    }

    func shortName(_ place: Int) -> String { safeLine(spans[place].name, columns: 36) }

    /// What stands in front of each line of a typed text.
    func prefix(_ place: Int) -> String {
        String(repeating: " ", count: 9 + 2 * depth(place)) + "│ "
    }

    /// Whose text it is, where that is not plain.
    func label(_ place: Int) -> String {
        guard hasManyStreams else { return "" }
        return safeLine(run(of: spans[place])?.label ?? spans[place].name, columns: 30) + ": "
    }

    private func run(of span: CastSpan) -> AgentRun? { trace.run(span.row.agentRun) }

    /// The first lines of an answer.
    private func answer(_ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        return Array(lines.prefix(4)) + (lines.count > 4 ? ["… \(lines.count - 4) more lines"] : [])
    }

    private func detail(_ place: Int, _ text: String) -> String {
        let prefix = prefix(place)
        return CastTerminal.styled(prefix + safeLine(text, columns: CastTerminal.columns - prefix.count), .dim)
    }

    private func depth(_ place: Int) -> Int { min(depths[place], 16) }
    private func indent(_ place: Int) -> String { String(repeating: "  ", count: depth(place)) }
    private func dim(_ text: String) -> String {
        CastTerminal.styled(safeLine(text, columns: CastTerminal.columns), .dim)
    }

    /// The offset of a time, as the first column.
    private func clock(_ time: Int64?) -> String {
        let text = start == nil ? "" : ReportTime.offset(time, from: start)
        return CastTerminal.styled(String(repeating: " ", count: max(0, 8 - TextColumns.width(text))) + text, .dim)
            + " "
    }
}

import Basics
import Canvas
import TraceModel
import TraceTables

/// A report as Markdown, for issues and wikis: headings, tables, and all trace text as code.
extension MarkdownWriter: ReportWriter {
    static var limits: ReportLimits {
        var limits = ReportLimits()
        // Nothing folds here.
        limits.waterfallRows = 200
        limits.textBytes = 20_000
        limits.contentBytes = 4_000_000
        return limits
    }

    static var hiddenSpansRemark: String { "+n counts those beneath a row" }

    mutating func begin(_ provenance: ExportProvenance) {}

    mutating func end(_ provenance: ExportProvenance, _ traces: [ReportTitle]) {
        if traces.isEmpty { write("No traces.\n\n") }
        write(
            """
            ---

            Written by \(code: provenance.program). Selected: \(code: provenance.selection). \
            Redaction: \(code: provenance.policy). Holds \(ReportFigures.counted(traces.count, "trace")). \
            Times are as they were recorded, in UTC. What was not recorded is called so and is not 0.

            """)
    }

    mutating func beginTrace(_ trace: ReportTrace) {
        write("# \(code: trace.overview.name)\n\n")
        facts(trace.overview.facts)
    }

    mutating func endTrace() {}

    mutating func section(_ title: StaticString, note: String, empty: String?) {
        write("## \(markup: Markup(stringLiteral: title))\n\n")
        if let empty { write("\(empty).\n\n") }
    }

    mutating func more(_ words: String) { write("… \(words)\n\n") }

    // MARK: Findings

    mutating func findings(_ findings: ArraySlice<Finding>, _ trace: ReportTrace) {
        for finding in findings { self.finding(finding, trace) }
        write("\n")
    }

    private mutating func finding(_ finding: Finding, _ trace: ReportTrace) {
        switch finding.severity {
        case .error: write("- ✖ **error**, ")
        case .warning: write("- ▲ **warning**, ")
        case .hint: write("- ● **hint**, ")
        }
        write("\(finding.certainty.words), \(code: finding.rule): \(code: finding.message)")
        if let span = finding.spanID { reference(span, trace) }
        write("\n")
        for evidence in finding.evidence.prefix(20) {
            write("  - \(code: evidence.label): ")
            if evidence.value.isEmpty { write("empty") }
            write("\(code: ReportPiece.cut(evidence.value, to: 1000))")
            if evidence.value.utf8.count > 1000 {
                write("\(" … (" + ReportFigures.bytes(evidence.value.utf8.count) + ")")")
            }
            if let span = evidence.spanID, span != finding.spanID { reference(span, trace) }
            write("\n")
        }
        let rest = finding.evidence.count - 20
        if rest > 0 { write("  - … \(ReportFigures.counted(rest, "further value") + " not shown")\n") }
    }

    private mutating func reference(_ id: SpanID, _ trace: ReportTrace) {
        if let place = trace.places[id] {
            write(" at \(code: trace.body.spans[place].shownName) \(code: id.hex)")
        } else {
            write(" at \(code: id.hex), not in this report")
        }
    }

    // MARK: Tables

    mutating func agents(_ agents: ReportAgents, _ trace: ReportTrace) {
        write("\(trace.overview.identified).\n\n|")
        for column in ReportAgents.columns { write(" \(column) |") }
        write("\n|")
        for place in ReportAgents.columns.indices {
            write("\(markup: ReportAgents.figureColumns.contains(place) ? "---:|" : "---|")")
        }
        write("\n")
        for row in agents.rows {
            write("|")
            for (place, cell) in row.cells.enumerated() {
                // The label and the models are trace text.
                if place == 0, row.depth > 0 {
                    write(" \(String(repeating: "·", count: min(row.depth, 8))) \(cell: cell) |")
                } else if place == 0 || place == row.cells.count - 1 {
                    write(" \(cell: cell) |")
                } else {
                    write(" \(cell) |")
                }
            }
            write("\n")
        }
        write("\n")
    }

    mutating func steps(_ steps: ReportSteps, _ trace: ReportTrace) {
        write("| step | agent | start | duration | where it went |\n|---:|---|---:|---:|---|\n")
        for row in steps.rows {
            let start = ReportTime.offset(row.step.startUnixNano, from: trace.overview.trace.summary.startUnixNano)
            write(
                """
                | \(row.step.number)\(markup: row.step.isError ? " ✗ error" : "") | \(cell: row.agent) | \(start) \
                | \(ReportFigures.duration(row.step.durationNanos)) | \(row.words)
                """)
            if !row.unmeasured.isEmpty { write("\("; not measured: " + row.unmeasuredWords)") }
            write(" |\n")
        }
        write("\n")
    }

    mutating func neverMeasured(_ phases: String) { write("Not measured in any step: \(phases).\n\n") }

    /// A list of statements as a table of two columns.
    private mutating func facts(_ facts: [ReportOverview.Fact]) {
        write("| | |\n|---|---|\n")
        for fact in facts {
            write("| \(fact.label) | ")
            if fact.isQuoted { write("\(cell: fact.value)") } else { write("\(fact.value)") }
            write(" |\n")
        }
        write("\n")
    }

    // MARK: What spans said

    mutating func beginEntry(_ trace: ReportTrace, span place: Int, place entry: Int, isStream: Bool) {
        let span = trace.body.spans[place]
        write("### \(span.row.kind.reportGlyph + " ")\(code: span.title)")
        if let state = span.stateWords { write("\(" \(span.stateGlyph ?? "") \(state)")") }
        write("\n\n\(code: trace.body.context(of: span).joined(separator: " · "))\n\n")
    }

    mutating func endEntry() {}

    mutating func block(_ block: ReportBlock, limits: ReportLimits) {
        write("**\(String(describing: block.voice))** \(code: block.title)")
        if let note = block.note { write(" \(code: note)") }
        write("\n\n")
        for piece in block.pieces {
            if piece.form == .remark {
                write("\(code: piece.text)\n\n")
                continue
            }
            if let label = piece.label { write("\(code: label)\n\n") }
            self.block(piece.text)
            if piece.isCut { write("\(piece.cutRemark)\n\n") }
        }
    }

    /// A stream: arrivals as a line of bars, figures, text with its gaps.
    mutating func stream(_ stream: WholeStream, _ shown: ReportStream) {
        if let bins = StreamBins(stream, most: 72) { block(MarkdownWriter.sparkline(bins)) }
        facts(shown.facts)
        var text = ""
        for segment in shown.segments {
            if let mark = segment.mark {
                let glyph =
                    switch mark.kind {
                    case .gap: "‖"
                    case .loop: "⟲"
                    case .end: "■"
                    }
                text += "⟦\(glyph) \(mark.words)⟧"
            }
            text += segment.text
        }
        block(text)
        if let remark = shown.cutRemark { more(remark) }
    }

    /// Content by time in eighth blocks, stalls as `‖`, and an axis beneath.
    private static func sparkline(_ bins: StreamBins) -> String {
        let levels = Array("▁▂▃▄▅▆▇█")
        let most = Double(bins.bins.map(\.bytes).max() ?? 0)
        var line = ""
        for (place, bin) in bins.bins.enumerated() {
            let share = Double(place) / Double(bins.bins.count)
            if bin.bytes > 0, most > 0 {
                let level = (Double(bin.bytes) / most).squareRoot() * Double(levels.count - 1)
                line.append(levels[min(levels.count - 1, max(0, Int(clamped: level.rounded())))])
            } else {
                line.append(bins.stalls.contains { $0.start <= share && share < $0.end } ? "‖" : "·")
            }
        }
        let end = ReportFigures.duration(bins.durationNanos)
        let spaces = String(repeating: " ", count: max(1, bins.bins.count - 1 - TextColumns.width(end)))
        return line + "\n0" + spaces + end
    }
}

/// The waterfall: the spans in tree order with bars, as a block of fixed-width text.
extension MarkdownWriter {
    private static var labelColumns: Int { 48 }
    private static var durationColumns: Int { 10 }
    private static var barColumns: Int { 40 }

    mutating func waterfall(_ trace: ReportTrace) {
        var text = ""
        if let nanos = trace.rows.extent.nanos {
            let end = ReportFigures.duration(nanos)
            let left = MarkdownWriter.labelColumns + MarkdownWriter.durationColumns + 6
            let middle = max(1, MarkdownWriter.barColumns - 1 - TextColumns.width(end))
            text += String(repeating: " ", count: left) + "0" + String(repeating: " ", count: middle) + end + "\n"
        }
        for row in trace.rows.rows { text += line(row, trace) + "\n" }
        block(text)
        write("`✗` error, `⊘` cancelled, `…` unfinished, `⚑` finding; ")
        write("`◆` agent, `●` model call, `■` tool, `▲` retrieval, `▣` check, `○` `·` other.\n\n")
    }

    private func line(_ row: ReportWaterfall.Row, _ trace: ReportTrace) -> String {
        let hidden = row.hiddenBeneath > 0 ? " +\(row.hiddenBeneath)" : ""
        let indent = String(repeating: "  ", count: min(row.depth, 12))
        guard let place = row.span else {
            let words = trace.overview.trace.part == nil ? "not recorded" : "not in this part"
            return "   \(indent)┄ parent \(row.missingParent?.hex ?? ""), \(words)\(hidden)"
        }
        let span = trace.body.spans[place]
        let flag = trace.severity(of: span, at: place) == nil ? " " : "⚑"
        let cycle = row.opensCycle ? "(its own ancestor) " : ""
        let label = indent + span.row.kind.reportGlyph + " " + cycle + VisibleText.line(trace.body.label(of: span))
        let cut = TextColumns.cut(label, to: MarkdownWriter.labelColumns - hidden.count) + hidden
        return (span.stateGlyph ?? " ") + flag + " " + padded(cut, to: MarkdownWriter.labelColumns) + " "
            + padded(span.durationWords, to: MarkdownWriter.durationColumns, isRight: true) + "  "
            + bar(span, trace.rows.extent)
    }

    private func padded(_ text: String, to columns: Int, isRight: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, columns - TextColumns.width(text)))
        return isRight ? spaces + text : text + spaces
    }

    /// A bar in cells, at least one for a span that has a start; open-ended ones end in `…`.
    private func bar(_ span: ReportSpan, _ extent: ReportExtent) -> String {
        guard let start = span.row.startUnixNano else { return "" }
        let columns = Double(MarkdownWriter.barColumns)
        let from = min(MarkdownWriter.barColumns - 1, Int(clamped: extent.share(start) * columns))
        let share = extent.share(span.row.endUnixNano ?? extent.end ?? start)
        let length = max(1, Int(clamped: (share * columns).rounded()) - from)
        let fill: Character =
            switch span.row.kind.reportGroup {
            case .model: "▓"
            case .tool, .retrieval: "█"
            default: "▒"
            }
        let bar = String(repeating: fill, count: span.isOpenEnded ? length - 1 : length)
        return String(repeating: " ", count: from) + bar + (span.isOpenEnded ? "…" : "")
    }
}

import TraceModel

/// The section of one trace in a Markdown report.
struct MarkdownTrace {
    let body: ReportBody
    let rows: ReportWaterfall
    let places: [SpanID: Int]

    init(_ body: ReportBody) {
        self.body = body
        rows = body.waterfall
        places = body.places
    }

    private var overview: ReportOverview { body.overview }

    func head(into markdown: inout MarkdownWriter) {
        markdown.markup("# ")
        markdown.code(overview.name)
        markdown.markup("\n\n")
        markdown.facts(overview.facts)
    }

    func findings(into markdown: inout MarkdownWriter) {
        let findings = overview.findings
        markdown.markup("## Findings\n\n")
        if findings.isEmpty { markdown.markup("None.\n\n") }
        for finding in findings.prefix(body.limits.listed) { self.finding(finding, into: &markdown) }
        if !findings.isEmpty { markdown.markup("\n") }
        let rest = findings.count - body.limits.listed
        if rest > 0 { markdown.more(ReportFigures.counted(rest, "further finding") + " not shown") }
    }

    private func finding(_ finding: Finding, into markdown: inout MarkdownWriter) {
        switch finding.severity {
        case .error: markdown.markup("- ✖ **error**, ")
        case .warning: markdown.markup("- ▲ **warning**, ")
        case .hint: markdown.markup("- ● **hint**, ")
        }
        markdown.words(ReportOverview.certainty(finding))
        markdown.markup(", ")
        markdown.code(finding.rule)
        markdown.markup(": ")
        markdown.code(finding.message)
        if let span = finding.spanID { reference(span, into: &markdown) }
        markdown.markup("\n")
        for evidence in finding.evidence.prefix(20) {
            markdown.markup("  - ")
            markdown.code(evidence.label)
            markdown.markup(": ")
            if evidence.value.isEmpty {
                markdown.markup("empty")
            } else {
                markdown.code(ReportPiece.cut(evidence.value, to: 1000))
                if evidence.value.utf8.count > 1000 {
                    markdown.words(" … (\(ReportFigures.bytes(evidence.value.utf8.count)))")
                }
            }
            if let span = evidence.spanID, span != finding.spanID { reference(span, into: &markdown) }
            markdown.markup("\n")
        }
        let rest = finding.evidence.count - 20
        if rest > 0 {
            markdown.markup("  - … ")
            markdown.words(ReportFigures.counted(rest, "further value") + " not shown")
            markdown.markup("\n")
        }
    }

    private func reference(_ id: SpanID, into markdown: inout MarkdownWriter) {
        markdown.markup(" at ")
        if let place = places[id] {
            markdown.code(body.spans[place].shownName)
            markdown.markup(" ")
        }
        markdown.code(id.hex)
        if places[id] == nil { markdown.markup(", not in this report") }
    }

    func agents(into markdown: inout MarkdownWriter) {
        let agents = ReportAgents(overview, limit: body.limits.listed)
        markdown.markup("## Agents\n\n")
        if agents.rows.isEmpty {
            markdown.markup("No agent runs recorded.\n\n")
            return
        }
        markdown.words(overview.identified)
        markdown.markup(".\n\n|")
        for column in ReportAgents.columns {
            markdown.markup(" ")
            markdown.words(column)
            markdown.markup(" |")
        }
        markdown.markup("\n|")
        for place in ReportAgents.columns.indices {
            markdown.markup(ReportAgents.figureColumns.contains(place) ? "---:|" : "---|")
        }
        markdown.markup("\n")
        for row in agents.rows {
            markdown.markup("|")
            for (place, cell) in row.cells.enumerated() {
                markdown.markup(" ")
                // The label and the models are trace text.
                if place == 0 || place == row.cells.count - 1 {
                    markdown.words(place == 0 && row.depth > 0 ? String(repeating: "·", count: min(row.depth, 8)) : "")
                    if place == 0, row.depth > 0 { markdown.markup(" ") }
                    markdown.code(cell, inTable: true)
                } else {
                    markdown.words(cell)
                }
                markdown.markup(" |")
            }
            markdown.markup("\n")
        }
        markdown.markup("\n")
        if agents.hiddenCount > 0 {
            markdown.more(ReportFigures.counted(agents.hiddenCount, "further run") + " not shown")
        }
    }

    func steps(into markdown: inout MarkdownWriter) {
        let steps = ReportSteps(overview, limit: body.limits.listed)
        markdown.markup("## Steps\n\n")
        if steps.rows.isEmpty {
            markdown.markup("None found.\n\n")
            return
        }
        markdown.markup("| step | agent | start | duration | where it went |\n|---:|---|---:|---:|---|\n")
        for row in steps.rows {
            markdown.markup("| ")
            markdown.number(row.step.number)
            markdown.markup(row.step.isError ? " ✗ error | " : " | ")
            markdown.code(row.agent, inTable: true)
            markdown.markup(" | ")
            markdown.words(ReportTime.offset(row.step.startUnixNano, from: overview.trace.summary.startUnixNano))
            markdown.markup(" | ")
            markdown.words(ReportFigures.duration(row.step.durationNanos))
            markdown.markup(" | ")
            markdown.words(row.parts.isEmpty ? "nothing measured" : row.parts.map(\.text).joined(separator: " · "))
            if !row.unmeasured.isEmpty {
                markdown.words("; not measured: " + row.unmeasured.map(\.words).joined(separator: ", "))
            }
            markdown.markup(" |\n")
        }
        markdown.markup("\n")
        if !steps.neverMeasured.isEmpty {
            markdown.markup("Not measured in any step: ")
            markdown.words(steps.neverMeasured.map(\.words).joined(separator: ", "))
            markdown.markup(".\n\n")
        }
        if steps.hiddenCount > 0 {
            markdown.more(ReportFigures.counted(steps.hiddenCount, "further step") + " not shown")
        }
    }

    private func entryHead(_ place: Int, into markdown: inout MarkdownWriter) {
        let span = body.spans[place]
        markdown.markup("### ")
        markdown.words(span.row.kind.reportGlyph + " ")
        markdown.code(span.shownName + (span.subject.map { " · " + $0 } ?? ""))
        if let state = span.stateWords { markdown.words(" \(span.stateGlyph ?? "") \(state)") }
        markdown.markup("\n\n")
        markdown.code(body.context(of: span).joined(separator: " · "))
        markdown.markup("\n\n")
    }

    func conversation(into out: inout [UInt8]) {
        var markdown = MarkdownWriter()
        markdown.markup("## Conversation\n\n")
        if body.entries.isEmpty { markdown.markup("No content recorded.\n\n") }
        for entry in body.entries {
            entryHead(entry.span, into: &markdown)
            out.append(contentsOf: markdown.bytes)
            markdown.bytes.removeAll()
            out.append(contentsOf: entry.bytes)
        }
        if body.entriesHidden > 0 {
            markdown.more(ReportFigures.counted(body.entriesHidden, "further span") + " with content not shown")
        }
        out.append(contentsOf: markdown.bytes)
    }

    func streams(into out: inout [UInt8]) {
        guard !body.streams.isEmpty || body.streamsHidden > 0 else { return }
        var markdown = MarkdownWriter()
        markdown.markup("## Streams\n\n")
        for stream in body.streams {
            entryHead(stream.span, into: &markdown)
            out.append(contentsOf: markdown.bytes)
            markdown.bytes.removeAll()
            out.append(contentsOf: stream.bytes)
        }
        if body.streamsHidden > 0 {
            markdown.more(ReportFigures.counted(body.streamsHidden, "further stream") + " not shown")
        }
        out.append(contentsOf: markdown.bytes)
    }
}

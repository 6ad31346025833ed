import TraceModel

extension HTMLTrace {
    /// The runs of agents, a row each, callers above those they called.
    func agents(into html: inout HTMLWriter) {
        let agents = ReportAgents(overview, limit: body.limits.listed)
        html.markup("<h2>Agents <small>")
        html.line(agents.rows.isEmpty ? "no agent runs recorded" : overview.identified)
        html.markup("</small></h2>\n")
        guard !agents.rows.isEmpty else { return }
        html.markup("<div class=\"wide\"><table>\n<thead><tr>")
        for (place, column) in ReportAgents.columns.enumerated() {
            html.markup(ReportAgents.figureColumns.contains(place) ? "<th class=\"n\">" : "<th>")
            html.line(column)
            html.markup("</th>")
        }
        html.markup("</tr></thead>\n<tbody>\n")
        for row in agents.rows {
            html.markup("<tr>")
            for (place, cell) in row.cells.enumerated() {
                switch place {
                case 0: html.markup("<td class=\"long agent\">")
                case row.cells.count - 1: html.markup("<td class=\"long\">")
                default: html.markup(ReportAgents.figureColumns.contains(place) ? "<td class=\"n\">" : "<td>")
                }
                if place == 0 { agent(row, cell, into: &html) } else { html.line(cell) }
                html.markup("</td>")
            }
            html.markup("</tr>\n")
        }
        html.markup("</tbody>\n</table></div>\n")
        if agents.hiddenCount > 0 { html.more(ReportFigures.counted(agents.hiddenCount, "further run") + " not shown") }
    }

    private func agent(_ row: ReportAgents.Row, _ label: String, into html: inout HTMLWriter) {
        if row.depth > 0 {
            html.markup("<span class=\"dim\">")
            html.line(String(repeating: "\u{A0}\u{A0}", count: min(row.depth, 12) - 1) + "└ ")
            html.markup("</span>")
        }
        let anchor = row.run.spanID.flatMap { places[$0] }.flatMap { self.anchor(ofSpan: $0) }
        if let anchor { html.link(anchor) }
        html.line(label)
        if anchor != nil { html.markup("</a>") }
    }

    /// The steps, a row each, with a bar of their phases.
    func steps(into html: inout HTMLWriter) {
        let steps = ReportSteps(overview, limit: body.limits.listed)
        html.markup("<h2>Steps <small>")
        html.line(steps.rows.isEmpty ? "none found" : ReportFigures.count(overview.trace.steps.count))
        html.markup("</small></h2>\n")
        guard !steps.rows.isEmpty else { return }
        phaseKey(into: &html)
        html.markup("<div class=\"wide\"><table class=\"steps\">\n<thead><tr><th class=\"n\">step</th><th>agent</th>")
        html.markup("<th class=\"n\">start</th><th class=\"n\">duration</th><th>phases</th><th>where it went</th>")
        html.markup("</tr></thead>\n<tbody>\n")
        for row in steps.rows {
            html.markup("<tr><td class=\"n\">")
            let anchor = places[row.step.spanID].flatMap { self.anchor(ofSpan: $0) }
            if let anchor { html.link(anchor) }
            html.number(row.step.number)
            if anchor != nil { html.markup("</a>") }
            html.markup("</td><td class=\"long\">")
            html.line(row.agent)
            if row.step.isError { html.markup(" <strong class=\"bad\">✗ error</strong>") }
            html.markup("</td><td class=\"n\">")
            html.line(ReportTime.offset(row.step.startUnixNano, from: overview.trace.summary.startUnixNano))
            html.markup("</td><td class=\"n\">")
            html.line(ReportFigures.duration(row.step.durationNanos))
            html.markup("</td><td>")
            phaseBar(row.step, longest: steps.longestNanos, into: &html)
            html.markup("</td><td class=\"long rest\">")
            html.line(row.parts.isEmpty ? "nothing measured" : row.parts.map(\.text).joined(separator: " · "))
            if !row.unmeasured.isEmpty {
                html.markup(" <span class=\"dim\">not measured: ")
                html.line(row.unmeasured.map(\.words).joined(separator: ", "))
                html.markup("</span>")
            }
            html.markup("</td></tr>\n")
        }
        html.markup("</tbody>\n</table></div>\n")
        if !steps.neverMeasured.isEmpty {
            html.markup("<p class=\"dim\">Not measured in any step: ")
            html.line(steps.neverMeasured.map(\.words).joined(separator: ", "))
            html.markup(".</p>\n")
        }
        if steps.hiddenCount > 0 { html.more(ReportFigures.counted(steps.hiddenCount, "further step") + " not shown") }
    }

    private func phaseKey(into html: inout HTMLWriter) {
        html.markup("<p class=\"key\">")
        for phase in Phase.allCases {
            html.markup("<span><svg viewBox=\"0 0 10 10\"><rect class=\"p")
            html.number(phase.rawValue)
            html.markup("\" width=\"10\" height=\"10\"/></svg> ")
            html.line(phase.words)
            html.markup("</span> ")
        }
        html.markup("</p>\n")
    }

    private func phaseBar(_ step: StepFigures, longest: Int64, into html: inout HTMLWriter) {
        html.markup("<svg class=\"phases\" viewBox=\"0 0 200 12\" role=\"img\"><title>Phases of the step</title>")
        var x = 0.0
        for phase in Phase.allCases where longest > 0 {
            let width = Double(ReportSteps.wall(step, phase)) / Double(longest) * 200
            guard width > 0 else { continue }
            html.markup("<rect class=\"p")
            html.number(phase.rawValue)
            html.markup("\" height=\"12\" x=\"")
            html.coordinate(x)
            html.markup("\" width=\"")
            html.coordinate(max(0.5, width))
            html.markup("\"/>")
            x += width
        }
        html.markup("</svg>")
    }
}

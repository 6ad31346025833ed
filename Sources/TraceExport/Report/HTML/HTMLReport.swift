import TraceModel
import TraceTables

/// A report as one HTML file that needs nothing else.
///
/// Its policy forbids browsers to load anything. It follows the reader's choice of light and dark, and prints with all
/// that is folded opened. Ids and links hold numbers and hexadecimal digits only.
extension HTMLWriter: ReportWriter {
    static var limits: ReportLimits { ReportLimits() }
    static var hiddenSpansRemark: String { "+n at a row counts those beneath it" }

    mutating func begin(_ provenance: ExportProvenance) {
        write(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="\(plain: provenance.program)">
            <title>Trace report: \(plain: provenance.selection)</title>
            <style>
            \(markup: Markup(stringLiteral: HTMLStyle.text))</style>
            </head>
            <body>
            <main>

            """)
    }

    mutating func end(_ provenance: ExportProvenance, _ traces: [ReportTitle]) {
        write("\(markup: traces.isEmpty ? "<p>No traces.</p>\n" : "")</main>\n<footer>\n")
        if traces.count > 1 {
            write("<h2>Traces in this file</h2>\n<ol>\n")
            for (place, trace) in traces.enumerated() {
                write(
                    """
                    <li>\(trace.name, link: .trace(place + 1)) <code>\(plain: trace.id.hex)</code>, \
                    \(ReportFigures.counted(trace.findings, "finding"))</li>

                    """)
            }
            write("</ol>\n")
        }
        write(
            """
            <p>Written by \(provenance.program). Selected: <code>\(provenance.selection)</code>. \
            Redaction: \(provenance.policy). Holds \(ReportFigures.counted(traces.count, "trace")). \
            Times are as they were recorded, in UTC. What was not recorded is called so and is not 0.</p>
            </footer>
            </body>
            </html>

            """)
    }

    mutating func beginTrace(_ trace: ReportTrace) {
        write(
            "<section class=\"trace\" id=\"\(id: .trace(trace.number))\">\n<h1>\(trace.overview.name)</h1>\n")
        facts(trace.overview.facts)
    }

    mutating func endTrace() { write("</section>\n") }

    mutating func section(_ title: StaticString, note: String, empty: String?) {
        write("<h2>\(markup: Markup(stringLiteral: title)) <small>\(note)</small></h2>\n")
    }

    mutating func more(_ words: String) { write("<p class=\"more\">… \(words)</p>\n") }

    // MARK: Findings

    mutating func findings(_ findings: ArraySlice<Finding>, _ trace: ReportTrace) {
        var rest = findings
        while let first = rest.first {
            let group = rest.prefix { $0.rule == first.rule }
            rest = rest.dropFirst(group.count)
            // Of one rule the first ones stand open, many more of them are folded.
            let open = group.count > 5 ? 3 : group.count
            for finding in group.prefix(open) { self.finding(finding, trace) }
            guard open < group.count else { continue }
            write(
                """
                <details><summary>\(ReportFigures.count(group.count - open) + " more of ")\
                <code>\(first.rule)</code></summary>

                """)
            for finding in group.dropFirst(open) { self.finding(finding, trace) }
            write("</details>\n")
        }
    }

    private mutating func finding(_ finding: Finding, _ trace: ReportTrace) {
        switch finding.severity {
        case .error: write("<article class=\"finding error\">\n<p class=\"tag\">✖ error")
        case .warning: write("<article class=\"finding warning\">\n<p class=\"tag\">▲ warning")
        case .hint: write("<article class=\"finding hint\">\n<p class=\"tag\">● hint")
        }
        write(" <span class=\"sure\">\(finding.certainty.words)</span> <code>\(finding.rule)</code>")
        if let span = finding.spanID { reference(span, trace) }
        write("</p>\n<p>\(text: finding.message)</p>\n")
        if !finding.evidence.isEmpty {
            write("<ul>\n")
            for evidence in finding.evidence.prefix(40) {
                write("<li><b>\(evidence.label)</b> <q>\(ReportPiece.cut(evidence.value, to: 2000))")
                if evidence.value.utf8.count > 2000 {
                    write("\("… (" + ReportFigures.bytes(evidence.value.utf8.count) + ")")")
                }
                write("</q>")
                if let span = evidence.spanID, span != finding.spanID { reference(span, trace) }
                write("</li>\n")
            }
            write("</ul>\n")
            let rest = finding.evidence.count - 40
            if rest > 0 { more(ReportFigures.counted(rest, "further value") + " not shown") }
        }
        write("</article>\n")
    }

    /// The name of a span, a link where it stands in this report.
    private mutating func reference(_ id: SpanID, _ trace: ReportTrace) {
        if let place = trace.places[id] {
            write(
                " <span class=\"dim\">at \(trace.body.spans[place].shownName, link: trace.anchor(ofSpan: place))</span>"
            )
        } else {
            write(" <span class=\"dim\">at span <code>\(plain: id.hex)</code>, not in this report</span>")
        }
    }

    // MARK: Tables

    mutating func agents(_ agents: ReportAgents, _ trace: ReportTrace) {
        write("<div class=\"wide\"><table>\n<thead><tr>")
        for (place, column) in ReportAgents.columns.enumerated() {
            let isFigure = ReportAgents.figureColumns.contains(place)
            write("<th\(markup: isFigure ? " class=\"n\"" : "")>\(column)</th>")
        }
        write("</tr></thead>\n<tbody>\n")
        for row in agents.rows {
            write("<tr>")
            for (place, cell) in row.cells.enumerated() {
                if place == 0 {
                    let indent = String(repeating: "\u{A0}\u{A0}", count: max(0, min(row.depth, 12) - 1)) + "└ "
                    let anchor = row.run.spanID.flatMap { trace.places[$0] }.flatMap { trace.anchor(ofSpan: $0) }
                    write("<td class=\"long agent\">")
                    if row.depth > 0 { write("<span class=\"dim\">\(indent)</span>") }
                    write("\(cell, link: anchor)</td>")
                } else if place == row.cells.count - 1 {
                    write("<td class=\"long\">\(cell)</td>")
                } else {
                    let isFigure = ReportAgents.figureColumns.contains(place)
                    write("<td\(markup: isFigure ? " class=\"n\"" : "")>\(cell)</td>")
                }
            }
            write("</tr>\n")
        }
        write("</tbody>\n</table></div>\n")
    }

    /// A row each, with a bar of the phases.
    mutating func steps(_ steps: ReportSteps, _ trace: ReportTrace) {
        write("<p class=\"key\">")
        for phase in Phase.allCases {
            write("<span><svg viewBox=\"0 0 10 10\"><rect class=\"p\(phase.rawValue)\" width=\"10\" height=\"10\"/>")
            write("</svg> \(phase.words)</span> ")
        }
        write(
            """
            </p>
            <div class="wide"><table class="steps">
            <thead><tr><th class="n">step</th><th>agent</th><th class="n">start</th><th class="n">duration</th>\
            <th>phases</th><th>where it went</th></tr></thead>
            <tbody>

            """)
        for row in steps.rows {
            let start = ReportTime.offset(row.step.startUnixNano, from: trace.overview.trace.summary.startUnixNano)
            let anchor = trace.places[row.step.spanID].flatMap { trace.anchor(ofSpan: $0) }
            write(
                """
                <tr><td class="n">\(String(row.step.number), link: anchor)</td><td class="long">\(row.agent)\
                \(markup: row.step.isError ? " <strong class=\"bad\">✗ error</strong>" : "")</td>\
                <td class="n">\(start)</td><td class="n">\(ReportFigures.duration(row.step.durationNanos))</td><td>
                """)
            phaseBar(row.step, longest: steps.longestNanos)
            write("</td><td class=\"long rest\">\(row.words)")
            if !row.unmeasured.isEmpty { write(" <span class=\"dim\">not measured: \(row.unmeasuredWords)</span>") }
            write("</td></tr>\n")
        }
        write("</tbody>\n</table></div>\n")
    }

    mutating func neverMeasured(_ phases: String) {
        write("<p class=\"dim\">Not measured in any step: \(phases).</p>\n")
    }

    private mutating func phaseBar(_ step: StepFigures, longest: Int64) {
        write("<svg class=\"phases\" viewBox=\"0 0 200 12\" role=\"img\"><title>Phases of the step</title>")
        var x = 0.0
        for phase in Phase.allCases where longest > 0 {
            let width = Double(ReportSteps.wall(step, phase)) / Double(longest) * 200
            guard width > 0 else { continue }
            write("<rect class=\"p\(phase.rawValue)\" height=\"12\" x=\"\(at: x)\" width=\"\(at: max(0.5, width))\"/>")
            x += width
        }
        write("</svg>")
    }

    // MARK: What spans said

    mutating func beginEntry(_ trace: ReportTrace, span place: Int, place entry: Int, isStream: Bool) {
        let span = trace.body.spans[place]
        let own: HTMLAnchor = isStream ? .stream(trace: trace.number, entry) : .entry(trace: trace.number, entry)
        let anchor = trace.drawn.contains(place) ? trace.anchor(ofSpan: place) : nil
        write(
            """
            <article class="entry" id="\(id: own)">
            <h3><span class="k\(span.row.kind.reportGroup.rawValue)">\(span.row.kind.reportGlyph)</span> \
            \(span.title, link: anchor)
            """)
        if let state = span.stateWords {
            write(" <strong class=\"bad\">\((span.stateGlyph ?? "") + " " + state)</strong>")
        }
        write(" <small>\(trace.body.context(of: span).joined(separator: " · "))")
        if !isStream, let stream = span.stream {
            write(" · <a href=\"#\(id: .stream(trace: trace.number, stream))\">how it was streamed</a>")
        }
        write("</small></h3>\n")
    }

    mutating func endEntry() { write("</article>\n") }

    mutating func block(_ block: ReportBlock, limits: ReportLimits) {
        switch block.voice {
        case .system: write("<div class=\"msg system\">")
        case .user: write("<div class=\"msg user\">")
        case .assistant: write("<div class=\"msg assistant\">")
        case .tool: write("<div class=\"msg tool\">")
        case .error: write("<div class=\"msg bad\">")
        case .other: write("<div class=\"msg\">")
        }
        write("<div class=\"role\">\(block.title)")
        if let note = block.note { write("<small>\(note)</small>") }
        write("</div>\n<div class=\"said\">")
        for piece in block.pieces { self.piece(piece, limits: limits) }
        write("</div></div>\n")
    }

    private mutating func piece(_ piece: ReportPiece, limits: ReportLimits) {
        if piece.form == .remark { return write("<p class=\"dim\">\(piece.text)</p>\n") }
        let isFolded = piece.startsFolded || piece.isLong(limits)
        if isFolded {
            write(
                """
                <details><summary>\(piece.label.map { $0 + " " } ?? "")\
                <small>\(ReportFigures.bytes(piece.wholeBytes))</small> \
                <span class="start">\(piece.opening)</span></summary>

                """)
        } else if let label = piece.label {
            write("<p class=\"label\">\(label)</p>\n")
        }
        switch piece.form {
        case .code: write("<pre>\(text: piece.text)</pre>\n")
        case .reasoning: write("<div class=\"prose reasoning\">\(text: piece.text)</div>\n")
        default: write("<div class=\"prose\">\(text: piece.text)</div>\n")
        }
        if piece.isCut { write("<p class=\"more\">\(piece.cutRemark)</p>\n") }
        if isFolded { write("</details>\n") }
    }

    /// A list of statements.
    mutating func facts(_ facts: [ReportOverview.Fact]) {
        write("<dl>\n")
        for fact in facts {
            write("<div><dt>\(fact.label)</dt><dd>")
            if fact.isIdentifier { write("<code>\(fact.value)</code>") } else { write("\(fact.value)") }
            write("</dd></div>\n")
        }
        write("</dl>\n")
    }
}

extension ReportTrace {
    /// Where a span stands: its row, else its content.
    func anchor(ofSpan place: Int) -> HTMLAnchor? {
        let span = body.spans[place]
        if drawn.contains(place), isFirst(span, at: place) { return .span(trace: number, span.row.spanID) }
        return span.entry.map { .entry(trace: number, $0) }
    }
}

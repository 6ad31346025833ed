import TraceModel

/// The section of one trace in an HTML report.
struct HTMLTrace {
    let body: ReportBody
    /// The number of the trace in its file, from 1.
    let number: Int
    let rows: ReportWaterfall
    /// The places of spans by id.
    let places: [SpanID: Int]
    /// The spans that have a row.
    let drawn: Set<Int>

    init(_ body: ReportBody, number: Int) {
        self.body = body
        self.number = number
        rows = body.waterfall
        places = body.places
        drawn = Set(rows.rows.compactMap(\.span))
    }

    var overview: ReportOverview { body.overview }

    func head(into html: inout HTMLWriter) {
        html.markup("<section class=\"trace\" id=\"")
        html.id(.trace(number))
        html.markup("\">\n<h1>")
        html.line(overview.name)
        html.markup("</h1>\n")
        html.facts(overview.facts)
    }

    func findings(into html: inout HTMLWriter) {
        let findings = overview.findings
        html.markup("<h2>Findings <small>")
        html.line(findings.isEmpty ? "none" : ReportFigures.count(findings.count))
        html.markup("</small></h2>\n")
        let shown = findings.prefix(body.limits.listed)
        var start = 0
        while start < shown.count {
            let end = shown[start...].firstIndex { $0.rule != shown[start].rule } ?? shown.count
            self.findings(shown[start..<end], into: &html)
            start = end
        }
        let rest = findings.count - body.limits.listed
        if rest > 0 { html.more(ReportFigures.counted(rest, "further finding") + " not shown") }
    }

    /// Findings of one rule: the first ones open, many more of them folded.
    private func findings(_ findings: ArraySlice<Finding>, into html: inout HTMLWriter) {
        let open = findings.count > 5 ? 3 : findings.count
        for finding in findings.prefix(open) { self.finding(finding, into: &html) }
        guard open < findings.count else { return }
        html.markup("<details><summary>")
        html.line("\(ReportFigures.count(findings.count - open)) more of ")
        html.markup("<code>")
        html.line(findings.first?.rule ?? "")
        html.markup("</code></summary>\n")
        for finding in findings.dropFirst(open) { self.finding(finding, into: &html) }
        html.markup("</details>\n")
    }

    private func finding(_ finding: Finding, into html: inout HTMLWriter) {
        switch finding.severity {
        case .error: html.markup("<article class=\"finding error\">\n<p class=\"tag\">✖ error")
        case .warning: html.markup("<article class=\"finding warning\">\n<p class=\"tag\">▲ warning")
        case .hint: html.markup("<article class=\"finding hint\">\n<p class=\"tag\">● hint")
        }
        html.markup(" <span class=\"sure\">")
        html.line(ReportOverview.certainty(finding))
        html.markup("</span> <code>")
        html.line(finding.rule)
        html.markup("</code>")
        if let span = finding.spanID {
            html.markup(" <span class=\"dim\">at ")
            reference(span, into: &html)
            html.markup("</span>")
        }
        html.markup("</p>\n<p>")
        html.text(finding.message)
        html.markup("</p>\n")
        if !finding.evidence.isEmpty {
            html.markup("<ul>\n")
            for evidence in finding.evidence.prefix(40) {
                html.markup("<li><b>")
                html.line(evidence.label)
                html.markup("</b> <q>")
                html.line(ReportPiece.cut(evidence.value, to: 2000))
                if evidence.value.utf8.count > 2000 {
                    html.line("… (\(ReportFigures.bytes(evidence.value.utf8.count)))")
                }
                html.markup("</q>")
                if let span = evidence.spanID, span != finding.spanID {
                    html.markup(" <span class=\"dim\">at ")
                    reference(span, into: &html)
                    html.markup("</span>")
                }
                html.markup("</li>\n")
            }
            html.markup("</ul>\n")
            let rest = finding.evidence.count - 40
            if rest > 0 { html.more(ReportFigures.counted(rest, "further value") + " not shown") }
        }
        html.markup("</article>\n")
    }

    /// The name of a span, a link where it stands in this report.
    func reference(_ id: SpanID, into html: inout HTMLWriter) {
        guard let place = places[id] else {
            html.markup("span <code>")
            html.plain(id.hex)
            html.markup("</code>, not in this report")
            return
        }
        let anchor = anchor(ofSpan: place)
        if let anchor { html.link(anchor) }
        html.line(body.spans[place].shownName)
        if anchor != nil { html.markup("</a>") }
    }

    /// Where a span stands: its row, else its content.
    func anchor(ofSpan place: Int) -> HTMLAnchor? {
        let span = body.spans[place]
        if drawn.contains(place), places[span.row.spanID] == place {
            return .span(trace: number, span.row.spanID)
        }
        return span.entry.map { .entry(trace: number, $0) }
    }

    /// The head of the content of a span: name, agent, time.
    func entryHead(_ place: Int, linksStream: Bool = false, into html: inout HTMLWriter) {
        let span = body.spans[place]
        html.markup("<h3><span class=\"k")
        html.number(span.row.kind.reportGroup.rawValue)
        html.markup("\">")
        html.line(span.row.kind.reportGlyph)
        html.markup("</span> ")
        let anchor = drawn.contains(place) ? anchor(ofSpan: place) : nil
        if let anchor { html.link(anchor) }
        html.line(span.shownName + (span.subject.map { " · " + $0 } ?? ""))
        if anchor != nil { html.markup("</a>") }
        if let state = span.stateWords {
            html.markup(" <strong class=\"bad\">")
            html.line((span.stateGlyph ?? "") + " " + state)
            html.markup("</strong>")
        }
        html.markup(" <small>")
        html.line(body.context(of: span).joined(separator: " · "))
        if linksStream, let stream = span.stream {
            html.markup(" · ")
            html.link(.stream(trace: number, stream))
            html.markup("how it was streamed</a>")
        }
        html.markup("</small></h3>\n")
    }

    func conversation(into out: inout [UInt8]) {
        var html = HTMLWriter()
        html.markup("<h2>Conversation <small>")
        html.line(body.entries.isEmpty ? "no content recorded" : ReportFigures.counted(body.entries.count, "span"))
        html.markup("</small></h2>\n")
        for (place, entry) in body.entries.enumerated() {
            html.markup("<article class=\"entry\" id=\"")
            html.id(.entry(trace: number, place))
            html.markup("\">\n")
            entryHead(entry.span, linksStream: true, into: &html)
            out.append(contentsOf: html.bytes)
            html.bytes.removeAll()
            out.append(contentsOf: entry.bytes)
            html.markup("</article>\n")
        }
        if body.entriesHidden > 0 {
            html.more(ReportFigures.counted(body.entriesHidden, "further span") + " with content not shown")
        }
        out.append(contentsOf: html.bytes)
    }

    func streams(into out: inout [UInt8]) {
        guard !body.streams.isEmpty || body.streamsHidden > 0 else { return }
        var html = HTMLWriter()
        html.markup("<h2>Streams <small>")
        html.line(ReportFigures.count(body.streams.count))
        html.markup("</small></h2>\n")
        for (place, stream) in body.streams.enumerated() {
            html.markup("<article class=\"entry\" id=\"")
            html.id(.stream(trace: number, place))
            html.markup("\">\n")
            entryHead(stream.span, into: &html)
            out.append(contentsOf: html.bytes)
            html.bytes.removeAll()
            out.append(contentsOf: stream.bytes)
            html.markup("</article>\n")
        }
        if body.streamsHidden > 0 {
            html.more(ReportFigures.counted(body.streamsHidden, "further stream") + " not shown")
        }
        out.append(contentsOf: html.bytes)
    }
}

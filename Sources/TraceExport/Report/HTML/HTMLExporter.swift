import TraceModel

/// Writes a report as one HTML file that needs nothing else: no script, no address outside, no font.
///
/// Its policy forbids browsers to load anything. It follows the reader's choice of light and dark, and prints with all
/// that is folded opened. Ids and links hold numbers and hexadecimal digits only.
package struct HTMLExporter: TraceExporter {
    private let limits: ReportLimits
    private var provenance = ExportProvenance(program: "", selection: "", policy: "")
    private var number = 0
    private var body: ReportBody?
    private var contents: [(name: String, id: TraceID, findings: Int)] = []

    package init() { self.init(limits: ReportLimits()) }

    init(limits: ReportLimits) {
        self.limits = limits
    }

    package var needs: ExportNeeds { [.streams, .content] }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        self.provenance = provenance
        var html = HTMLWriter()
        html.markup(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="
            """)
        html.plain(provenance.program)
        html.markup("\">\n<title>Trace report: ")
        html.plain(provenance.selection)
        html.markup("</title>\n<style>\n")
        html.markup(HTMLStyle.text)
        html.markup("</style>\n</head>\n<body>\n<main>\n")
        out.append(contentsOf: html.bytes)
    }

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        number += 1
        body = ReportBody(trace, policy: provenance.policy, limits: limits)
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        let limits = limits
        body?.add(span) { blocks in
            var html = HTMLWriter()
            for block in blocks { html.block(block, limits: limits) }
            return html.bytes
        } stream: { stream, shown in
            var html = HTMLWriter()
            html.stream(stream, shown)
            return html.bytes
        }
    }

    package mutating func endTrace(into out: inout [UInt8]) {
        guard let body else { return }
        self.body = nil
        contents.append((body.overview.name, body.overview.trace.summary.traceID, body.overview.trace.findings.count))
        let page = HTMLTrace(body, number: number)
        var html = HTMLWriter()
        page.head(into: &html)
        page.findings(into: &html)
        page.waterfall(into: &html)
        page.agents(into: &html)
        page.steps(into: &html)
        out.append(contentsOf: html.bytes)
        page.conversation(into: &out)
        page.streams(into: &out)
        out.append(contentsOf: "</section>\n".utf8)
    }

    package mutating func end(into out: inout [UInt8]) {
        var html = HTMLWriter()
        if contents.isEmpty { html.markup("<p>No traces.</p>\n") }
        html.markup("</main>\n<footer>\n")
        if contents.count > 1 {
            html.markup("<h2>Traces in this file</h2>\n<ol>\n")
            for (place, trace) in contents.enumerated() {
                html.markup("<li>")
                html.link(.trace(place + 1))
                html.line(trace.name)
                html.markup("</a> <code>")
                html.plain(trace.id.hex)
                html.markup("</code>, ")
                html.line(ReportFigures.counted(trace.findings, "finding"))
                html.markup("</li>\n")
            }
            html.markup("</ol>\n")
        }
        html.markup("<p>Written by ")
        html.line(provenance.program)
        html.markup(". Selected: <code>")
        html.line(provenance.selection)
        html.markup("</code>. Redaction: ")
        html.line(provenance.policy)
        html.markup(". Holds ")
        html.line(ReportFigures.counted(contents.count, "trace"))
        html.markup(
            ". Times are as they were recorded, in UTC. What was not recorded is called so and is not 0.</p>\n")
        html.markup("</footer>\n</body>\n</html>\n")
        out.append(contentsOf: html.bytes)
    }
}

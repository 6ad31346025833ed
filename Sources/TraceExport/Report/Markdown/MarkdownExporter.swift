import TraceModel

/// Writes a report as Markdown, for issues and wikis: headings, tables, and all trace text as code.
package struct MarkdownExporter: TraceExporter {
    private let limits: ReportLimits
    private var provenance = ExportProvenance(program: "", selection: "", policy: "")
    private var body: ReportBody?
    private var traces = 0

    package init() {
        var limits = ReportLimits()
        // Nothing folds here.
        limits.waterfallRows = 200
        limits.textBytes = 20_000
        limits.contentBytes = 4_000_000
        self.init(limits: limits)
    }

    init(limits: ReportLimits) {
        self.limits = limits
    }

    package var needs: ExportNeeds { [.streams, .content] }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        self.provenance = provenance
    }

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        traces += 1
        body = ReportBody(trace, policy: provenance.policy, limits: limits)
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        body?.add(span) { blocks in
            var markdown = MarkdownWriter()
            for block in blocks { markdown.block(block) }
            return markdown.bytes
        } stream: { stream, shown in
            var markdown = MarkdownWriter()
            markdown.stream(stream, shown)
            return markdown.bytes
        }
    }

    package mutating func endTrace(into out: inout [UInt8]) {
        guard let body else { return }
        self.body = nil
        let page = MarkdownTrace(body)
        var markdown = MarkdownWriter()
        page.head(into: &markdown)
        page.findings(into: &markdown)
        page.waterfall(into: &markdown)
        page.agents(into: &markdown)
        page.steps(into: &markdown)
        out.append(contentsOf: markdown.bytes)
        page.conversation(into: &out)
        page.streams(into: &out)
    }

    package mutating func end(into out: inout [UInt8]) {
        var markdown = MarkdownWriter()
        if traces == 0 { markdown.markup("No traces.\n\n") }
        markdown.markup("---\n\nWritten by ")
        markdown.code(provenance.program)
        markdown.markup(". Selected: ")
        markdown.code(provenance.selection)
        markdown.markup(". Redaction: ")
        markdown.code(provenance.policy)
        markdown.markup(". Holds ")
        markdown.words(ReportFigures.counted(traces, "trace"))
        markdown.markup(
            ". Times are as they were recorded, in UTC. What was not recorded is called so and is not 0.\n")
        out.append(contentsOf: markdown.bytes)
    }
}

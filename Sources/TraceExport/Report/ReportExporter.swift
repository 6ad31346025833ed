import TraceModel

/// Reports for people.
package enum Report {
    /// One HTML file that needs nothing else: no script, no address outside, no font.
    package static var html: any TraceExporter { ReportExporter<HTMLWriter>() }
    /// Markdown for issues and wikis: headings, tables, and all trace text as code.
    package static var markdown: any TraceExporter { ReportExporter<MarkdownWriter>() }
}

/// Writes a report in one format: it walks the traces, the format says what each part looks like.
struct ReportExporter<Writer: ReportWriter>: TraceExporter {
    private let limits: ReportLimits
    private var provenance = ExportProvenance(program: "", selection: "", policy: "")
    private var body: ReportBody?
    private var contents: [ReportTitle] = []

    init() { self.init(limits: Writer.limits) }

    init(limits: ReportLimits) {
        self.limits = limits
    }

    var needs: ExportNeeds { [.streams, .content] }

    mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        self.provenance = provenance
        var writer = Writer()
        writer.begin(provenance)
        out.append(contentsOf: writer.bytes)
    }

    mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        body = ReportBody(trace, policy: provenance.policy, limits: limits)
    }

    mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        let limits = limits
        body?.add(span) { blocks in
            var writer = Writer()
            for block in blocks { writer.block(block, limits: limits) }
            return writer.bytes
        } stream: { stream, shown in
            var writer = Writer()
            writer.stream(stream, shown)
            return writer.bytes
        }
    }

    mutating func endTrace(into out: inout [UInt8]) {
        guard let body else { return }
        self.body = nil
        let overview = body.overview
        contents.append(
            ReportTitle(
                name: overview.name, id: overview.trace.summary.traceID, findings: overview.trace.findings.count))
        let trace = ReportTrace(body, number: contents.count)
        var writer = Writer()
        writer.beginTrace(trace)
        findings(trace, into: &writer)
        waterfall(trace, into: &writer)
        agents(trace, into: &writer)
        steps(trace, into: &writer)
        conversation(trace, into: &writer, &out)
        streams(trace, into: &writer, &out)
        writer.endTrace()
        out.append(contentsOf: writer.bytes)
    }

    mutating func end(into out: inout [UInt8]) {
        var writer = Writer()
        writer.end(provenance, contents)
        out.append(contentsOf: writer.bytes)
    }

    // MARK: The parts of a trace

    private func findings(_ trace: ReportTrace, into writer: inout Writer) {
        let findings = trace.overview.findings
        writer.section("Findings", note: note(findings.count, none: "none"), empty: findings.isEmpty ? "None" : nil)
        if !findings.isEmpty { writer.findings(findings.prefix(limits.listed), trace) }
        rest(findings.count - limits.listed, "further finding", into: &writer)
    }

    private func waterfall(_ trace: ReportTrace, into writer: inout Writer) {
        let rows = trace.rows
        let all = ReportFigures.counted(trace.body.spans.count, "span")
        let shown = ReportFigures.count(trace.drawn.count)
        writer.section(
            "Waterfall",
            note: rows.hiddenCount == 0 ? ReportFigures.counted(trace.drawn.count, "span") : "\(shown) of \(all) drawn",
            empty: rows.rows.isEmpty ? "No spans" : nil)
        if rows.rows.isEmpty { return }
        writer.waterfall(trace)
        if rows.hiddenCount > 0 {
            writer.more(
                "\(ReportFigures.counted(rows.hiddenCount, "span")) not drawn; \(Writer.hiddenSpansRemark)")
        }
    }

    private func agents(_ trace: ReportTrace, into writer: inout Writer) {
        let agents = ReportAgents(trace.overview, limit: limits.listed)
        let isEmpty = agents.rows.isEmpty
        writer.section(
            "Agents", note: isEmpty ? "no agent runs recorded" : trace.overview.identified,
            empty: isEmpty ? "No agent runs recorded" : nil)
        if isEmpty { return }
        writer.agents(agents, trace)
        rest(agents.hiddenCount, "further run", into: &writer)
    }

    private func steps(_ trace: ReportTrace, into writer: inout Writer) {
        let steps = ReportSteps(trace.overview, limit: limits.listed)
        let isEmpty = steps.rows.isEmpty
        writer.section(
            "Steps", note: isEmpty ? "none found" : ReportFigures.count(trace.overview.trace.steps.count),
            empty: isEmpty ? "None found" : nil)
        if isEmpty { return }
        writer.steps(steps, trace)
        if !steps.neverMeasured.isEmpty {
            writer.neverMeasured(steps.neverMeasured.map(\.words).joined(separator: ", "))
        }
        rest(steps.hiddenCount, "further step", into: &writer)
    }

    private func conversation(_ trace: ReportTrace, into writer: inout Writer, _ out: inout [UInt8]) {
        let body = trace.body
        let isEmpty = body.entries.isEmpty
        writer.section(
            "Conversation", note: isEmpty ? "no content recorded" : ReportFigures.counted(body.entries.count, "span"),
            empty: isEmpty ? "No content recorded" : nil)
        pieces(body.entries, trace, isStream: false, into: &writer, &out)
        rest(body.entriesHidden, "further span", " with content", into: &writer)
    }

    private func streams(_ trace: ReportTrace, into writer: inout Writer, _ out: inout [UInt8]) {
        let body = trace.body
        guard !body.streams.isEmpty || body.streamsHidden > 0 else { return }
        writer.section("Streams", note: ReportFigures.count(body.streams.count), empty: nil)
        pieces(body.streams, trace, isStream: true, into: &writer, &out)
        rest(body.streamsHidden, "further stream", into: &writer)
    }

    /// Content that was written when its span came, each under its head.
    private func pieces(
        _ pieces: [ReportBody.Piece], _ trace: ReportTrace, isStream: Bool, into writer: inout Writer,
        _ out: inout [UInt8]
    ) {
        for (place, piece) in pieces.enumerated() {
            writer.beginEntry(trace, span: piece.span, place: place, isStream: isStream)
            out.append(contentsOf: writer.bytes)
            writer.bytes.removeAll()
            out.append(contentsOf: piece.bytes)
            writer.endEntry()
        }
    }

    private func note(_ count: Int, none: String) -> String { count == 0 ? none : ReportFigures.count(count) }

    /// What is beyond the limits is counted.
    private func rest(_ count: Int, _ noun: String, _ more: String = "", into writer: inout Writer) {
        if count > 0 { writer.more(ReportFigures.counted(count, noun) + more + " not shown") }
    }
}

/// How one format writes the parts of a report.
protocol ReportWriter: MarkupWriter {
    static var limits: ReportLimits { get }
    /// What the number at a row of the waterfall counts.
    static var hiddenSpansRemark: String { get }

    mutating func begin(_ provenance: ExportProvenance)
    /// The name of the trace, and what is said of it as a whole.
    mutating func beginTrace(_ trace: ReportTrace)
    /// A heading; `empty` is the word for a section in which nothing stands.
    mutating func section(_ title: StaticString, note: String, empty: String?)
    mutating func findings(_ findings: ArraySlice<Finding>, _ trace: ReportTrace)
    mutating func waterfall(_ trace: ReportTrace)
    mutating func agents(_ agents: ReportAgents, _ trace: ReportTrace)
    mutating func steps(_ steps: ReportSteps, _ trace: ReportTrace)
    /// The phases of which no step says anything.
    mutating func neverMeasured(_ phases: String)
    /// The head of what a span said, or of its stream: name, agent, time.
    mutating func beginEntry(_ trace: ReportTrace, span: Int, place: Int, isStream: Bool)
    /// A part of what a span said or heard.
    mutating func block(_ block: ReportBlock, limits: ReportLimits)
    /// A stream: figures, arrivals on an axis, text with its gaps.
    mutating func stream(_ stream: WholeStream, _ shown: ReportStream)
    mutating func endEntry()
    /// A line that counts what is not shown.
    mutating func more(_ words: String)
    mutating func endTrace()
    mutating func end(_ provenance: ExportProvenance, _ traces: [ReportTitle])
}

/// A trace whose spans have all come, with what all formats look up in it.
struct ReportTrace {
    let body: ReportBody
    /// The number of the trace in its file, from 1.
    let number: Int
    /// The waterfall; spans that findings are about are drawn first.
    let rows: ReportWaterfall
    /// The places of spans by id.
    let places: [SpanID: Int]
    /// The spans that have a row.
    let drawn: Set<Int>
    /// The spans that findings are about, with the gravest severity of each.
    let flagged: [SpanID: FindingSeverity]

    init(_ body: ReportBody, number: Int) {
        self.body = body
        self.number = number
        places = body.spans.map(\.row.spanID).firstPlaces
        flagged = Dictionary(
            body.overview.trace.findings.compactMap { finding in finding.spanID.map { ($0, finding.severity) } },
            uniquingKeysWith: max)
        rows = ReportWaterfall(body.spans, important: Set(flagged.keys), limit: body.limits.waterfallRows)
        drawn = Set(rows.rows.compactMap(\.span))
    }

    var overview: ReportOverview { body.overview }

    /// Of spans that share an id the first one is where links lead.
    func isFirst(_ span: ReportSpan, at place: Int) -> Bool { places[span.row.spanID] == place }

    /// How grave the findings about a span are; nil for none.
    func severity(of span: ReportSpan, at place: Int) -> FindingSeverity? {
        isFirst(span, at: place) ? flagged[span.row.spanID] : nil
    }
}

/// A trace in the list of those that a file holds.
struct ReportTitle {
    var name: String
    var id: TraceID
    var findings: Int
}

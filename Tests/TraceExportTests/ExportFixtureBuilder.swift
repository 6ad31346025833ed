import TraceAnalysis
import TraceDialect
import TraceExport
import TraceModel

/// Makes one trace ready to be exported, in the way that the store and the program do.
struct ExportFixtureBuilder {
    private struct Record {
        var row: SpanRow
        var span: Span
        var logs: [SpanLogRecord]
        var stream: WholeStream?
        var facts: SpanFacts
        var content: SpanContent
        var evidence: SpanEvidence?
    }

    private var names = NameTable()
    private var clocks: [String] = []
    private var records: [Record] = []
    private var summarizer = TraceSummarizer()

    mutating func add(_ span: Span, logs: [SpanLogRecord], stream: RecordedStream?) {
        var merged = span
        merged.events += logs.map(\.event)
        let facts = Dialect.facts(of: merged)
        let key = Int64(records.count + 1)
        let row = row(span, facts, key: key)
        summarize(row, session: names.intern(facts.session))
        var whole: WholeStream?
        if let stream = stream ?? StreamExtractor.stream(of: merged) {
            let figures = StreamAnalysis.figures(of: stream.chunks, info: stream.info)
            whole = WholeStream(
                info: stream.info, figures: figures, chunks: stream.chunks, isFromSpan: stream.span == merged)
        }
        records.append(
            Record(
                row: row, span: span, logs: logs, stream: whole, facts: facts, content: Dialect.content(of: merged),
                evidence: Dialect.evidence(of: merged, facts: facts)))
    }

    private mutating func row(_ span: Span, _ facts: SpanFacts, key: Int64) -> SpanRow {
        var row = SpanRow(key: key, spanID: span.spanID, parentSpanID: span.parentSpanID, name: names.intern(span.name))
        row.service = names.intern(span.resource.serviceName)
        row.agent = names.intern(facts.agentName)
        row.agentInstance = names.intern(facts.agentInstance)
        row.agentSource = facts.agentSource
        row.modelRequested = names.intern(facts.modelRequested)
        row.modelResolved = names.intern(facts.modelResolved)
        row.tool = names.intern(facts.toolName)
        row.errorType = names.intern(facts.errorType)
        row.kind = facts.kind
        row.status = span.status.code
        row.isError = facts.isError
        row.isCancelled = facts.isCancelled
        row.marks = span.marks
        row.startUnixNano = span.startUnixNano
        row.endUnixNano = span.endUnixNano
        row.timeToFirstChunkNanos = facts.timeToFirstChunkNanos
        row.tokensInput = facts.tokens.input
        row.tokensOutput = facts.tokens.output
        let clock = Dialect.clockName(of: span.resource)
        row.clock = Int32(clocks.firstIndex(of: clock) ?? clocks.count)
        if Int(row.clock) == clocks.count { clocks.append(clock) }
        return row
    }

    private mutating func summarize(_ row: SpanRow, session: NameIndex) {
        var span = TraceSummarizer.Span(id: row.spanID, parent: row.parentSpanID)
        span.name = row.name
        span.service = row.service
        span.session = session
        span.agent = row.agent
        span.agentInstance = row.agentInstance
        span.agentSource = row.agentSource
        span.modelRequested = row.modelRequested
        span.modelResolved = row.modelResolved
        span.kind = row.kind
        span.isError = row.isError
        span.marks = row.marks
        span.startUnixNano = row.startUnixNano
        span.endUnixNano = row.endUnixNano
        span.tokensInput = row.tokensInput
        span.tokensOutput = row.tokensOutput
        summarizer.add(span)
    }

    mutating func fixture(_ id: TraceID, key: Int64) -> ExportFixture {
        let totals = summarizer.finish()
        for index in records.indices {
            let agent = summarizer.agent(at: index)
            records[index].row.marks = summarizer.marks(at: index)
            records[index].row.agent = agent.label
            records[index].row.agentInstance = agent.instance
            records[index].row.agentSource = agent.source
        }
        records.sort { ($0.row.startUnixNano ?? .max, $0.row.key) < ($1.row.startUnixNano ?? .max, $1.row.key) }
        let report = TraceAnalyzer.report(of: input)
        for (index, run) in report.spanRuns.enumerated() {
            records[index].row.agentRun = run
            records[index].row.step = report.spanSteps[index]
            records[index].row.agentSource = report.spanSources[index]
            records[index].facts.agentName = names[records[index].row.agent]
            records[index].facts.agentInstance = names[records[index].row.agentInstance]
            records[index].facts.agentSource = report.spanSources[index]
        }
        let coverage = TraceCoverage(
            expectedAtLeast: report.ledger.expectedAtLeast, recorded: report.ledger.recorded)
        var summary = TraceSummary(key: key, traceID: id)
        summary.name = names[totals.name]
        summary.startUnixNano = totals.startUnixNano
        summary.durationNanos = totals.durationNanos
        summary.spanCount = records.count
        summary.errorCount = totals.errorCount
        summary.services = totals.services.compactMap { names[$0] }
        summary.agents = totals.agents.compactMap { names[$0] }
        summary.models = totals.models.compactMap { names[$0] }
        summary.tokensInput = totals.tokensInput
        summary.tokensOutput = totals.tokensOutput
        summary.modelCallCount = totals.modelCallCount
        summary.modelCallsWithTokens = totals.modelCallsWithTokens
        summary.session = names[totals.session]
        summary.findings = report.findings.map(\.rule)
        summary.severity = report.findings.map(\.severity).max()
        summary.coverage = coverage
        let trace = ExportTrace(
            summary: summary, agents: report.topology, steps: report.steps, findings: report.findings,
            coverage: coverage, part: nil, spanCount: records.count)
        let spans = records.map { record in
            ExportSpan(
                row: record.row, span: record.span, logs: record.logs, stream: record.stream, facts: record.facts,
                content: record.content)
        }
        return ExportFixture(trace: trace, spans: spans)
    }

    /// What the analysis reads of the records, in their order.
    private var input: TraceInput {
        var evidence: [SpanEvidence] = []
        let indices = records.map { record -> Int32 in
            guard let found = record.evidence else { return -1 }
            evidence.append(found)
            return Int32(evidence.count - 1)
        }
        return TraceInput(
            spans: records.map(\.row), names: names, clocks: records.map(\.row.clock), clockNames: clocks,
            evidenceIndices: indices, evidence: evidence)
    }
}

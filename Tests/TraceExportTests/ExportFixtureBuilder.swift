import TraceAnalysis
import TraceAssembly
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
    }

    private var gathered = TraceRecords(TraceID(high: 0, low: 0))
    private var records: [Record] = []

    mutating func add(_ span: Span, logs: [SpanLogRecord], stream: RecordedStream?) {
        var merged = span
        merged.events += logs.map(\.event)
        let facts = Dialect.facts(of: merged)
        let row = row(span, facts, arrival: Int32(records.count + 1))
        let evidence = Dialect.evidence(of: merged, facts: facts)
        var record = SpanRecord(row, usage: facts.tokens, evidence: evidence)
        record.session = gathered.names.intern(facts.session)
        gathered.add(record)
        var whole: WholeStream?
        if let stream = stream ?? StreamExtractor.stream(of: merged) {
            let figures = StreamAnalysis.figures(of: stream.chunks, info: stream.info)
            whole = WholeStream(
                info: stream.info, figures: figures, chunks: stream.chunks, isFromSpan: stream.span == merged)
        }
        records.append(
            Record(
                row: row, span: span, logs: logs, stream: whole, facts: facts, content: Dialect.content(of: merged)))
    }

    private mutating func row(_ span: Span, _ facts: SpanFacts, arrival: Int32) -> SpanRow {
        var row = SpanRow(
            arrival: arrival, spanID: span.spanID, parentSpanID: span.parentSpanID,
            name: gathered.names.intern(span.name))
        row.service = gathered.names.intern(span.resource.serviceName)
        row.agent = gathered.names.intern(facts.agentName)
        row.agentInstance = gathered.names.intern(facts.agentInstance)
        row.agentSource = facts.agentSource
        row.modelRequested = gathered.names.intern(facts.modelRequested)
        row.modelResolved = gathered.names.intern(facts.modelResolved)
        row.tool = gathered.names.intern(facts.toolName)
        row.errorType = gathered.names.intern(facts.errorType)
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
        row.clock = gathered.clock(named: Dialect.clockName(of: span.resource))
        return row
    }

    mutating func fixture(_ id: TraceID, key: Int64) -> ExportFixture {
        gathered.id = id
        let assembled = TraceAssembler.assemble(gathered)
        let (names, report) = (assembled.names, assembled.report)
        for index in records.indices {
            let place = assembled.place(ofArrival: index)
            records[index].row = assembled.rows[place]
            records[index].row.agentSource = report.spanSources[place]
            records[index].facts.agentName = names[records[index].row.agent]
            records[index].facts.agentInstance = names[records[index].row.agentInstance]
            records[index].facts.agentSource = report.spanSources[place]
        }
        records.sort { ($0.row.startUnixNano ?? .max, $0.row.arrival) < ($1.row.startUnixNano ?? .max, $1.row.arrival) }
        let coverage = TraceCoverage(
            expectedAtLeast: report.ledger.expectedAtLeast, recorded: report.ledger.recorded)
        var summary = assembled.summary
        summary.findings = report.findings.map(\.rule)
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
}

import Tables
import TraceModel
import TraceTables

/// Writes spans, steps or streams as a table: comma-separated values, or JSON objects, one a line.
///
/// Each line has all columns in the same order.
package struct TableExporter: TraceExporter {
    package enum Format: Sendable {
        /// With `\r\n` and a header; texts that spreadsheets would run as formulas are guarded.
        case csv
        /// All texts as they came.
        case ndjson
    }

    private var writer: any TraceTableWriter
    private let format: Format

    package init(_ rows: ExportRows, as format: Format) {
        self.format = format
        writer =
            switch rows {
            case .spans: SpanTableWriter(RowSink(SpanColumns.exported, format))
            case .steps: StepTableWriter(RowSink(StepColumns.exported, format))
            case .streams: StreamTableWriter(RowSink(StreamColumns.exported, format))
            }
    }

    package var needs: ExportNeeds { writer.needs }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        writer.begin(into: &out)
    }

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        writer.beginTrace(trace, into: &out)
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) { writer.add(span, into: &out) }
    package mutating func endTrace(into out: inout [UInt8]) {}
    package mutating func end(into out: inout [UInt8]) {}

    package var remarks: [String] {
        var remarks = ["a table has no place to say what was selected and how it was redacted"]
        if writer.guardedTexts > 0 {
            remarks.append(
                "\(writer.guardedTexts) texts that a spreadsheet would run as a formula begin with an apostrophe; "
                    + "ndjson has them as they came")
        }
        return remarks
    }
}

/// Rows on their way into one of the two formats.
private struct RowSink<Row> {
    private var csv: CSVWriter<Row>
    private var json: JSONRowWriter<Row>
    private let format: TableExporter.Format

    init(_ columns: [Column<Row>], _ format: TableExporter.Format) {
        csv = CSVWriter(columns, form: CSVForm(lineEnd: "\r\n", guardsFormulas: true, quotesNested: true))
        json = JSONRowWriter(columns)
        self.format = format
    }

    var guardedTexts: Int { csv.guardedTexts }

    func begin(into out: inout [UInt8]) {
        if format == .csv { csv.names(into: &out) }
    }

    mutating func write(_ row: Row, into out: inout [UInt8]) {
        switch format {
        case .csv: csv.line(row, into: &out)
        case .ndjson: json.line(row, into: &out)
        }
    }
}

/// The rows of one kind, as the traces of an export come.
private protocol TraceTableWriter {
    associatedtype Row
    var rows: RowSink<Row> { get }
    var needs: ExportNeeds { get }
    mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8])
    mutating func add(_ span: ExportSpan, into out: inout [UInt8])
}

extension TraceTableWriter {
    var guardedTexts: Int { rows.guardedTexts }
    func begin(into out: inout [UInt8]) { rows.begin(into: &out) }
}

private struct SpanTableWriter: TraceTableWriter {
    var rows: RowSink<SpanPayloadLine>
    private var trace: ExportTrace?
    private var findings: [SpanID: [Finding]] = [:]

    init(_ rows: RowSink<SpanPayloadLine>) {
        self.rows = rows
    }

    var needs: ExportNeeds { .content }

    mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        self.trace = trace
        findings = [:]
        for finding in trace.findings {
            if let span = finding.spanID { findings[span, default: []].append(finding) }
        }
    }

    mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        guard let trace else { return }
        var row = SpanPayloadLine(line: trace.line(span), span: span.span, facts: span.facts, content: span.content)
        row.findings = findings[span.span.spanID] ?? []
        row.part = trace.part
        rows.write(row, into: &out)
    }
}

private struct StepTableWriter: TraceTableWriter {
    var rows: RowSink<StepLine>

    init(_ rows: RowSink<StepLine>) {
        self.rows = rows
    }

    var needs: ExportNeeds { [] }

    mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        for step in trace.steps {
            let run = trace.run(step.run)
            rows.write(
                StepLine(traceID: trace.summary.traceID, step: step, run: run, part: trace.part), into: &out)
        }
    }

    mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {}
}

private struct StreamTableWriter: TraceTableWriter {
    var rows: RowSink<StreamLine>
    private var trace: ExportTrace?

    init(_ rows: RowSink<StreamLine>) {
        self.rows = rows
    }

    var needs: ExportNeeds { [.streams, .content] }

    mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        self.trace = trace
    }

    mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        guard let trace, let stream = span.stream else { return }
        var row = StreamLine(span: trace.line(span), info: stream.info, figures: stream.figures)
        row.provider = span.facts.provider
        row.part = trace.part
        rows.write(row, into: &out)
    }
}

extension ExportTrace {
    fileprivate func line(_ span: ExportSpan) -> SpanLine {
        SpanLine(row: span.row, span: span.span, facts: span.facts, run: run(span.row.agentRun))
    }
}

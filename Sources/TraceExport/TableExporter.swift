import Tables
import TraceModel
import TraceTables

/// Writes spans, steps or streams as a table: comma-separated values, or JSON objects, one a line.
///
/// Each line has all columns in the same order.
package struct TableExporter: TraceExporter {
    package enum Format: Sendable {
        /// With `\r\n` and a header; texts are made visible, and kept from being run as formulas.
        case csv
        /// All texts as they came, read as values.
        case ndjson
    }

    private var table: any ExportedTable
    private var trace: ExportTrace?
    private var findings: [SpanID: [Finding]] = [:]
    package let needs: ExportNeeds

    package init(_ rows: ExportRows, as format: Format) {
        switch rows {
        case .spans:
            needs = .content
            table = RowTable(SpanColumns.exported, format) { [$0.payloadLine($1, $2)] }
        case .steps:
            needs = []
            let lines = { (trace: ExportTrace) in
                trace.steps.map {
                    StepLine(traceID: trace.summary.traceID, step: $0, run: trace.run($0.run), part: trace.part)
                }
            }
            table = RowTable(StepColumns.exported, format, ofTrace: lines) { _, _, _ in [] }
        case .streams:
            needs = [.streams, .content]
            table = RowTable(StreamColumns.exported, format) { trace, span, _ in
                trace.streamLine(span).map { [$0] } ?? []
            }
        }
    }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        table.writeNames(into: &out)
    }

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        self.trace = trace
        findings = [:]
        for finding in trace.findings {
            if let span = finding.spanID { findings[span, default: []].append(finding) }
        }
        table.write(trace, into: &out)
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        guard let trace else { return }
        table.write(span, of: trace, findings[span.span.spanID] ?? [], into: &out)
    }

    package var remarks: [String] {
        var remarks = ["a table has no place to say what was selected and how it was redacted"]
        if table.guardedTexts > 0 {
            remarks.append(
                "\(table.guardedTexts) texts that a spreadsheet would run as a formula begin with an apostrophe; "
                    + "ndjson has them as they came")
        }
        return remarks
    }
}

/// The rows of one kind, as the traces of an export come.
private protocol ExportedTable {
    var guardedTexts: Int { get }
    mutating func writeNames(into out: inout [UInt8])
    mutating func write(_ trace: ExportTrace, into out: inout [UInt8])
    mutating func write(
        _ span: ExportSpan, of trace: ExportTrace, _ findings: [Finding], into out: inout [UInt8])
}

private struct RowTable<Row>: ExportedTable {
    private var csv: CSVWriter<Row>
    private var json: JSONRowWriter<Row>
    private let format: TableExporter.Format
    private let ofTrace: (ExportTrace) -> [Row]
    private let ofSpan: (ExportTrace, ExportSpan, [Finding]) -> [Row]

    init(
        _ columns: [Column<Row>], _ format: TableExporter.Format,
        ofTrace: @escaping (ExportTrace) -> [Row] = { _ in [] },
        ofSpan: @escaping (ExportTrace, ExportSpan, [Finding]) -> [Row]
    ) {
        csv = CSVWriter(columns, form: CSVForm(lineEnd: "\r\n", quotesNested: true))
        json = JSONRowWriter(columns)
        self.format = format
        self.ofTrace = ofTrace
        self.ofSpan = ofSpan
    }

    var guardedTexts: Int { csv.guardedTexts }

    mutating func writeNames(into out: inout [UInt8]) {
        if format == .csv { csv.names(into: &out) }
    }

    mutating func write(_ trace: ExportTrace, into out: inout [UInt8]) { write(ofTrace(trace), into: &out) }

    mutating func write(
        _ span: ExportSpan, of trace: ExportTrace, _ findings: [Finding], into out: inout [UInt8]
    ) {
        write(ofSpan(trace, span, findings), into: &out)
    }

    private mutating func write(_ rows: [Row], into out: inout [UInt8]) {
        for row in rows {
            switch format {
            case .csv: csv.line(row, into: &out)
            case .ndjson: json.line(row, into: &out)
            }
        }
    }
}

extension ExportTrace {
    fileprivate func payloadLine(_ span: ExportSpan, _ findings: [Finding]) -> SpanPayloadLine {
        var row = SpanPayloadLine(line: line(span), span: span.span, facts: span.facts, content: span.content)
        row.findings = findings
        row.part = part
        return row
    }

    fileprivate func streamLine(_ span: ExportSpan) -> StreamLine? {
        guard let stream = span.stream else { return nil }
        var row = StreamLine(span: line(span), info: stream.info, figures: stream.figures)
        row.provider = span.facts.provider
        row.part = part
        return row
    }

    private func line(_ span: ExportSpan) -> SpanLine {
        SpanLine(row: span.row, span: span.span, facts: span.facts, run: run(span.row.agentRun))
    }
}

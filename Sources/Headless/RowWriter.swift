package import Tables

/// Writes rows of one command in any format.
package final class RowWriter<Row> {
    private let presentation: Presentation
    private let output: ByteOutput
    private let isSingle: Bool
    private var table: PlainTable<Row>
    private var csv: CSVWriter<Row>
    private var json: JSONRowWriter<Row>
    private var bytes: [UInt8] = []
    private var count = 0

    /// A writer of a list, or of exactly one row where `isSingle`.
    package init(
        _ columns: [Column<Row>], presentation: Presentation, output: ByteOutput, idDigits: Int = 8,
        isSingle: Bool = false
    ) {
        self.presentation = presentation
        self.output = output
        self.isSingle = isSingle
        let files = columns.inFiles()
        table = PlainTable(
            columns, words: CellText(time: LocalTime(presentation.timeZone), idDigits: idDigits),
            width: presentation.isTerminal ? presentation.width : nil, metrics: presentation.metrics)
        csv = CSVWriter(files)
        json = JSONRowWriter(files)
    }

    /// Writes a whole list.
    package func writeAll(_ rows: [Row]) throws(OutputError) {
        try begin()
        try write(rows)
        try end()
    }

    func begin() throws(OutputError) {
        switch presentation.format {
        case .json where !isSingle: try output.write("[")
        case .csv: try emit { csv, _, bytes in csv.names(into: &bytes) }
        default: break
        }
    }

    func write(_ rows: [Row]) throws(OutputError) {
        if presentation.format == .table { return try output.write(table.lines(rows)) }
        for row in rows {
            switch presentation.format {
            case .table: break
            case .json:
                if !isSingle { try output.write(count == 0 ? "\n" : ",\n") }
                try emit { _, json, bytes in json.object(row, into: &bytes) }
                count += 1
            case .ndjson: try emit { _, json, bytes in json.line(row, into: &bytes) }
            case .csv: try emit { csv, _, bytes in csv.line(row, into: &bytes) }
            }
        }
    }

    func end() throws(OutputError) {
        if presentation.format == .json { try output.write(isSingle ? "\n" : count == 0 ? "]\n" : "\n]\n") }
        try output.flush()
    }

    private func emit(
        _ write: (inout CSVWriter<Row>, inout JSONRowWriter<Row>, inout [UInt8]) -> Void
    ) throws(OutputError) {
        bytes.removeAll(keepingCapacity: true)
        write(&csv, &json, &bytes)
        try output.write(bytes)
    }
}

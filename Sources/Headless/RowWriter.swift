import FastJSON

/// Writes rows of one command in any format.
final class RowWriter<Row> {
    private let columns: [Column<Row>]
    private let presentation: Presentation
    private let output: ByteOutput
    private let isSingle: Bool
    private let safe: SafeLine
    private var table: TableWriter<Row>
    /// Text that steers or hides is written as escapes, so that JSON is safe wherever it is shown.
    private var json = JSONWriter(escapesInvisible: true)
    private var count = 0

    /// A writer of a list, or of exactly one row where `isSingle`.
    init(
        _ columns: [Column<Row>], table: [TableColumn<Row>] = [], presentation: Presentation, output: ByteOutput,
        isSingle: Bool = false
    ) {
        self.columns = columns
        self.presentation = presentation
        self.output = output
        self.isSingle = isSingle
        safe = SafeLine(metrics: presentation.metrics)
        self.table = TableWriter(table, presentation: presentation)
    }

    func begin() throws(OutputError) {
        switch presentation.format {
        case .json where !isSingle: try output.write("[")
        case .csv: try output.write(columns.map { CSV.field($0.name) }.joined(separator: ",") + "\n")
        default: break
        }
    }

    func write(_ rows: [Row]) throws(OutputError) {
        switch presentation.format {
        case .table: try output.write(table.lines(rows))
        case .json:
            for row in rows {
                if !isSingle { try output.write(count == 0 ? "\n" : ",\n") }
                try writeObject(row)
                count += 1
            }
        case .ndjson:
            for row in rows {
                try writeObject(row)
                try output.write("\n")
            }
        case .csv:
            for row in rows { try output.write(csvLine(row)) }
        }
    }

    func end() throws(OutputError) {
        if presentation.format == .json { try output.write(isSingle ? "\n" : count == 0 ? "]\n" : "\n]\n") }
        try output.flush()
    }

    private func writeObject(_ row: Row) throws(OutputError) {
        json.bytes.removeAll(keepingCapacity: true)
        json.beginObject()
        for column in columns {
            json.key(column.name)
            column.value(row).write(to: &json)
        }
        json.endObject()
        try output.write(json.bytes)
    }

    private func csvLine(_ row: Row) -> String {
        columns.map { column in
            switch column.value(row) {
            case .null: ""
            case .text(let text): CSV.field(presentation.isTerminal ? safe.line(text).text : text)
            case .texts, .nested: CSV.field(nested(column.value(row)))
            case .integer(let number): String(number)
            case .real(let number): String(number)
            case .flag(let flag): flag ? "true" : "false"
            }
        }.joined(separator: ",") + "\n"
    }

    /// A list or an object inside CSV is JSON text.
    private func nested(_ value: FieldValue) -> String {
        json.bytes.removeAll(keepingCapacity: true)
        value.write(to: &json)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

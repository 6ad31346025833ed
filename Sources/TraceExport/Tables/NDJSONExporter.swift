import FastJSON

/// Writes spans, steps or streams as JSON objects, one a line, each with all columns in the same order.
///
/// An unknown value is null. Numbers are numbers, and messages and attributes are nested.
package struct NDJSONExporter: TraceExporter {
    private var rows: TableRows
    private let names: [String]
    private var json = JSONWriter()

    package init(_ rows: ExportRows) {
        self.rows = TableRows(rows)
        names = self.rows.names
    }

    package var needs: ExportNeeds { rows.needs }
    package var remarks: [String] { [TableRemark.provenance] }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {}

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        var cells: [[TableCell]] = []
        rows.begin(trace) { cells.append($0) }
        for row in cells { write(row, into: &out) }
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        var cells: [TableCell]?
        rows.add(span) { cells = $0 }
        if let cells { write(cells, into: &out) }
    }

    package mutating func endTrace(into out: inout [UInt8]) {}
    package mutating func end(into out: inout [UInt8]) {}

    private mutating func write(_ cells: [TableCell], into out: inout [UInt8]) {
        json.bytes.removeAll(keepingCapacity: true)
        json.beginObject()
        for (name, cell) in zip(names, cells) {
            json.key(name)
            cell.write(to: &json)
        }
        json.endObject()
        json.newline()
        out.append(contentsOf: json.bytes)
    }
}

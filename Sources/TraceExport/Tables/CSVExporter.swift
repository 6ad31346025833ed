import FastJSON

/// Writes spans, steps or streams as comma-separated values after RFC 4180, with a header.
///
/// An unknown value is an empty field, an empty text is `""`, and nested values are JSON text. Spreadsheets run texts
/// that begin with `=`, `+`, `-`, `@`, a tab or a carriage return as formulas, and the texts of a trace may come from
/// anybody: such a text, also behind apostrophes, gets an apostrophe in front. Taking one away from every text that
/// begins so gives it back; `ndjson` has all texts as they came.
package struct CSVExporter: TraceExporter {
    private var rows: TableRows
    private var line: [UInt8] = []
    private var json = JSONWriter()
    private var guardedTexts = 0

    package init(_ rows: ExportRows) {
        self.rows = TableRows(rows)
    }

    package var needs: ExportNeeds { rows.needs }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        out.append(contentsOf: rows.names.joined(separator: ",").utf8)
        out.append(contentsOf: [0x0D, 0x0A])
    }

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

    package var remarks: [String] {
        var remarks = [TableRemark.provenance]
        if guardedTexts > 0 {
            remarks.append(
                "\(guardedTexts) texts that a spreadsheet would run as a formula begin with an apostrophe; "
                    + "ndjson has them as they came")
        }
        return remarks
    }

    // MARK: Fields

    private mutating func write(_ cells: [TableCell], into out: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            switch cell {
            case .null: break
            case .text(let text): field(text, into: &out)
            case .integer(let number): out.append(contentsOf: String(number).utf8)
            case .real(let number): out.append(contentsOf: number.description.utf8)
            case .flag(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
            case .nested(let write):
                json.bytes.removeAll(keepingCapacity: true)
                write(&json)
                Self.quoted(json.bytes, into: &out)
            }
        }
        out.append(contentsOf: [0x0D, 0x0A])
    }

    private mutating func field(_ text: String, into out: inout [UInt8]) {
        let isFormula = Self.isFormula(text)
        let needsQuotes =
            text.isEmpty || isFormula
            || text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard needsQuotes else {
            out.append(contentsOf: text.utf8)
            return
        }
        if isFormula { guardedTexts += 1 }
        Self.quoted(text.utf8, into: &out, prefix: isFormula ? "'" : "")
    }

    private static func quoted(
        _ bytes: some Sequence<UInt8>, into out: inout [UInt8], prefix: StaticString = ""
    ) {
        out.append(UInt8(ascii: "\""))
        out.append(contentsOf: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
    }

    /// Whether a spreadsheet could run the text, or whether it looks like one that was guarded.
    ///
    /// Source: OWASP, "CSV Injection".
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "'") }) else { return false }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D: return true
        default: return false
        }
    }
}

/// What tables have no place for.
enum TableRemark {
    static let provenance = "a table has no place to say what was selected and how it was redacted"
}

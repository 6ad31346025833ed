import FastJSON

/// What a reader of the file expects.
package struct CSVForm: Sendable {
    package var lineEnd = "\n"
    /// Texts that spreadsheets run as formulas get an apostrophe in front.
    ///
    /// Spreadsheets run texts that begin with `=`, `+`, `-`, `@`, a tab or a carriage return, and the texts of a
    /// trace may come from anybody; taking one apostrophe away from every text that begins so gives it back.
    package var guardsFormulas = false
    /// JSON in a field is quoted also where it needs no quotes.
    package var quotesNested = false
    /// Makes text fit for a terminal; nil writes it as it is.
    package var safe: SafeLine?

    package init(
        lineEnd: String = "\n", guardsFormulas: Bool = false, quotesNested: Bool = false, safe: SafeLine? = nil
    ) {
        self.lineEnd = lineEnd
        self.guardsFormulas = guardsFormulas
        self.quotesNested = quotesNested
        self.safe = safe
    }
}

/// Writes rows as comma-separated values after RFC 4180.
///
/// An unknown value is an empty field, an empty text is `""`, and nested values are JSON text.
package struct CSVWriter<Row> {
    private let columns: [Column<Row>]
    private let form: CSVForm
    private var json: JSONWriter
    /// Texts that were kept from being run as formulas.
    package private(set) var guardedTexts = 0

    package init(_ columns: [Column<Row>], form: CSVForm = CSVForm(), escapesInvisible: Bool = false) {
        self.columns = columns
        self.form = form
        json = JSONWriter(escapesInvisible: escapesInvisible)
    }

    /// Writes the line of names.
    package func names(into out: inout [UInt8]) {
        for (index, column) in columns.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            field(column.name.utf8, quotes: needsQuotes(column.name.utf8), into: &out)
        }
        out.append(contentsOf: form.lineEnd.utf8)
    }

    /// Writes the line of a row.
    package mutating func line(_ row: Row, into out: inout [UInt8]) {
        for (index, column) in columns.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            let cell = column.cell(row)
            switch cell.value {
            case .missing, .null, .redacted: break
            case .text(let text): write(form.safe?.line(text).text ?? text, into: &out)
            case .integer(let number): out.append(contentsOf: String(number).utf8)
            case .real(let number): out.append(contentsOf: number.description.utf8)
            case .flag(let flag): out.append(contentsOf: (flag ? "true" : "false").utf8)
            case .texts, .nested:
                json.bytes.removeAll(keepingCapacity: true)
                cell.write(to: &json)
                field(json.bytes, quotes: form.quotesNested || needsQuotes(json.bytes), into: &out)
            }
        }
        out.append(contentsOf: form.lineEnd.utf8)
    }

    private mutating func write(_ text: String, into out: inout [UInt8]) {
        let isFormula = form.guardsFormulas && Self.isFormula(text)
        if isFormula { guardedTexts += 1 }
        field(text.utf8, quotes: isFormula || needsQuotes(text.utf8), prefix: isFormula ? "'" : "", into: &out)
    }

    /// An empty text is quoted, since an empty field is an unknown value.
    private func needsQuotes(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.isEmpty || bytes.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    }

    private func field(
        _ bytes: some Collection<UInt8>, quotes: Bool, prefix: StaticString = "", into out: inout [UInt8]
    ) {
        guard quotes else {
            out.append(contentsOf: bytes)
            return
        }
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

/// Writes rows as JSON objects, each with all columns in the same order.
package struct JSONRowWriter<Row> {
    private let columns: [Column<Row>]
    private var json: JSONWriter

    package init(_ columns: [Column<Row>], escapesInvisible: Bool = false) {
        self.columns = columns
        json = JSONWriter(escapesInvisible: escapesInvisible)
    }

    /// Writes the object of a row, without a line end.
    package mutating func object(_ row: Row, into out: inout [UInt8]) {
        json.bytes.removeAll(keepingCapacity: true)
        json.object { json in
            for column in columns {
                json.key(column.name)
                column.cell(row).write(to: &json)
            }
        }
        out.append(contentsOf: json.bytes)
    }

    /// Writes the row as a line of NDJSON.
    package mutating func line(_ row: Row, into out: inout [UInt8]) {
        object(row, into: &out)
        out.append(0x0A)
    }
}

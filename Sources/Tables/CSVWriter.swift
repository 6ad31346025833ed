import Canvas
import FastJSON

/// What a reader of the file expects.
package struct CSVForm: Sendable {
    package var lineEnd: String
    /// JSON in a field is quoted also where it needs no quotes.
    package var quotesNested: Bool

    package init(lineEnd: String = "\n", quotesNested: Bool = false) {
        self.lineEnd = lineEnd
        self.quotesNested = quotesNested
    }
}

/// Writes rows as comma-separated values after RFC 4180.
///
/// An unknown value is an empty field, an empty text is `""`, and nested values are JSON text. What could steer a
/// terminal or hide in a text has its stand-in (`VisibleText`), whether a terminal reads or not. Spreadsheets run texts
/// that begin with `=`, `+`, `-`, `@`, a tab or a line break, and the texts of a trace may come from anybody: such a text
/// gets an apostrophe in front unless it is a number. Taking one apostrophe away from every text that begins so gives it
/// back.
package struct CSVWriter<Row> {
    private let columns: [Column<Row>]
    private let form: CSVForm
    private var json = JSONWriter()
    private var visible: [UInt8] = []
    /// Texts that were kept from being run as formulas.
    package private(set) var guardedTexts = 0

    package init(_ columns: [Column<Row>], form: CSVForm = CSVForm()) {
        self.columns = columns
        self.form = form
    }

    /// Writes the line of names, which a database may have chosen.
    package mutating func names(into out: inout [UInt8]) {
        for (index, column) in columns.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            write(column.name, into: &out)
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
            case .text(let text): write(text, into: &out)
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
        visible.removeAll(keepingCapacity: true)
        VisibleText.append(text.utf8, to: &visible) { _ in nil }
        let isFormula = Self.isFormula(visible)
        if isFormula { guardedTexts += 1 }
        field(visible, quotes: isFormula || needsQuotes(visible), prefix: isFormula ? "'" : "", into: &out)
    }

    /// An empty text is quoted, since an empty field is an unknown value; so is what other separators would part.
    private func needsQuotes(_ bytes: [UInt8]) -> Bool {
        bytes.isEmpty
            || bytes.contains {
                $0 == 0x22 || $0 == 0x2C || $0 == UInt8(ascii: ";") || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D
            }
    }

    private func field(_ bytes: [UInt8], quotes: Bool, prefix: StaticString = "", into out: inout [UInt8]) {
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
    /// Source: OWASP, "CSV Injection", with the signs in full width.
    private static func isFormula(_ text: [UInt8]) -> Bool {
        let rest = text.drop { $0 == UInt8(ascii: "'") }
        switch rest.first {
        case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: return true
        case UInt8(ascii: "+"), UInt8(ascii: "-"): return rest.startIndex > 0 || !isNumber(text)
        case 0xEF: return ["＝", "＋", "－", "＠"].contains { rest.starts(with: $0.utf8) }
        default: return false
        }
    }

    /// Whether a text that begins with a sign is a decimal number and nothing else.
    private static func isNumber(_ text: [UInt8]) -> Bool {
        text.count <= 40
            && text.allSatisfy {
                (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0)
            } && Double(String(decoding: text, as: UTF8.self)) != nil
    }
}

/// Writes rows as JSON objects, each with all columns in the same order.
///
/// What could steer or hide is written as escapes, so that the text is safe wherever it is shown and equal as a value.
package struct JSONRowWriter<Row> {
    private let columns: [Column<Row>]
    private var json = JSONWriter()

    package init(_ columns: [Column<Row>]) {
        self.columns = columns
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

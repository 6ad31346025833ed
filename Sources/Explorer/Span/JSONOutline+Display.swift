extension JSONOutline {
    /// The most bytes of a key that are shown.
    private static let keyLimit = 256

    /// What a line shows; a closed container takes the place of all its lines.
    func display(_ line: Int, isClosed: Bool, ellipsis: String) -> DisplayLine {
        let entry = entries[line]
        var display = DisplayLine(indent: 2 * entry.depth, hang: entry.kind == .stringMore ? 0 : 2)
        if entry.kind == .stringMore { display.indent += 2 }
        text.utf8.withContiguousStorageIfAvailable { bytes in
            if entry.key != Self.noKey {
                display.append("\"" + key(bytes, from: Int(entry.key) + 1, ellipsis: ellipsis) + "\"", .jsonKey)
                display.append(": ", .text)
            }
            append(line, entry, bytes, isClosed: isClosed, ellipsis: ellipsis, to: &display)
        }
        return display
    }

    private func append(
        _ line: Int, _ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>, isClosed: Bool, ellipsis: String,
        to display: inout DisplayLine
    ) {
        switch entry.kind {
        case .openObject, .openArray:
            let isObject = entry.kind == .openObject
            display.append(isObject ? "{" : "[", .text)
            if isClosed {
                let hidden = Int(entry.jump) - line - 1
                display.append("\(ellipsis) \(hidden) \(hidden == 1 ? "line" : "lines") ", .dim)
                display.append(isObject ? "}" : "]", .text)
                display.append(comma(after: Int(entry.jump)), .text)
            }
        case .closeObject: display.append("}" + comma(after: line), .text)
        case .closeArray: display.append("]" + comma(after: line), .text)
        case .emptyObject: display.append("{}" + comma(after: line), .text)
        case .emptyArray: display.append("[]" + comma(after: line), .text)
        case .inline:
            let end = JSONScalar.end(bytes, from: Int(entry.value))
            JSONInline.append(bytes[Int(entry.value)..<end], decodes: decodes, to: &display)
            display.append(comma(after: line), .text)
        case .string, .stringMore:
            let group = group(of: line)
            let start = Int(entry.value) + (entry.kind == .string ? 1 : 0)
            let isLast = line == group.upperBound - 1
            let end =
                isLast ? JSONScalar.closingQuote(bytes, from: start) : Int(entries[line + 1].value)
            let content = bytes[min(start, end)..<end]
            let shown = decodes ? JSONEscapes.decode(content) : String(decoding: content, as: UTF8.self)
            display.append((entry.kind == .string ? "\"" : "") + shown + (isLast ? "\"" : ""), .jsonString)
            if isLast { display.append(comma(after: line), .text) }
        case .number, .literal:
            let end = JSONScalar.end(bytes, from: Int(entry.value))
            let cut = min(end, Int(entry.value) + LongText.chunk)
            let word = String(decoding: bytes[Int(entry.value)..<cut], as: UTF8.self)
            display.append(word + (cut < end ? ellipsis : ""), entry.kind == .number ? .jsonNumber : .jsonLiteral)
            display.append(comma(after: line), .text)
        }
    }

    /// A comma where a further member follows the one that ends at a line.
    private func comma(after line: Int) -> String {
        guard line + 1 < entries.count, !entries[line + 1].kind.closes else { return "" }
        return ","
    }

    private func key(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, ellipsis: String) -> String {
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
            if end - start > Self.keyLimit, end < bytes.count, bytes[end] & 0xC0 != 0x80 {
                return JSONEscapes.decode(bytes[start..<end]) + ellipsis
            }
        }
        let content = bytes[start..<min(end, bytes.count)]
        return decodes ? JSONEscapes.decode(content) : String(decoding: content, as: UTF8.self)
    }

    /// The whole value of a line: a string's text, else the JSON text.
    func value(of line: Int) -> String {
        let range = valueRange(of: line)
        let head = group(of: line).lowerBound
        guard entries[head].kind == .string, range.count >= 2 else { return LongText.slice(text, range) }
        return text.utf8.withContiguousStorageIfAvailable { bytes in
            JSONEscapes.decode(bytes[(range.lowerBound + 1)..<(range.upperBound - 1)])
        } ?? ""
    }

    /// The key of the member that a line belongs to; nil in arrays and for the outermost value.
    func key(of line: Int) -> String? {
        var head = group(of: line).lowerBound
        if entries[head].kind.closes { head = Int(entries[head].jump) }
        let start = entries[head].key
        guard start != Self.noKey else { return nil }
        return text.utf8.withContiguousStorageIfAvailable { bytes in
            key(bytes, from: Int(start) + 1, ellipsis: "")
        }
    }
}

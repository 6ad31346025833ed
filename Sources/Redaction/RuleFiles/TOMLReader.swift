/// A value of a TOML file, with the line that it begins in.
struct TOMLValue {
    indirect enum Content {
        case text(String)
        case number(Double)
        case truth(Bool)
        case list([TOMLValue])
        case table([String: TOMLValue])
    }

    var content: Content
    var line: Int

    var text: String? { if case .text(let text) = content { text } else { nil } }
    var number: Double? { if case .number(let number) = content { number } else { nil } }
    var truth: Bool? { if case .truth(let truth) = content { truth } else { nil } }
    var table: [String: TOMLValue]? { if case .table(let table) = content { table } else { nil } }
    /// The elements of a list; a single value counts as a list of one.
    var list: [TOMLValue] { if case .list(let list) = content { list } else { [self] } }
    var texts: [String] { list.compactMap(\.text) }
}

/// Reads what files of rules use of TOML: tables, lists of tables, texts of all four kinds, numbers, truths and lists.
///
/// Dates are read as texts. Source: TOML 1.0.0.
struct TOMLReader {
    struct Fault: Error, Equatable {
        var line: Int
        var reason: String
    }

    private static let deepest = 16

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    static func read(_ text: String) throws(Fault) -> [String: TOMLValue] {
        var reader = TOMLReader(text)
        return try reader.readFile()
    }

    private mutating func readFile() throws(Fault) -> [String: TOMLValue] {
        var root: [String: TOMLValue] = [:]
        var path: [String] = []
        while true {
            skip(lines: true)
            guard let next = peek else { return root }
            if next == UInt8(ascii: "[") {
                position += 1
                let isList = takes("[")
                let start = line
                path = try keys()
                guard takes("]"), !isList || takes("]") else { throw fault("a table's name is not closed") }
                try Self.insert(
                    TOMLValue(content: .table([:]), line: start), at: path[...], in: &root, isList: isList, line: start)
            } else {
                let (keys, value) = try member()
                try Self.insert(value, at: (path + keys)[...], in: &root, isList: false, line: value.line)
            }
            skip(lines: false)
            guard peek == nil || peek == 0x0A || peek == 0x0D else { throw fault("the end of the line is expected") }
        }
    }

    /// Puts a value into nested tables, of lists into the last one.
    private static func insert(
        _ value: TOMLValue, at path: ArraySlice<String>, in table: inout [String: TOMLValue], isList: Bool, line: Int
    ) throws(Fault) {
        guard let first = path.first else { return }
        guard path.count > 1 else {
            if isList {
                var list = table[first]?.list ?? []
                list.append(value)
                table[first] = TOMLValue(content: .list(list), line: line)
            } else if case .table(let empty) = value.content, empty.isEmpty, table[first]?.table != nil {
                return
            } else {
                guard table[first] == nil else { throw Fault(line: line, reason: "'\(first)' stands twice") }
                table[first] = value
            }
            return
        }
        var inner = table[first] ?? TOMLValue(content: .table([:]), line: line)
        switch inner.content {
        case .table(var members):
            try insert(value, at: path.dropFirst(), in: &members, isList: isList, line: line)
            inner.content = .table(members)
        case .list(var list):
            guard var members = list.last?.table else { throw Fault(line: line, reason: "'\(first)' is no table") }
            try insert(value, at: path.dropFirst(), in: &members, isList: isList, line: line)
            list[list.count - 1].content = .table(members)
            inner.content = .list(list)
        default: throw Fault(line: line, reason: "'\(first)' is no table")
        }
        table[first] = inner
    }

    private mutating func member(depth: Int = 0) throws(Fault) -> ([String], TOMLValue) {
        let keys = try keys()
        guard takes("=") else { throw fault("'=' is expected") }
        skip(lines: false)
        return (keys, try value(depth: depth))
    }

    private mutating func keys() throws(Fault) -> [String] {
        var keys: [String] = []
        repeat {
            skip(lines: false)
            if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") {
                keys.append(try text())
            } else {
                let start = position
                while let next = peek, ByteSet.word.contains(next) || next == UInt8(ascii: "-") { position += 1 }
                guard position > start else { throw fault("a key is expected") }
                keys.append(String(decoding: bytes[start..<position], as: UTF8.self))
            }
            skip(lines: false)
        } while takes(".") && keys.count < Self.deepest
        return keys
    }

    private mutating func value(depth: Int) throws(Fault) -> TOMLValue {
        guard depth < Self.deepest else { throw fault("lists nest too deep") }
        let start = line
        guard let next = peek else { throw fault("a value is expected") }
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return TOMLValue(content: .text(try text()), line: start)
        case UInt8(ascii: "["):
            position += 1
            var list: [TOMLValue] = []
            while true {
                skip(lines: true)
                if takes("]") { return TOMLValue(content: .list(list), line: start) }
                list.append(try value(depth: depth + 1))
                skip(lines: true)
                guard takes(",") || peek == UInt8(ascii: "]") else { throw fault("',' or ']' is expected") }
            }
        case UInt8(ascii: "{"):
            position += 1
            var table: [String: TOMLValue] = [:]
            while true {
                skip(lines: true)
                if takes("}") { return TOMLValue(content: .table(table), line: start) }
                let (keys, value) = try member(depth: depth + 1)
                try Self.insert(value, at: keys[...], in: &table, isList: false, line: value.line)
                skip(lines: true)
                guard takes(",") || peek == UInt8(ascii: "}") else { throw fault("',' or '}' is expected") }
            }
        default:
            let first = position
            while let next = peek, !ByteSet.blanks.contains(next), !",]}#".utf8.contains(next) { position += 1 }
            let word = String(decoding: bytes[first..<position], as: UTF8.self)
            if word == "true" || word == "false" { return TOMLValue(content: .truth(word == "true"), line: start) }
            if let number = Double(word.replacing("_", with: "")) {
                return TOMLValue(content: .number(number), line: start)
            }
            guard let digit = word.utf8.first, ByteSet.digits.contains(digit) else {
                throw fault("'\(word)' is no value")
            }
            return TOMLValue(content: .text(word), line: start)
        }
    }

    private mutating func text() throws(Fault) -> String {
        let quote = bytes[position]
        let isLiteral = quote == UInt8(ascii: "'")
        let isLong = bytes[position...].starts(with: [quote, quote, quote])
        position += isLong ? 3 : 1
        if isLong {
            if peek == 0x0D { position += 1 }
            if peek == 0x0A {
                position += 1
                line += 1
            }
        }
        var text: [UInt8] = []
        while let next = peek {
            if next == quote, !isLong || bytes[position...].starts(with: [quote, quote, quote]) {
                position += isLong ? 3 : 1
                // Quotes may stand before the last three.
                while isLong, peek == quote {
                    text.append(quote)
                    position += 1
                }
                return String(decoding: text, as: UTF8.self)
            }
            position += 1
            if next == 0x0A {
                guard isLong else { throw fault("a text is not closed") }
                line += 1
            }
            if next == UInt8(ascii: "\\"), !isLiteral {
                text += try escape()
            } else {
                text.append(next)
            }
        }
        throw fault("a text is not closed")
    }

    private mutating func escape() throws(Fault) -> [UInt8] {
        guard let next = peek else { throw fault("a text is not closed") }
        position += 1
        switch next {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [next]
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = next == UInt8(ascii: "u") ? 4 : 8
            let digits = String(decoding: bytes[position...].prefix(count), as: UTF8.self)
            guard digits.utf8.count == count, let number = UInt32(digits, radix: 16),
                let scalar = Unicode.Scalar(number)
            else { throw fault("a bad escape") }
            position += count
            return Array(String(Character(scalar)).utf8)
        case 0x0A, 0x0D, 0x20, 0x09:
            position -= 1
            skip(lines: true)
            return []
        default: throw fault("unknown escape \\\(Character(Unicode.Scalar(next)))")
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func takes(_ mark: Character) -> Bool {
        guard peek == mark.asciiValue else { return false }
        position += 1
        return true
    }

    /// Passes blanks, and line ends and comments where `lines` says so.
    private mutating func skip(lines: Bool) {
        while let next = peek {
            if next == UInt8(ascii: "#") {
                while let next = peek, next != 0x0A { position += next == 0x0A ? 0 : 1 }
            } else if next == 0x20 || next == 0x09 || (lines && (next == 0x0A || next == 0x0D)) {
                if next == 0x0A { line += 1 }
                position += 1
            } else {
                return
            }
        }
    }

    private func fault(_ reason: String) -> Fault { Fault(line: line, reason: reason) }
}

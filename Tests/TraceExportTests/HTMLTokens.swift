/// The tags of an HTML document, read as strictly as a report can be written: anything unexpected is an error.
///
/// Every element is closed in order but for void ones, attributes are quoted, and neither text nor values hold a bare
/// `<`, `>`, `&`, quote or control character.
struct HTMLTokens {
    struct Element: Equatable {
        var name: String
        var attributes: [String: String]
    }

    struct Malformed: Error, Equatable {
        var words: String
        var near: String
    }

    private(set) var elements: [Element] = []
    /// All text outside of `style`, entities as they are written.
    private(set) var text = ""

    /// The one value that holds single quotes, as its grammar wants them.
    static let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    private static let void: Set<String> = ["meta", "rect", "path"]
    private static let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&nbsp;"]

    private var rest: Substring.UTF8View

    init(_ document: String) throws {
        rest = document[...].utf8
        var open: [String] = []
        try expect("<!DOCTYPE html>\n")
        while let byte = rest.first {
            guard byte == UInt8(ascii: "<") else {
                text += try characters(until: "<")
                continue
            }
            rest.removeFirst()
            if rest.first == UInt8(ascii: "/") {
                rest.removeFirst()
                let name = self.name()
                try expect(">")
                guard open.popLast() == name else { throw failure("closes what is not open: \(name)") }
                continue
            }
            let (element, isClosed) = try startTag()
            elements.append(element)
            if element.name == "style" {
                try skipStyle()
            } else if !isClosed, !HTMLTokens.void.contains(element.name) {
                open.append(element.name)
            }
        }
        guard open.isEmpty else { throw failure("not closed: \(open)") }
    }

    private mutating func startTag() throws -> (Element, isClosed: Bool) {
        var element = Element(name: name(), attributes: [:])
        guard !element.name.isEmpty else { throw failure("a tag without a name") }
        while rest.first == UInt8(ascii: " ") {
            rest.removeFirst()
            let key = name()
            guard !key.isEmpty, element.attributes[key] == nil else { throw failure("an attribute without a name") }
            var value = ""
            if rest.first == UInt8(ascii: "=") {
                rest.removeFirst()
                try expect("\"")
                value = try characters(until: "\"")
                try expect("\"")
            }
            element.attributes[key] = value
        }
        let isClosed = rest.first == UInt8(ascii: "/")
        if isClosed { rest.removeFirst() }
        try expect(">")
        return (element, isClosed)
    }

    private mutating func name() -> String {
        let name = rest.prefix { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        rest = rest.dropFirst(name.count)
        return String(Substring(name))
    }

    /// Text or a value; what could be markup, steer or hide must not stand in it.
    private mutating func characters(until end: Unicode.Scalar) throws -> String {
        let last = UInt8(ascii: end)
        let found = rest.prefix { $0 != last }
        let characters = String(Substring(found))
        for scalar in characters.unicodeScalars {
            let isBare =
                scalar == "<" || scalar == ">" || scalar == "'" && end == "\"" && characters != HTMLTokens.policy
            let isControl =
                scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || (0x7F...0x9F).contains(scalar.value)
            let isBidi = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            if isBare || isControl || isBidi { throw failure("bare U+\(String(scalar.value, radix: 16))") }
        }
        for piece in characters.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
        where !HTMLTokens.entities.contains(where: { ("&" + piece).hasPrefix($0) }) {
            throw failure("a bare &: \(piece.prefix(20))")
        }
        rest = rest.dropFirst(found.count)
        return characters
    }

    private mutating func skipStyle() throws {
        let found = rest.prefix { $0 != UInt8(ascii: "<") }
        rest = rest.dropFirst(found.count)
        try expect("</style>")
    }

    private mutating func expect(_ words: String) throws {
        guard rest.starts(with: words.utf8) else { throw failure("expected \(words)") }
        rest = rest.dropFirst(words.utf8.count)
    }

    private func failure(_ words: String) -> Malformed {
        Malformed(words: words, near: String(decoding: rest.prefix(80), as: UTF8.self))
    }
}

import FastJSON

/// The start of an input and its name: what formats tell by whether it is theirs.
struct InputHead {
    /// Bytes that are looked at.
    static let size = 64 << 10
    /// Tokens of JSON that are looked at; the keys that matter come first.
    private static let tokenLimit = 20_000

    /// The first bytes, after decompression.
    let bytes: ArraySlice<UInt8>
    /// Whether these are all.
    let isWhole: Bool
    /// The last component of the path in lower case, without `.gz` and `.zst`.
    let name: String
    /// The bytes behind a byte order mark and blanks.
    let text: ArraySlice<UInt8>
    /// What the first object says; nil where the text does not begin like JSON.
    let json: JSONProfile?
    /// Whether a bracket comes first, with nothing but JSON's white space before it.
    let looksLikeJSON: Bool

    init(_ bytes: ArraySlice<UInt8>, isWhole: Bool, name: String) {
        self.bytes = bytes
        self.isWhole = isWhole
        self.name =
            name.hasSuffix(".gz") ? String(name.dropLast(3)) : name.hasSuffix(".zst") ? String(name.dropLast(4)) : name
        let unmarked = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        text = unmarked.drop { $0 <= 0x20 }
        json = text.opensContainer ? text.withUnsafeBytes { JSONProfile($0, tokenLimit: Self.tokenLimit) } : nil
        looksLikeJSON = unmarked.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }.prefix(1).opensContainer
    }

    /// Whether there is nothing to decode.
    var isBlank: Bool { bytes.allSatisfy { $0 <= 0x20 } }

    func hasSuffix(_ suffix: String) -> Bool { name.hasSuffix(suffix) }

    /// Whether the first line that is not blank is a whole JSON value, so that the text is lines and not one document.
    ///
    /// A line that is longer than the head counts as one, for documents over many lines break theirs early.
    var beginsWithWholeLine: Bool {
        guard let end = text.firstIndex(of: 0x0A) else { return true }
        return text[..<end].withUnsafeBytes { line in
            var tokenizer = JSONTokenizer(borrowing: line)
            while let token = try? tokenizer.next() {
                if token == .endOfInput { return true }
            }
            return false
        }
    }

    // MARK: What no format reads

    private static let magics: [(bytes: [UInt8], name: String)] = [
        ([0x42, 0x5A, 0x68], "bzip2-compressed data; decompress it first"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz-compressed data; decompress it first"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive, but no log of Inspect; unpack it first"),
        (Array("PAR1".utf8), "a Parquet file; write it as JSON Lines, as DuckDB and pandas do"),
        (Array("ARROW1".utf8), "an Arrow file; write it as JSON Lines, as DuckDB and pandas do"),
        (Array("Obj\u{1}".utf8), "an Avro file; write it as JSON Lines"),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file; write it as JSON Lines"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive; unpack it first"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program (ELF)"),
        ([0x89, 0x50, 0x4E, 0x47], "an image (PNG)"),
        (Array("SQLite format 3\0".utf8), "an SQLite database"),
        (Array("%PDF-".utf8), "a PDF document"),
    ]

    /// What the bytes seem to be where no format reads them.
    var description: String {
        if bytes.isEmpty { return "empty file" }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) {
            return "empty: nothing but white space"
        }
        if name.hasSuffix(".nsys-rep") || name.hasSuffix(".qdrep") {
            return "a report of Nsight Systems, which knows processors and no agents"
        }
        // Protocols 2 to 5 of Python's pickle.
        if bytes.first == 0x80, let version = bytes.dropFirst().first, (2...5).contains(version) {
            return "a Python pickle, which would run code; write it as JSON"
        }
        if let magic = Self.magics.first(where: { bytes.starts(with: $0.bytes) }) { return magic.name }
        let start = bytes.drop { $0 <= 0x20 }.prefix(32)
        let words = String(decoding: start, as: UTF8.self).lowercased()
        if words.hasPrefix("<!doctype html") || words.hasPrefix("<html") { return "an HTML page" }
        if words.hasPrefix("<?xml") || words.hasPrefix("<") { return "a markup document" }
        if bytes.contains(where: { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20) }) {
            return WireSignal.isName(name)
                ? "not an OTLP protobuf body" : "binary data that is no OTLP protobuf body"
        }
        let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
        let separator = UInt8(ascii: name.hasSuffix(".tsv") ? "\t" : ",")
        if line.count(where: { $0 == separator }) > 1, name.hasSuffix(".csv") || name.hasSuffix(".tsv") {
            return "a table (CSV), which has no one form for traces; export JSON or JSON Lines"
        }
        return "text that is no JSON"
    }
}

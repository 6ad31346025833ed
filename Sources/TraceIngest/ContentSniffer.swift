/// Tells by the first bytes of an input what it is.
enum ContentSniffer {
    /// Bytes that are looked at.
    static let headSize = 64 << 10

    enum Content: Equatable {
        case json
        case protobuf(WireSignal)
        /// A recorded response of a model, in one of the formats of recordings.
        case stream(InputFormat)
        /// Nothing that can be decoded, with what it seems to be.
        case foreign(String)
    }

    /// Whether the bytes begin a gzip stream.
    static func isGzip(_ head: ArraySlice<UInt8>) -> Bool { head.starts(with: [0x1F, 0x8B]) }

    /// Judges decompressed bytes.
    ///
    /// A protobuf body begins with 0x0A, which JSON may begin with as a line feed; then its structure decides.
    static func content(_ head: ArraySlice<UInt8>, name: String) -> Content {
        guard !head.isEmpty else { return .foreign("empty file") }
        let bytes = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head
        guard let first = bytes.first(where: { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }) else {
            return .foreign("empty: nothing but white space")
        }
        if let format = StreamSniffer.format(head, name: name) { return .stream(format) }
        let looksLikeJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        if looksLikeJSON && (bytes.first != 0x0A || !hasProtobufName(name)) { return .json }
        if let signal = head.withUnsafeBytes({ WireSignal.ofBody($0) }) { return .protobuf(signal) }
        return looksLikeJSON ? .json : .foreign(description(head, name: name))
    }

    /// What a protobuf body holds by its file name, for bodies that do not tell.
    static func hintedSignal(name: String) -> WireSignal {
        let name = name.lowercased()
        if name.contains("logs") { return .logs }
        return name.contains("metrics") ? .metrics : .traces
    }

    static func hasProtobufName(_ name: String) -> Bool {
        let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        return [".pb", ".bin", ".binpb", ".protobuf", ".proto"].contains { plain.hasSuffix($0) }
    }

    private static let magics: [(bytes: [UInt8], name: String)] = [
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd-compressed data; decompress it first"),
        ([0x42, 0x5A, 0x68], "bzip2-compressed data; decompress it first"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz-compressed data; decompress it first"),
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program (ELF)"),
        ([0x89, 0x50, 0x4E, 0x47], "an image (PNG)"),
        (Array("SQLite format 3\0".utf8), "an SQLite database"),
        (Array("%PDF-".utf8), "a PDF document"),
    ]

    private static func description(_ head: ArraySlice<UInt8>, name: String) -> String {
        if let magic = magics.first(where: { head.starts(with: $0.bytes) }) { return magic.name }
        let start = head.drop { $0 <= 0x20 }.prefix(32)
        let words = String(decoding: start, as: UTF8.self).lowercased()
        if words.hasPrefix("<!doctype html") || words.hasPrefix("<html") { return "an HTML page" }
        if words.hasPrefix("<?xml") || words.hasPrefix("<") { return "a markup document" }
        if head.contains(where: { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20) }) {
            return hasProtobufName(name) ? "not an OTLP protobuf body" : "binary data that is no OTLP protobuf body"
        }
        return "text that is no JSON"
    }
}

import TraceDialect
import TraceModel

/// Recognises values whose text cannot be looked at: archives and encrypted texts, as bytes or as base64 of them.
enum ClosedContent: String {
    case compressed
    case encrypted

    /// Why nothing was looked for.
    var reason: String { "\(rawValue), so that its text is not looked at" }

    /// The first bytes of formats, and the same as base64.
    private static let marks: [(kind: Self, bytes: [UInt8], text: String)] = [
        (.compressed, [0x1F, 0x8B, 0x08], "H4sI"), (.compressed, [0x28, 0xB5, 0x2F, 0xFD], "KLUv/"),
        (.compressed, Array("PK\u{3}\u{4}".utf8), "UEsDB"), (.compressed, Array("BZh9".utf8), "QlpoO"),
        (.compressed, [0xFD] + Array("7zXZ\0".utf8), "/Td6WFo"), (.compressed, [0x37, 0x7A, 0xBC, 0xAF], "N3q8r"),
        (.encrypted, Array("Salted__".utf8), "U2FsdGVkX1"),
        (.encrypted, Array("age-encryption.org/".utf8), "YWdlLWVuY3J5cHRpb24ub3Jn"),
        (.encrypted, Array("-----BEGIN PGP MESSAGE".utf8), "LS0tLS1CRUdJTiBQR1AgTUVTU0FHR"),
        (.encrypted, Array("-----BEGIN AGE ENCRYPTED".utf8), "LS0tLS1CRUdJTiBBR0UgRU5DUllQVEVE"),
    ]
    /// Shorter texts begin so by chance.
    private static let leastBase64 = 24

    /// What bytes are; nil for what can be looked at.
    init?(_ bytes: some Collection<UInt8>) {
        let isText = bytes.count >= Self.leastBase64
        for mark in Self.marks where bytes.starts(with: mark.bytes) || isText && bytes.starts(with: mark.text.utf8) {
            // A text that only begins like base64 is a text.
            guard bytes.starts(with: mark.bytes) || bytes.prefix(64).allSatisfy(Self.isBase64) else { continue }
            self = mark.kind
            return
        }
        return nil
    }

    /// The values of attributes that are such, with how often.
    static func count(in attributes: [Attribute], _ counts: inout [Self: Int]) {
        for attribute in attributes { count(in: attribute.value, &counts) }
    }

    static func count(in value: AttributeValue, _ counts: inout [Self: Int]) {
        for step in AttributeWalk(value) {
            switch step {
            case .string(let text): if let kind = Self(text.utf8) { counts[kind, default: 0] += 1 }
            case .bytes(let bytes): if let kind = Self(bytes) { counts[kind, default: 0] += 1 }
            case .key, .other, .beginArray, .beginMap, .end: break
            }
        }
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="),
            UInt8(ascii: "-"), UInt8(ascii: "_"), 0x0A, 0x0D:
            true
        default: false
        }
    }
}

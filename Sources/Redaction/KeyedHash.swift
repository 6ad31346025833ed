import Basics
import Crypto
import Foundation
import TraceModel

/// The hash in placeholders: the first digits of HMAC-SHA256.
///
/// Source: RFC 2104.
struct KeyedHash: Sendable {
    private let key: SymmetricKey

    init(_ key: RedactionKey) {
        self.key = SymmetricKey(data: key.bytes)
    }

    /// The placeholder of a text.
    ///
    /// A text within JSON has the hash that it has by itself: escape sequences are resolved first.
    func placeholder(_ label: String, for text: UnsafeBufferPointer<UInt8>) -> String {
        var plain = UnescapedText(text)?.bytes
        for _ in 0..<RedactorLimits.escapeLevels {
            guard let bytes = plain, let next = bytes.withUnsafeBufferPointer({ UnescapedText($0)?.bytes }) else {
                break
            }
            plain = next
        }
        let code =
            if let plain {
                HMAC<SHA256>.authenticationCode(for: plain, using: key)
            } else {
                HMAC<SHA256>.authenticationCode(for: UnsafeRawBufferPointer(text), using: key)
            }
        return RedactionPlaceholder(label: label, hash: Self.digits(code)).text
    }

    func placeholder(_ label: String, for text: String) -> String {
        var text = text
        return text.withUTF8 { placeholder(label, for: $0) }
    }

    /// The digits that placeholders have of a hash.
    static func digits(_ hash: some Sequence<UInt8>) -> String {
        Hex.text(hash.prefix(RedactionPlaceholder.hashDigits / 2).map { $0 })
    }
}

/// Where the search for hidden text ends.
enum RedactorLimits {
    /// JSON in JSON in JSON is unescaped so many times.
    static let escapeLevels = 3
    /// A replacement may uncover a match, at most so many times in a row.
    static let rounds = 8
    /// The bytes from which on the rest of a match beside a placeholder is replaced too.
    static let shortestRest = 8
}

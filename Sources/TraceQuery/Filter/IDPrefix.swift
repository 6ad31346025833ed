import TraceModel
import TraceStore

/// A prefix of a hexadecimal id, as people type it.
struct IDPrefix {
    /// The digits in lower case.
    let digits: String

    /// Reads up to `length` hexadecimal digits; nil for none and for anything else.
    init?(_ text: String, length: Int) {
        let digits = text.lowercased()
        guard !digits.isEmpty, digits.utf8.count <= length,
            digits.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) })
        else { return nil }
        self.digits = digits
    }

    /// The least and the greatest trace id that begin with the digits, as the database holds them.
    var traceBounds: (low: [UInt8], high: [UInt8]) {
        (Self.trace(digits, padding: "0"), Self.trace(digits, padding: "f"))
    }

    /// The least and the greatest span id that begin with the digits, as the database holds them.
    ///
    /// One digit is given at least, which fixes the sign: the bit patterns keep their order.
    var spanBounds: (low: Int64, high: Int64) {
        (Self.span(digits, padding: "0"), Self.span(digits, padding: "f"))
    }

    private static func trace(_ digits: String, padding: Character) -> [UInt8] {
        let full = digits + String(repeating: padding, count: max(0, 32 - digits.count))
        return TraceID(hex: full)?.bytes ?? []
    }

    private static func span(_ digits: String, padding: Character) -> Int64 {
        let full = digits + String(repeating: padding, count: max(0, 16 - digits.count))
        return Int64(bitPattern: SpanID(hex: full)?.rawValue ?? 0)
    }
}
